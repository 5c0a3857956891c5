package com.example.reports;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.Posting;
import io.autorecharge.testkit.InMemoryStore;
import java.time.Instant;
import java.util.List;

/** Represents a user's own ledger, such as the client of a credit service. */
final class CreditServiceLedger implements Ledger {
    private final Ledger service = new InMemoryStore();

    @Override
    public DebitResult debit(Debit debit, boolean thresholdInclusive, Instant at) {
        return service.debit(debit, thresholdInclusive, at);
    }

    @Override
    public LedgerEntry grant(Grant grant, Instant at) {
        return service.grant(grant, at);
    }

    @Override
    public Credits smallest() {
        return service.smallest();
    }

    @Override
    public LedgerEntry post(AccountId account, Posting posting, Instant at) {
        return service.post(account, posting, at);
    }

    @Override
    public Credits balance(AccountId account) {
        return service.balance(account);
    }

    @Override
    public List<LedgerEntry> entries(AccountId account, long beforeSequence, int limit) {
        return service.entries(account, beforeSequence, limit);
    }
}

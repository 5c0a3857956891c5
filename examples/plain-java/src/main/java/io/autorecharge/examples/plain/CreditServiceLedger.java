package io.autorecharge.examples.plain;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.ReferenceConflictException;
import io.autorecharge.examples.plain.CreditService.Movement;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.jdbc.JdbcStore;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.Posting;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** A ledger whose credits live in another service. The library's reference serves as the service's idempotency key. */
final class CreditServiceLedger implements Ledger {
    private final CreditService service;

    CreditServiceLedger(CreditService service) {
        this.service = service;
    }

    static AutoRecharge start(RechargePolicy policy, DataSource database, CreditService service, Gateway gateway) {
        AutoRecharge autoRecharge = AutoRecharge.builder(
                        policy, JdbcStore.of(database), new CreditServiceLedger(service), gateway)
                .build();
        autoRecharge.start();
        return autoRecharge;
    }

    @Override
    public LedgerEntry post(AccountId account, Posting owed, Instant at) {
        return entry(account, owed, move(account, owed, true, at).orElseThrow());
    }

    @Override
    public Credits smallest() {
        return Credits.SMALLEST;
    }

    @Override
    public Credits balance(AccountId account) {
        return Credits.of(service.balance(account.value()));
    }

    @Override
    public LedgerEntry grant(Grant grant, Instant at) {
        return post(
                grant.account(),
                new Posting(
                        EntryType.GRANT,
                        grant.category(),
                        grant.amount(),
                        grant.description(),
                        grant.reference(),
                        null),
                at);
    }

    @Override
    public DebitResult debit(Debit debit, boolean thresholdInclusive, Instant at) {
        AccountId account = debit.account();
        Posting taken = new Posting(
                EntryType.DEBIT, null, debit.amount().negated(), debit.description(), debit.reference(), null);
        Optional<Movement> moved = move(account, taken, debit.overdraft(), at);
        if (moved.isEmpty()) {
            return new DebitResult.Refused(balance(account));
        }
        LedgerEntry entry = entry(account, taken, moved.get());
        // The library finds out by itself whether the balance crossed a threshold.
        return moved.get().repeated() ? new DebitResult.Replayed(entry) : new DebitResult.Applied(entry, false);
    }

    @Override
    public List<LedgerEntry> entries(AccountId account, long beforeSequence, int limit) {
        return service.movements(account.value(), beforeSequence, limit).stream()
                .map(moved -> entry(account, moved))
                .toList();
    }

    private Optional<Movement> move(AccountId account, Posting posting, boolean mayOverdraw, Instant at) {
        Map<String, String> labels = new HashMap<>();
        labels.put("type", posting.type().name());
        if (posting.category() != null) {
            labels.put("category", posting.category().name());
        }
        if (posting.linkedTo() != null) {
            labels.put("linkedTo", posting.linkedTo());
        }
        return service.move(
                account.value(),
                posting.reference(),
                posting.amount().toBigDecimal(),
                mayOverdraw,
                posting.description(),
                labels,
                at);
    }

    private static LedgerEntry entry(AccountId account, Posting asked, Movement moved) {
        LedgerEntry entry = entry(account, moved);
        if (entry.type() != asked.type() || !entry.amount().equals(asked.amount())) {
            throw new ReferenceConflictException(entry, asked.type(), asked.amount());
        }
        return entry;
    }

    private static LedgerEntry entry(AccountId account, Movement moved) {
        String category = moved.labels().get("category");
        return new LedgerEntry(
                account,
                moved.number(),
                EntryType.valueOf(moved.labels().getOrDefault("type", EntryType.GRANT.name())),
                category == null ? null : Category.valueOf(category),
                Credits.of(moved.amount()),
                Credits.of(moved.balanceAfter()),
                moved.text(),
                moved.key(),
                moved.labels().get("linkedTo"),
                moved.at());
    }
}

package io.autorecharge.internal.account;

import io.autorecharge.account.ConsentRecord;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Reference;
import io.autorecharge.report.PaymentEvidence;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.RechargeWithAttempt;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects what is known of one payment. Reads without a lock, page by page. Safe for use by many threads. */
public final class EvidenceReader {
    private static final int PAGE = 1000;

    private final RechargeStore store;
    private final Ledger ledger;

    public EvidenceReader(RechargeStore store, Ledger ledger) {
        this.store = store;
        this.ledger = ledger;
    }

    /** Empty when the payment was not granted to the account. */
    public Optional<PaymentEvidence> read(AccountId account, String payment) {
        PaymentEntries entries = entries(account, payment);
        LedgerEntry purchase = entries.purchase;
        if (purchase == null) {
            return Optional.empty();
        }
        Paid paid = paid(account, payment);
        List<ConsentRecord> agreements = store.consents(account);
        Recharge recharge = paid == null ? null : paid.recharge();
        return Optional.of(new PaymentEvidence(
                account,
                payment,
                agreement(agreements, recharge, purchase.createdAt()),
                agreements,
                recharge,
                paid == null ? List.of() : paid.attempts(),
                purchase,
                List.copyOf(entries.linked),
                List.copyOf(entries.usage),
                entries.debits,
                entries.used));
    }

    private record Paid(Recharge recharge, List<Attempt> attempts) {}

    private @Nullable Paid paid(AccountId account, String payment) {
        for (RechargeWithAttempt it : store.recharges(account, PAGE)) {
            boolean first = it.attempt().number() == 1;
            List<Attempt> attempts = first
                    ? List.of(it.attempt())
                    : store.attempts(account, it.recharge().id());
            if (attempts.stream().anyMatch(attempt -> payment.equals(attempt.providerReference()))) {
                return new Paid(it.recharge(), attempts);
            }
        }
        return null;
    }

    /** The record that the recharge names, or the last one that was given before the purchase and not withdrawn. */
    private static @Nullable ConsentRecord agreement(
            List<ConsentRecord> all, @Nullable Recharge recharge, Instant bought) {
        Integer named = recharge == null ? null : recharge.consent();
        ConsentRecord inForce = null;
        for (ConsentRecord it : all) {
            if (named != null && it.number() == named) {
                return it;
            }
            if (it.kind() != ConsentRecord.Kind.METHOD_ADDED && !it.at().isAfter(bought)) {
                inForce = it.kind() == ConsentRecord.Kind.GIVEN ? it : null;
            }
        }
        return inForce;
    }

    private PaymentEntries entries(AccountId account, String payment) {
        PaymentEntries found = new PaymentEntries(Reference.purchase(payment));
        long before = Long.MAX_VALUE;
        List<LedgerEntry> page;
        do {
            page = ledger.entries(account, before, PAGE);
            page.forEach(found::add);
            before = page.isEmpty() ? before : page.get(page.size() - 1).sequence();
        } while (found.purchase == null && page.size() == PAGE);
        return found;
    }

    /** Entries from the newest back to the purchase. */
    private static final class PaymentEntries {
        private final String reference;
        private @Nullable LedgerEntry purchase;
        private final Deque<LedgerEntry> linked = new ArrayDeque<>();
        private final Deque<LedgerEntry> usage = new ArrayDeque<>();
        private long debits;
        private Credits used = Credits.ZERO;

        private PaymentEntries(String reference) {
            this.reference = reference;
        }

        private void add(LedgerEntry entry) {
            if (purchase != null) {
                return;
            }
            if (entry.type() == EntryType.PURCHASE && reference.equals(entry.reference())) {
                purchase = entry;
            } else if (reference.equals(entry.linkedTo())) {
                linked.addFirst(entry);
            } else if (entry.type() == EntryType.DEBIT) {
                debits++;
                used = used.plus(entry.amount().negated());
                usage.addFirst(entry);
                if (usage.size() > PaymentEvidence.MAX_USAGE) {
                    usage.removeLast();
                }
            }
        }
    }
}

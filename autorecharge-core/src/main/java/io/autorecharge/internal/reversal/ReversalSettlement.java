package io.autorecharge.internal.reversal;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.account.Suspension;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.Reference;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.PaymentReversals;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.internal.account.AccountTransactions;
import io.autorecharge.internal.account.LedgerPostings;
import io.autorecharge.internal.account.StandingReader;
import io.autorecharge.internal.account.Suspensions;
import io.autorecharge.store.AccountTransaction;
import io.autorecharge.store.Posting;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes back what a payment had bought when its money goes back, and gives it again when the money comes again. What stands in the ledger is
 * always the share of the money that is gone now: reports may come twice, late and in any order, also before the payment itself.
 */
public final class ReversalSettlement {
    private static final Logger log = LoggerFactory.getLogger(ReversalSettlement.class);

    private final AccountTransactions transactions;
    private final StandingReader standings;
    private final Credits smallest;

    /** @param smallest what every amount in the ledger is a multiple of */
    public ReversalSettlement(AccountTransactions transactions, StandingReader standings, Credits smallest) {
        this.transactions = transactions;
        this.standings = standings;
        this.smallest = smallest;
    }

    /** @return false when the payment is none of this account's */
    public boolean settle(AccountId account, PaymentReversals report) {
        boolean known = transactions.run(account, (tx, now, events) -> {
            boolean own = isOwn(tx, report);
            if (own) {
                apply(tx, report, now, events);
                standings.schedule(tx, now);
            }
            return own;
        });
        if (!known) {
            log.error("account={} has no payment {}, yet the provider reports {}", account, report, report.reversals());
        }
        return known;
    }

    /** A customer may have been replaced since; a payment that was granted here is this account's all the same. */
    private static boolean isOwn(AccountTransaction tx, PaymentReversals report) {
        String customer = tx.account().customerId();
        return (customer != null && customer.equals(report.customerId()))
                || tx.posted(Reference.purchase(report.providerReference())).isPresent();
    }

    private void apply(AccountTransaction tx, PaymentReversals report, Instant now, List<AutoRechargeEvent> events) {
        String payment = report.providerReference();
        List<Reversal> before = tx.reversalsOf(payment);
        Map<String, Reversal> known = byId(before);
        Map<String, Reversal> merged = new LinkedHashMap<>(known);
        report.reversals().forEach(it -> merged.merge(it.id(), it, Reversal::and));
        for (Reversal reversal : merged.values()) {
            Reversal old = known.get(reversal.id());
            if (reversal.equals(old)) {
                continue;
            }
            tx.save(payment, reversal);
            if (old == null || old.taken().isLessThan(reversal.taken())) {
                stop(tx, payment, reversal, now, events);
            }
            log.warn("account={} charge={}: {}", tx.account().id(), payment, reversal);
        }
        post(tx, payment, report.captured(), before, List.copyOf(merged.values()), now, events);
    }

    private static Map<String, Reversal> byId(List<Reversal> reversals) {
        Map<String, Reversal> byId = new LinkedHashMap<>();
        reversals.forEach(it -> byId.put(it.id(), it));
        return byId;
    }

    /** The payment was granted in this transaction: what was reported of it before is now taken back. */
    public void granted(
            AccountTransaction tx, String payment, Money captured, Instant now, List<AutoRechargeEvent> events) {
        List<Reversal> waiting = tx.reversalsOf(payment);
        waiting.forEach(it -> stop(tx, payment, it, now, events));
        post(tx, payment, captured, List.of(), waiting, now, events);
    }

    private static void stop(
            AccountTransaction tx, String payment, Reversal reversal, Instant now, List<AutoRechargeEvent> events) {
        Suspension.Reason reason =
                reversal.kind() == Reversal.Kind.DISPUTE ? Suspension.Reason.DISPUTED : Suspension.Reason.REFUNDED;
        String key = payment + "/" + reversal.id() + "/" + reversal.taken().minorUnits();
        Suspensions.suspend(tx, new Suspension(reason, now, null), key, events);
    }

    private void post(
            AccountTransaction tx,
            String payment,
            Money captured,
            List<Reversal> before,
            List<Reversal> after,
            Instant now,
            List<AutoRechargeEvent> events) {
        String purchase = Reference.purchase(payment);
        Optional<Posting> paid = tx.posted(purchase);
        if (paid.isEmpty()) {
            return;
        }
        Credits granted = paid.get().amount();
        Credits bonus =
                tx.posted(Reference.bonus(purchase)).map(Posting::amount).orElse(Credits.ZERO);
        long goneBefore = gone(before, captured);
        long gone = gone(after, captured);
        Credits credits = change(granted, goneBefore, gone, captured);
        Credits promotional = change(bonus, goneBefore, gone, captured);
        List<Posting> postings = LedgerPostings.ofReversal(purchase, stateOf(purchase, after), credits, promotional);
        if (!tx.post(postings, now)) {
            return;
        }
        boolean taken = gone > goneBefore;
        EventType type = taken ? EventType.PAYMENT_REVERSED : EventType.REVERSAL_UNDONE;
        events.add(of(type, tx.account().id(), stateOf(payment, after), now)
                .about(payment)
                .bought(
                        taken ? credits.negated() : credits,
                        taken ? promotional.negated() : promotional,
                        new Money(Math.abs(gone - goneBefore), captured.currency()),
                        tx.account().balance())
                .because(cause(before, after)));
        log.warn(
                "account={} charge={}: {} credits and {} bonus, balance {}, since {} of {} went back",
                tx.account().id(),
                payment,
                credits,
                promotional,
                tx.account().balance(),
                new Money(gone, captured.currency()),
                captured);
    }

    /** Every report that changes something makes one of the sums grow, so each state of the money has its own name. */
    private static String stateOf(String payment, List<Reversal> reversals) {
        long taken = reversals.stream().mapToLong(it -> it.taken().minorUnits()).sum();
        long returned =
                reversals.stream().mapToLong(it -> it.returned().minorUnits()).sum();
        return Reference.reversal(payment, taken, returned);
    }

    /** A payment that was refunded and is disputed too is gone once. */
    private static long gone(List<Reversal> reversals, Money captured) {
        long net = reversals.stream()
                .mapToLong(it -> it.taken().minorUnits() - it.returned().minorUnits())
                .sum();
        return Math.min(net, captured.minorUnits());
    }

    /** Both shares are rounded down, in the customer's favour, and only their difference is posted: many parts add up to the whole. */
    private Credits change(Credits granted, long goneBefore, long gone, Money captured) {
        return share(granted, goneBefore, captured).minus(share(granted, gone, captured));
    }

    private Credits share(Credits granted, long gone, Money captured) {
        return granted.part(gone, captured.minorUnits()).roundedDownTo(smallest);
    }

    private static String cause(List<Reversal> before, List<Reversal> after) {
        return after.stream()
                .filter(it -> !before.contains(it))
                .map(Reversal::kind)
                .max(Enum::compareTo)
                .orElse(Reversal.Kind.REFUND)
                .name();
    }
}

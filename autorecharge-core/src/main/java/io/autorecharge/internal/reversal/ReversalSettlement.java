package io.autorecharge.internal.reversal;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.account.Suspension;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.Reference;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.PaymentReversals;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.internal.account.AccountTransactions;
import io.autorecharge.internal.account.LedgerPostings;
import io.autorecharge.internal.account.Step;
import io.autorecharge.internal.account.Suspensions;
import io.autorecharge.store.Posting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what a payment had bought when its money is refunded or disputed, and restores it when the money returns. The ledger always holds
 * the share of the money that is gone now: reports may arrive twice, late and in any order, even before the payment itself.
 */
public final class ReversalSettlement {
    private static final Logger log = LoggerFactory.getLogger(ReversalSettlement.class);

    private final AccountTransactions transactions;
    private final Credits smallest;

    /** @param smallest every amount in the ledger is a multiple of it */
    public ReversalSettlement(AccountTransactions transactions, Credits smallest) {
        this.transactions = transactions;
        this.smallest = smallest;
    }

    /** @return false when the payment does not belong to this account */
    public boolean settle(ProviderReport.Reversal report) {
        PaymentReversals payment = report.reversals();
        return transactions.run(report.account(), step -> {
            boolean own = isOwn(step, payment);
            if (own) {
                apply(step, payment);
            }
            return own;
        });
    }

    /** The customer may have been replaced since; a payment that was granted here still belongs to this account. */
    private static boolean isOwn(Step step, PaymentReversals report) {
        String customer = step.account().customerId();
        return (customer != null && customer.equals(report.customerId()))
                || step.tx()
                        .posted(Reference.purchase(report.providerReference()))
                        .isPresent();
    }

    private void apply(Step step, PaymentReversals report) {
        String payment = report.providerReference();
        List<Reversal> before = step.tx().reversalsOf(payment);
        Map<String, Reversal> known = byId(before);
        Map<String, Reversal> merged = new LinkedHashMap<>(known);
        report.reversals().forEach(it -> merged.merge(it.id(), it, Reversal::and));
        for (Reversal reversal : merged.values()) {
            Reversal old = known.get(reversal.id());
            if (reversal.equals(old)) {
                continue;
            }
            step.tx().save(payment, reversal);
            if (old == null || old.taken().isLessThan(reversal.taken())) {
                stop(step, payment, reversal);
            }
            log.warn("account={} charge={}: {}", step.account().id(), payment, reversal);
        }
        post(step, payment, report.captured(), before, List.copyOf(merged.values()));
    }

    private static Map<String, Reversal> byId(List<Reversal> reversals) {
        Map<String, Reversal> byId = new LinkedHashMap<>();
        reversals.forEach(it -> byId.put(it.id(), it));
        return byId;
    }

    /** The payment was granted in this step: reversals that were reported earlier are posted now. */
    public void granted(Step step, String payment, Money captured) {
        List<Reversal> waiting = step.tx().reversalsOf(payment);
        if (waiting.isEmpty()) {
            return;
        }
        waiting.forEach(it -> stop(step, payment, it));
        post(step, payment, captured, List.of(), waiting);
    }

    private static void stop(Step step, String payment, Reversal reversal) {
        Suspension.Reason reason =
                reversal.kind() == Reversal.Kind.DISPUTE ? Suspension.Reason.DISPUTED : Suspension.Reason.REFUNDED;
        String key = payment + "/" + reversal.id() + "/" + reversal.taken().minorUnits();
        Suspensions.suspend(step, new Suspension(reason, step.now(), null), key);
    }

    private void post(Step step, String payment, Money captured, List<Reversal> before, List<Reversal> after) {
        String purchase = Reference.purchase(payment);
        Optional<Posting> paid = step.tx().posted(purchase);
        if (paid.isEmpty()) {
            return;
        }
        Credits granted = paid.get().amount();
        Credits bonus =
                step.tx().posted(Reference.bonus(purchase)).map(Posting::amount).orElse(Credits.ZERO);
        long goneBefore = gone(before, captured);
        long gone = gone(after, captured);
        Credits credits = change(granted, goneBefore, gone, captured);
        Credits promotional = change(bonus, goneBefore, gone, captured);
        List<Posting> postings = LedgerPostings.ofReversal(purchase, stateOf(purchase, after), credits, promotional);
        if (!step.tx().post(postings, step.now())) {
            return;
        }
        boolean taken = gone > goneBefore;
        EventType type = taken ? EventType.PAYMENT_REVERSED : EventType.REVERSAL_UNDONE;
        step.publish(of(type, step.account().id(), stateOf(payment, after), step.now())
                .about(payment)
                .bought(
                        taken ? credits.negated() : credits,
                        taken ? promotional.negated() : promotional,
                        new Money(Math.abs(gone - goneBefore), captured.currency()),
                        step.account().balance())
                .because(cause(before, after)));
        log.warn(
                "account={} charge={}: {} credits and {} bonus, balance {}, since {} of {} went back",
                step.account().id(),
                payment,
                credits,
                promotional,
                step.account().balance(),
                new Money(gone, captured.currency()),
                captured);
    }

    /**
     * Every report that changes something increases one of the sums, so each state of the money has its own reference.
     */
    private static String stateOf(String payment, List<Reversal> reversals) {
        long taken = reversals.stream().mapToLong(it -> it.taken().minorUnits()).sum();
        long returned =
                reversals.stream().mapToLong(it -> it.returned().minorUnits()).sum();
        return Reference.reversal(payment, taken, returned);
    }

    /** A payment that was refunded and is disputed too is removed once. */
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

package io.autorecharge.internal.reversal;

import io.autorecharge.account.Suspension;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.Reference;
import io.autorecharge.gateway.PaymentReversals;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.internal.account.AccountTransactions;
import io.autorecharge.internal.account.PaymentReversal;
import io.autorecharge.internal.account.Step;
import io.autorecharge.internal.account.Suspensions;
import io.autorecharge.store.OwedEntries;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records refunds, disputes and fraud warnings of payments, and suspends the account. What they remove or return is owed to the ledger, and posted right
 * afterwards in a transaction of its own: a balance that the database refuses must not prevent the suspension. Reports may arrive twice,
 * late and in any order, even before the payment itself.
 */
public final class ReversalSettlement {
    private static final Logger log = LoggerFactory.getLogger(ReversalSettlement.class);

    private final AccountTransactions transactions;

    public ReversalSettlement(AccountTransactions transactions) {
        this.transactions = transactions;
    }

    /** @return false when the payment does not belong to this account */
    public boolean settle(ProviderReport.Reversal report) {
        PaymentReversals payment = report.reversals();
        return transactions.stop(report.account(), step -> {
            boolean own = isOwn(step, payment);
            if (own) {
                apply(step, payment, report.origin());
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

    private static void apply(Step step, PaymentReversals report, ProviderReport.Origin origin) {
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
            if (reversal.kind() == Reversal.Kind.FRAUD_WARNING) {
                FraudWarnings.received(step, report, reversal, origin);
            }
            log.warn("account={} charge={}: {}", step.account().id(), payment, reversal);
        }
        List<Reversal> after = List.copyOf(merged.values());
        if (!moneyOf(before).equals(moneyOf(after))) {
            owe(step, payment, report.captured(), before, after);
        }
    }

    private static List<Reversal> moneyOf(List<Reversal> reversals) {
        return reversals.stream().filter(it -> it.kind().movesMoney()).toList();
    }

    private static Map<String, Reversal> byId(List<Reversal> reversals) {
        Map<String, Reversal> byId = new LinkedHashMap<>();
        reversals.forEach(it -> byId.put(it.id(), it));
        return byId;
    }

    /** The payment was granted in this step: reversals that were reported earlier are posted next. */
    public void granted(Step step, String payment, Money captured) {
        List<Reversal> waiting = step.tx().reversalsOf(payment);
        if (waiting.isEmpty()) {
            return;
        }
        waiting.forEach(it -> stop(step, payment, it));
        if (!moneyOf(waiting).isEmpty()) {
            owe(step, payment, captured, List.of(), waiting);
        }
    }

    private static void stop(Step step, String payment, Reversal reversal) {
        Suspension.Reason reason = switch (reversal.kind()) {
            case REFUND -> Suspension.Reason.REFUNDED;
            case DISPUTE -> Suspension.Reason.DISPUTED;
            case FRAUD_WARNING -> Suspension.Reason.FRAUD_WARNING;
        };
        String key = payment + "/" + reversal.id() + "/" + reversal.taken().minorUnits();
        Suspensions.suspend(step, new Suspension(reason, step.now(), null), key);
    }

    /** The ledger is not read here: whether anything is to be posted is found out when it is posted. */
    private static void owe(Step step, String payment, Money captured, List<Reversal> before, List<Reversal> after) {
        Reversal.Kind cause = cause(before, after);
        Optional<OwedEntries> owed = step.tx().owed().stream()
                .filter(it -> it.providerReference().equals(payment))
                .findFirst();
        step.owe(owed.map(it -> it.dueAt(step.now(), cause))
                .orElseGet(() -> OwedEntries.ofReversal(
                        payment, captured, PaymentReversal.gone(before, captured), cause, step.now())));
    }

    private static Reversal.@Nullable Kind cause(List<Reversal> before, List<Reversal> after) {
        return moneyOf(after).stream()
                .filter(it -> !before.contains(it))
                .map(Reversal::kind)
                .max(Enum::compareTo)
                .orElse(null);
    }
}

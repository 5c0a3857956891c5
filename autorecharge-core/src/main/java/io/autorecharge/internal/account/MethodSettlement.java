package io.autorecharge.internal.account;

import io.autorecharge.account.MethodStop;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.account.SavedMethod;
import io.autorecharge.account.Suspension;
import io.autorecharge.gateway.ProviderReport.MethodChange;
import io.autorecharge.gateway.ProviderReport.Notification;
import java.time.YearMonth;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows what happens to saved payment methods at the provider: detached, renewed by the card's issuer, gone with their customer. */
public final class MethodSettlement {
    private static final Logger log = LoggerFactory.getLogger(MethodSettlement.class);

    /** What a card with a new expiry may no longer be: it failed because it was out of date, not because its holder lost it. */
    private static final Set<Suspension.Reason> ENDED_BY_RENEWAL =
            Set.of(Suspension.Reason.METHOD_UNUSABLE, Suspension.Reason.REPEATED_DECLINES);

    private final AccountTransactions transactions;
    private final Supplier<String> ids;

    public MethodSettlement(AccountTransactions transactions, Supplier<String> ids) {
        this.transactions = transactions;
        this.ids = ids;
    }

    /** @return false when the customer is not the account's; nothing was changed then */
    public boolean settle(MethodChange change) {
        return transactions.settle(change.account(), step -> {
            if (!change.customerId().equals(step.account().customerId())) {
                return false;
            }
            PaymentMethods before = step.tx().methods();
            String method = change.methodId();
            if (method == null) {
                customerGone(step, change, before);
            } else if (before.contains(method)) {
                PaymentMethod now = change.now();
                apply(step, change, before, now == null ? before.removing(method) : renewed(before, now));
            }
            return true;
        });
    }

    /** The customer stays: the next checkout finds that it is deleted, and replaces it. */
    private void customerGone(Step step, MethodChange change, PaymentMethods before) {
        if (before.all().isEmpty()) {
            return;
        }
        step.tx().savePaymentMethod(null);
        Recovery.closeUnwanted(step);
        publish(step, change, before.all().get(0).method().id(), "CUSTOMER_DELETED");
    }

    private static PaymentMethods renewed(PaymentMethods before, PaymentMethod now) {
        SavedMethod saved = before.find(now.id()).orElseThrow();
        SavedMethod newer = saved.with(now);
        MethodStop stop = saved.stop();
        boolean ends = stop != null && ENDED_BY_RENEWAL.contains(stop.reason()) && isLater(saved.method(), now);
        return before.with(ends ? newer.fresh() : newer);
    }

    private static boolean isLater(PaymentMethod before, PaymentMethod now) {
        YearMonth old = before.expiry();
        YearMonth expiry = now.expiry();
        return expiry != null && (old == null || expiry.isAfter(old));
    }

    private void apply(Step step, MethodChange change, PaymentMethods before, PaymentMethods after) {
        if (after.equals(before)) {
            return;
        }
        String key = key(change);
        MethodList.replace(step, after, key);
        publish(step, change, String.valueOf(change.methodId()), change.isGone() ? "DETACHED" : "UPDATED");
    }

    private void publish(Step step, MethodChange change, String method, String what) {
        MethodList.publish(step, method, what, key(change));
        log.warn(
                "account={} method={} customer={}: {} at the provider; {} methods are left",
                change.account(),
                method,
                change.customerId(),
                what,
                step.tx().methods().all().size());
    }

    private String key(MethodChange change) {
        Notification cause = change.notification();
        return cause == null ? ids.get() : cause.id();
    }
}

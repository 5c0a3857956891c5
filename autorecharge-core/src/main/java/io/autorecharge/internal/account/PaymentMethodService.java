package io.autorecharge.internal.account;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.account.AccountState;
import io.autorecharge.account.MethodStop;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.account.SavedMethod;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.AccountId;
import io.autorecharge.event.EventType;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a user does with the list of payment methods: add a backup, change the order, remove one. Saving the primary one is a setting. */
public final class PaymentMethodService {
    private final AccountTransactions transactions;
    private final ConsentLog consents;
    private final Supplier<String> ids;

    public PaymentMethodService(AccountTransactions transactions, ConsentLog consents, Supplier<String> ids) {
        this.transactions = transactions;
        this.consents = consents;
        this.ids = ids;
    }

    /** @throws io.autorecharge.credit.InvalidValueException when the method belongs to another customer than the account's, or there are too many */
    public void add(AccountId account, PaymentMethod method) {
        transactions.run(account, step -> {
            SettingsService.requireOwnCustomer(step.account(), method, false);
            change(step, before -> before.adding(method), "ADDED", method.id());
            return account;
        });
    }

    /** @return false when the account has no such method */
    public boolean makePrimary(AccountId account, String methodId) {
        return transactions.run(account, step -> {
            PaymentMethods methods = step.tx().methods();
            if (!methods.contains(methodId)) {
                return false;
            }
            change(step, before -> MethodAddition.beginningWith(before, methodId), "REORDERED", methodId);
            return true;
        });
    }

    /** @throws io.autorecharge.credit.InvalidValueException when the ids are not exactly those of the account's methods */
    public void reorder(AccountId account, List<String> methodIds) {
        transactions.run(account, step -> {
            change(step, before -> before.inOrder(methodIds), "REORDERED", methodIds.isEmpty() ? "" : methodIds.get(0));
            return account;
        });
    }

    /** @return false when the account has no such method */
    public boolean remove(AccountId account, String methodId) {
        return transactions.run(account, step -> {
            boolean listed = step.tx().methods().contains(methodId);
            if (listed) {
                change(step, before -> before.removing(methodId), RemovedMethods.REMOVED, methodId);
            }
            return listed;
        });
    }

    private void change(Step step, UnaryOperator<PaymentMethods> by, String what, String methodId) {
        PaymentMethods before = step.tx().methods();
        PaymentMethods after = by.apply(before);
        if (after.equals(before)) {
            return;
        }
        String key = ids.get();
        if ("ADDED".equals(what)) {
            consents.addsMethod(step, methodId);
        }
        step.tx().save(after);
        step.tx().save(step.account().state().notSaved(null));
        follow(step, after, key);
        Recovery.closeUnwanted(step);
        step.publish(of(EventType.METHODS_CHANGED, step.account().id(), key, step.now())
                .about(methodId)
                .because(what));
    }

    /** The account is suspended while none of its methods can be charged, and waits until the first of them can be. */
    static void follow(Step step, PaymentMethods methods, String key) {
        AccountState state = step.account().state();
        Suspension stop = state.suspension();
        if (methods.all().isEmpty() || (stop != null && !stop.reason().blamesMethod())) {
            return;
        }
        Instant from = methods.usableFrom(step.now());
        if (from == null) {
            suspend(step, methods, stop, key);
            return;
        }
        int declines =
                methods.all().stream().mapToInt(SavedMethod::declines).max().orElse(0);
        step.tx().save(state.declined(declines, from.isAfter(step.now()) ? from : null, null));
        Suspensions.publishResumed(step, stop, () -> key);
    }

    private static void suspend(Step step, PaymentMethods methods, @Nullable Suspension before, String key) {
        SavedMethod primary = methods.primary().orElseThrow();
        MethodStop stop = primary.stop();
        if (stop != null && before == null) {
            Suspensions.suspend(
                    step,
                    new Suspension(stop.reason(), step.now(), primary.method().fingerprint()),
                    key);
        }
    }
}

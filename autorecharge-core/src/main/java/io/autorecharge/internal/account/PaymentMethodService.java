package io.autorecharge.internal.account;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.credit.AccountId;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

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
            change(step, before -> before.adding(method), MethodList.ADDED, method.id());
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
            change(step, before -> MethodList.beginningWith(before, methodId), MethodList.REORDERED, methodId);
            return true;
        });
    }

    /** @throws io.autorecharge.credit.InvalidValueException when the ids are not exactly those of the account's methods */
    public void reorder(AccountId account, List<String> methodIds) {
        transactions.run(account, step -> {
            change(
                    step,
                    before -> before.inOrder(methodIds),
                    MethodList.REORDERED,
                    methodIds.isEmpty() ? "" : methodIds.get(0));
            return account;
        });
    }

    /** @return false when the account has no such method */
    public boolean remove(AccountId account, String methodId) {
        return transactions.run(account, step -> {
            boolean listed = step.tx().methods().contains(methodId);
            if (listed) {
                change(step, before -> before.removing(methodId), MethodList.REMOVED, methodId);
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
        if (MethodList.ADDED.equals(what)) {
            consents.addsMethod(step, methodId);
        }
        step.tx().save(step.account().state().notSaved(null));
        MethodList.replace(step, after, key);
        MethodList.publish(step, methodId, what, key);
    }
}

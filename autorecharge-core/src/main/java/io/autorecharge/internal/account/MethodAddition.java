package io.autorecharge.internal.account;

import io.autorecharge.account.MethodPlace;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.PaymentMethods;
import org.jspecify.annotations.Nullable;

/** Adds a payment method of the account's customer to its list. A stop of the same card stays: nothing was paid with it. */
public final class MethodAddition {
    private MethodAddition() {}

    /** Why this method cannot be added; null when it can. */
    public static @Nullable String objection(Step step, PaymentMethod method) {
        String customer = step.account().customerId();
        if (customer == null || !customer.equals(method.customerId())) {
            // The next recharge would charge another customer's card.
            return "it belongs to customer " + method.customerId() + ", the account's is " + customer;
        }
        PaymentMethods listed = step.tx().methods();
        return listed.all().size() >= PaymentMethods.MAX && !listed.contains(method.id())
                ? "the account has " + PaymentMethods.MAX + " methods already"
                : null;
    }

    /** @param key of the events */
    public static void add(Step step, PaymentMethod method, MethodPlace place, String key) {
        step.tx().save(step.account().state().notSaved(null));
        PaymentMethods before = step.tx().methods();
        if (before.all().isEmpty()) {
            step.tx().savePaymentMethod(method);
            Suspensions.methodSaved(step, null, method, key);
            Recovery.closeUnwanted(step);
        } else {
            PaymentMethods added = before.adding(method);
            PaymentMethods after = place == MethodPlace.PRIMARY ? MethodList.beginningWith(added, method.id()) : added;
            MethodList.replace(step, after, key);
        }
        MethodList.publish(step, method.id(), MethodList.ADDED, key);
    }
}

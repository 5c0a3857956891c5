package io.autorecharge.internal.account;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.account.MethodPlace;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.event.EventType;
import java.util.List;
import java.util.stream.Stream;
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
        PaymentMethods before = step.tx().methods();
        if (before.all().isEmpty()) {
            step.tx().savePaymentMethod(method);
            step.tx().save(step.account().state().notSaved(null));
            Suspensions.methodSaved(step, null, method, key);
        } else {
            PaymentMethods added = before.adding(method);
            PaymentMethods after = place == MethodPlace.PRIMARY ? beginningWith(added, method.id()) : added;
            step.tx().save(after);
            step.tx().save(step.account().state().notSaved(null));
            PaymentMethodService.follow(step, after, key);
        }
        Recovery.closeUnwanted(step);
        step.publish(of(EventType.METHODS_CHANGED, step.account().id(), key, step.now())
                .about(method.id())
                .because("ADDED"));
    }

    static PaymentMethods beginningWith(PaymentMethods methods, String methodId) {
        List<String> order = Stream.concat(
                        Stream.of(methodId),
                        methods.all().stream().map(it -> it.method().id()).filter(id -> !id.equals(methodId)))
                .toList();
        return methods.inOrder(order);
    }
}

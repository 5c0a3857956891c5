package io.autorecharge.internal.account;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.account.AccountState;
import io.autorecharge.account.MethodStop;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.account.SavedMethod;
import io.autorecharge.account.Suspension;
import io.autorecharge.event.EventType;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Changes the list of an account's payment methods, and what follows from it for the account. */
final class MethodList {
    /** Why a list has changed: the reasons of {@link EventType#METHODS_CHANGED}. */
    static final String ADDED = "ADDED";

    static final String REMOVED = "REMOVED";
    static final String REORDERED = "REORDERED";

    private MethodList() {}

    /** @param key of the events that follow */
    static void replace(Step step, PaymentMethods after, String key) {
        step.tx().save(after);
        follow(step, after, key);
        Recovery.closeUnwanted(step);
    }

    static void publish(Step step, String methodId, String what, String key) {
        step.publish(of(EventType.METHODS_CHANGED, step.account().id(), key, step.now())
                .about(methodId)
                .because(what));
    }

    static PaymentMethods beginningWith(PaymentMethods methods, String methodId) {
        List<String> order = Stream.concat(
                        Stream.of(methodId),
                        methods.all().stream().map(it -> it.method().id()).filter(id -> !id.equals(methodId)))
                .toList();
        return methods.inOrder(order);
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

package io.autorecharge.internal.account;

import io.autorecharge.account.Account;
import io.autorecharge.account.AccountState;
import io.autorecharge.account.MethodStop;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.account.SavedMethod;
import io.autorecharge.account.Suspension;
import io.autorecharge.policy.CardLimit;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The payment method that a recharge would charge now: the first that is neither stopped nor waiting, and whose card may be charged. For an account
 * without backups this is its only method, and nothing more is read.
 *
 * @param method the method; the primary one when none can be charged; null when none is saved
 * @param retryAt until when nothing is charged after a decline; null when there is no wait
 * @param suspension why nothing is charged until the customer acts; null when that is not so
 */
record MethodChoice(
        @Nullable PaymentMethod method,
        @Nullable Instant retryAt,
        @Nullable Suspension suspension) {
    /** For an account that is not charged now, so that nothing need be read. */
    static MethodChoice primary(Account account) {
        return new MethodChoice(
                account.method(), account.state().retryAt(), account.state().suspension());
    }

    static MethodChoice of(Step step, Account account, CardLimit limit) {
        AccountState state = account.state();
        PaymentMethod primary = account.method();
        if (primary == null || state.backups() == 0) {
            return primary(account);
        }
        return of(
                listed(step, primary),
                state,
                step.now(),
                method -> limit.hold(step.tx().cardUse(method.card(), limit.countedFrom(step.now())), step.now())
                        == null);
    }

    /** @param chargeable whether the card of a method may be charged, whatever the account */
    static MethodChoice of(
            PaymentMethods methods, AccountState state, Instant now, Predicate<PaymentMethod> chargeable) {
        List<PaymentMethod> usable =
                methods.usable(now).stream().map(SavedMethod::method).toList();
        SavedMethod primary = methods.primary().orElseThrow();
        if (usable.isEmpty()) {
            return new MethodChoice(
                    primary.method(),
                    later(state.retryAt(), methods.usableFrom(now)),
                    state.suspension() == null ? suspension(primary, methods.usableFrom(now)) : state.suspension());
        }
        PaymentMethod first = usable.stream().filter(chargeable).findFirst().orElse(usable.get(0));
        return new MethodChoice(first, state.retryAt(), state.suspension());
    }

    /** A preview asks what would be charged with another primary method. */
    private static PaymentMethods listed(Step step, PaymentMethod primary) {
        PaymentMethods methods = step.tx().methods();
        return methods.primary()
                        .filter(it -> it.method().id().equals(primary.id()))
                        .isPresent()
                ? methods
                : methods.replacingPrimary(primary);
    }

    /** Without any method that will be usable by itself, the account waits for its customer. */
    private static @Nullable Suspension suspension(SavedMethod primary, @Nullable Instant usableFrom) {
        MethodStop stop = primary.stop();
        return usableFrom != null || stop == null
                ? null
                : new Suspension(stop.reason(), stop.since(), primary.method().fingerprint());
    }

    private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isAfter(b) ? a : b;
    }
}

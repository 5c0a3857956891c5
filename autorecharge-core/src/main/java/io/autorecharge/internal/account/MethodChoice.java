package io.autorecharge.internal.account;

import io.autorecharge.account.Account;
import io.autorecharge.account.AccountState;
import io.autorecharge.account.MethodStop;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.account.SavedMethod;
import io.autorecharge.account.Suspension;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The payment method that a recharge would charge now: the first that is neither stopped nor waiting, and whose card may be charged. For an
 * account without backups this is its only method, and nothing more is read.
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

    /**
     * @param listed the account's methods; asked for only where it has several
     * @param chargeable whether the card of a method may be charged, whatever the account
     */
    static MethodChoice of(
            Account account, Supplier<PaymentMethods> listed, Instant now, Predicate<PaymentMethod> chargeable) {
        AccountState state = account.state();
        PaymentMethod saved = account.method();
        if (saved == null || state.backups() == 0) {
            return primary(account);
        }
        PaymentMethods methods = beginningWith(saved, listed.get());
        List<PaymentMethod> usable =
                methods.usable(now).stream().map(SavedMethod::method).toList();
        if (usable.isEmpty()) {
            Instant from = methods.usableFrom(now);
            return new MethodChoice(
                    saved,
                    later(state.retryAt(), from),
                    state.suspension() == null && from == null
                            ? suspension(methods.primary().orElseThrow())
                            : state.suspension());
        }
        PaymentMethod first = usable.stream().filter(chargeable).findFirst().orElse(usable.get(0));
        return new MethodChoice(first, state.retryAt(), state.suspension());
    }

    /** A preview asks what would be charged with another primary method. */
    private static PaymentMethods beginningWith(PaymentMethod primary, PaymentMethods methods) {
        return methods.primary()
                        .filter(it -> it.method().id().equals(primary.id()))
                        .isPresent()
                ? methods
                : methods.replacingPrimary(primary);
    }

    /** Without any method that will be usable by itself, the account waits for its customer. */
    private static @Nullable Suspension suspension(SavedMethod primary) {
        MethodStop stop = primary.stop();
        return stop == null
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

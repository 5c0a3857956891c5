package io.autorecharge.account;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an account's list of payment methods: the method, and how its charges went. Immutable; the methods return changed copies.
 *
 * @param method the payment method
 * @param declines definite declines in a row
 * @param retryAt end of its wait after a decline; null when there is none
 * @param stop why it is passed over until its customer acts; null when it is not
 */
public record SavedMethod(
        PaymentMethod method,
        int declines,
        @Nullable Instant retryAt,
        @Nullable MethodStop stop) {
    public SavedMethod {
        Objects.requireNonNull(method, "method");
    }

    /** A method that was just saved. */
    public SavedMethod(PaymentMethod method) {
        this(method, 0, null, null);
    }

    /** Whether it can be charged now, as far as this account knows: neither stopped, nor waiting after a decline. */
    public boolean isUsable(Instant now) {
        return stop == null && (retryAt == null || !retryAt.isAfter(now));
    }

    /** When it can be charged again by itself; null when only its customer can change that. */
    @Nullable
    Instant usableFrom(Instant now) {
        if (stop != null) {
            return null;
        }
        return retryAt == null || retryAt.isBefore(now) ? now : retryAt;
    }

    /** After one more failed charge. */
    public SavedMethod failed(int inARow, @Nullable Instant next, @Nullable MethodStop stopped) {
        return new SavedMethod(method, inARow, next, stopped);
    }

    /** Without a wait and without a stop, as after a successful charge. */
    public SavedMethod fresh() {
        return new SavedMethod(method);
    }

    /** After its customer asked for one more try: a stop that a repeated try may end, and the wait, are over. */
    public SavedMethod onceMore() {
        return stop == null || stop.reason().clearedBySettings() ? new SavedMethod(method, declines, null, null) : this;
    }

    /** The same entry with newer details of the method. */
    public SavedMethod with(PaymentMethod newer) {
        return new SavedMethod(newer, declines, retryAt, stop);
    }
}

package io.autorecharge.stripe.simulator;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refund.
 *
 * @param detail Stripe's {@code pending_reason} while it is pending, and its {@code failure_reason} after it has failed
 */
record Refund(
        String id,
        long created,
        long amount,
        Charge charge,
        @Nullable String reason,
        Map<String, String> metadata,
        Status status,
        @Nullable String detail) {

    enum Status {
        PENDING,
        SUCCEEDED,
        FAILED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Refund succeeded() {
        return new Refund(id, created, amount, charge, reason, metadata, Status.SUCCEEDED, null);
    }

    Refund failed(String why) {
        return new Refund(id, created, amount, charge, reason, metadata, Status.FAILED, why);
    }
}

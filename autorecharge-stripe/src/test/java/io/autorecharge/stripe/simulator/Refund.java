package io.autorecharge.stripe.simulator;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

record Refund(
        String id,
        long created,
        long amount,
        Charge charge,
        @Nullable String reason,
        Map<String, String> metadata,
        Status status) {

    enum Status {
        PENDING,
        SUCCEEDED,
        FAILED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Refund ended(Status end) {
        return new Refund(id, created, amount, charge, reason, metadata, end);
    }
}

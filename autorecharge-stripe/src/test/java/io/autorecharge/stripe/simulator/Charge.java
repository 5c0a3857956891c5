package io.autorecharge.stripe.simulator;

import org.jspecify.annotations.Nullable;

/** One attempt to charge a payment method for an intent. */
record Charge(
        String id,
        long created,
        PaymentIntent.Terms terms,
        PaymentMethod method,
        Status status,
        @Nullable Decline failure,
        long refunded,
        @Nullable String dispute) {

    enum Status {
        SUCCEEDED,
        PENDING,
        FAILED;

        String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    static Charge of(
            PaymentIntent.Terms terms, PaymentMethod method, long created, Status status, @Nullable Decline failure) {
        return new Charge(Ids.next("ch_"), created, terms, method, status, failure, 0, null);
    }

    Charge settled(Status settled, @Nullable Decline why) {
        return new Charge(id, created, terms, method, settled, why, refunded, dispute);
    }

    Charge refundedBy(long amount) {
        return new Charge(id, created, terms, method, status, failure, refunded + amount, dispute);
    }

    Charge disputedBy(String by) {
        return new Charge(id, created, terms, method, status, failure, refunded, by);
    }
}

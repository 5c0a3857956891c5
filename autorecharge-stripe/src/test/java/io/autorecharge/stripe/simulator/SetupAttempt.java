package io.autorecharge.stripe.simulator;

import io.autorecharge.stripe.simulator.SetupIntent.Terms;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to save a payment method.
 *
 * @param status "requires_action", "succeeded" or "failed"
 * @param generated the SEPA debit that iDEAL or Bancontact has generated
 */
record SetupAttempt(
        String id,
        long created,
        String setupIntent,
        @Nullable String customer,
        String usage,
        PaymentMethod method,
        String status,
        @Nullable Decline error,
        @Nullable Generated generated) {

    /** A payment method, and the mandate to charge it. */
    record Generated(String paymentMethod, @Nullable String mandate) {}

    static SetupAttempt start(SetupIntent intent, PaymentMethod method, long created) {
        Terms terms = intent.terms();
        return new SetupAttempt(
                Ids.next("setatt_"),
                created,
                terms.id(),
                intent.progress().customer(),
                terms.usage(),
                method,
                "requires_action",
                null,
                null);
    }

    SetupAttempt succeeded(@Nullable Generated debit) {
        return new SetupAttempt(id, created, setupIntent, customer, usage, method, "succeeded", null, debit);
    }

    SetupAttempt failed(Decline decline) {
        return new SetupAttempt(id, created, setupIntent, customer, usage, method, "failed", decline, null);
    }
}

package io.autorecharge.stripe;

import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.PaymentReversals;

/**
 * What a webhook call was. Answer {@link Rejected} with 400 and no explanation, everything else with 200, and that only after the outcome
 * was settled and committed.
 */
public sealed interface WebhookResult {
    /** Not believed: forged, stale, damaged, or of the other mode. Nothing was fetched for it. */
    record Rejected(Reason reason) implements WebhookResult {
        /** Why a call was not believed; for logs and counters, not for the caller. */
        public enum Reason {
            /** The body is larger than {@link StripeWebhook#MAX_BODY_BYTES}. */
            TOO_LARGE,
            /** No {@code Stripe-Signature} header. */
            SIGNATURE_MISSING,
            /** The header cannot be read, or holds no {@code v1} signature. */
            SIGNATURE_MALFORMED,
            /** No signature fits the body and a secret. */
            SIGNATURE_WRONG,
            /** Rightly signed, but too long ago or ahead of the clock: a replay, or a clock that is wrong. */
            TIMESTAMP,
            /** Rightly signed, but no event as this library reads it (not JSON, or a "thin" event). */
            BODY,
            /** Rightly signed, but test mode where the key is live, or the other way round. */
            LIVEMODE
        }
    }

    /** Genuine, and no concern of this library's: another type, or an object that is not ours. */
    record Ignored(String eventId, String type) implements WebhookResult {}

    /**
     * Something became of a charge without the customer.
     *
     * @param customerId the provider's customer who was charged, empty when there is none: to be handed over with the outcome, so that it is compared with the attempt's
     * @param outcome of the object as it is now, not as the event shows it
     */
    record ChargeReported(
            String eventId, String type, AccountId account, AttemptId attempt, String customerId, Outcome outcome)
            implements WebhookResult {}

    /**
     * Something became of a purchase on the page.
     *
     * @param customerId the provider's customer whose page it is, empty when there is none: to be compared with the account's, or a page of
     *     somebody else's could pay for an account, and leave it a payment method that is not its own
     * @param outcome of the page as it is now, not as the event shows it
     */
    record CheckoutReported(
            String eventId,
            String type,
            AccountId account,
            CheckoutId checkout,
            String customerId,
            CheckoutOutcome outcome)
            implements WebhookResult {}

    /**
     * Money of a payment went back, or came again.
     *
     * @param report all refunds and disputes of the payment as they are now, not as the event shows one of them
     */
    record ReversalsReported(String eventId, String type, AccountId account, PaymentReversals report)
            implements WebhookResult {}
}

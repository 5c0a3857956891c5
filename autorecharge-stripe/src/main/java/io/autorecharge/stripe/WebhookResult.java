package io.autorecharge.stripe;

import io.autorecharge.gateway.ProviderReport;

/**
 * What {@link StripeWebhook} made of one webhook call. Answer {@link Rejected} with 400 and no explanation. Answer everything else with 200,
 * and only after a {@link Reported} report has been settled and committed. Immutable.
 */
public sealed interface WebhookResult {
    /** The call is not a genuine event for this endpoint: forged, stale, damaged, or of the other mode. Nothing was fetched for it. */
    record Rejected(Reason reason) implements WebhookResult {
        /** Why a call was rejected; for logs and counters, not for the caller. */
        public enum Reason {
            /** The body is larger than {@link StripeWebhook#MAX_BODY_BYTES}. */
            TOO_LARGE,
            /** There is no {@code Stripe-Signature} header. */
            SIGNATURE_MISSING,
            /** The header cannot be parsed, or contains no {@code v1} signature. */
            SIGNATURE_MALFORMED,
            /** No signature matches the body and a configured secret. */
            SIGNATURE_WRONG,
            /** The signature is valid, but its time is too far from the clock: a replay, or a clock that is wrong. */
            TIMESTAMP,
            /** The signature is valid, but the body is not an event that this library can read (not JSON, or a "thin" event). */
            BODY,
            /** The signature is valid, but the event is of test mode where the key is live, or the other way round. */
            LIVEMODE
        }
    }

    /** The event is genuine, and nothing has to be done: it is of another type, or about an object that this library did not create. */
    record Ignored(String eventId, String type) implements WebhookResult {}

    /**
     * The event is genuine and about an object that carries this library's ids.
     *
     * @param report the object as it is now, not as the event shows it; give it to {@link io.autorecharge.AutoRecharge#settle}. Its
     *     notification is the event
     */
    record Reported(ProviderReport report) implements WebhookResult {}
}

package io.autorecharge.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.PermissionException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.param.PaymentIntentCancelParams;
import com.stripe.param.PaymentIntentUpdateParams;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes an intent that failed: stores why, and cancels it. Both without an idempotency key: a stored failure would be replayed for a day. */
final class IntentChanges {
    private static final Logger log = LoggerFactory.getLogger(IntentChanges.class);

    private final StripeClient client;

    IntentChanges(StripeClient client) {
        this.client = client;
    }

    /**
     * Stores the reason in the metadata of the intent.
     *
     * @return what is in doubt, so that the intent must not be cancelled yet; null when it is stored, or when Stripe refuses to store it: then
     *     a later request would be refused as well
     */
    @Nullable
    String storing(PaymentIntent intent, DeclineReason reason) {
        String id = intent.getId();
        String text = StoredReason.text(intent, reason);
        try {
            PaymentIntentUpdateParams params = PaymentIntentUpdateParams.builder()
                    .putMetadata(Metadata.REASON, text)
                    .build();
            PaymentIntent answer =
                    PaymentIntents.complete(client.v1().paymentIntents().update(id, params));
            Map<String, String> metadata = answer.getMetadata();
            boolean stored =
                    id.equals(answer.getId()) && metadata != null && text.equals(metadata.get(Metadata.REASON));
            return stored ? null : "the answer does not have the reason";
        } catch (StripeException | RuntimeException e) {
            StripeFailure failure = StripeFailure.of(e);
            log.warn("intent={}: its reason ({}) was not stored: {}", id, SafeText.of(text), failure.detail());
            return isRefused(failure, e) ? null : failure.detail();
        }
    }

    /** A key that is wrong for the moment is not meant: its requests come through later. */
    private static boolean isRefused(StripeFailure failure, Exception e) {
        return failure.kind() == StripeFailure.Kind.REQUEST
                || (failure.kind() == StripeFailure.Kind.CONFIGURATION && e instanceof PermissionException);
    }

    /** @return the cancelled intent with its failed charge, which may know more about the reason; null when it was not cancelled */
    @Nullable
    PaymentIntent cancelled(String id) {
        try {
            PaymentIntentCancelParams params = PaymentIntentCancelParams.builder()
                    .setCancellationReason(PaymentIntentCancelParams.CancellationReason.ABANDONED)
                    .addExpand(PaymentIntents.CHARGE)
                    .build();
            PaymentIntent answer =
                    PaymentIntents.complete(client.v1().paymentIntents().cancel(id, params));
            return id.equals(answer.getId()) && "canceled".equals(answer.getStatus()) ? answer : null;
        } catch (StripeException | RuntimeException e) {
            log.warn("intent={} was not cancelled: {}", id, StripeFailure.of(e).detail());
            return null;
        }
    }
}

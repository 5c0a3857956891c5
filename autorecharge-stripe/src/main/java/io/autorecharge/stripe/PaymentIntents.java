package io.autorecharge.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeObjectInterface;
import com.stripe.net.StripeResponse;
import com.stripe.param.PaymentIntentRetrieveParams;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.Outcome;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Translates the PaymentIntent of a charge into its outcome. This is the only place that does so, whether the intent comes from a charge, a
 * list or a webhook. An intent of a charge or a list that could still be paid is cancelled first; unless the cancellation is certain, the outcome is unknown.
 */
final class PaymentIntents {
    private static final Logger log = LoggerFactory.getLogger(PaymentIntents.class);
    static final String CHARGE = "latest_charge";

    private final StripeClient client;
    private final boolean live;
    private final FailureCodes codes;
    private final IntentChanges changes;

    PaymentIntents(StripeClient client, boolean live, FailureCodes codes) {
        this.client = client;
        this.live = live;
        this.codes = codes;
        this.changes = new IntentChanges(client);
    }

    /** What the intent must belong to; a null customer is not compared. */
    record Expected(
            String attempt,
            @Nullable String customer,
            @Nullable InstallationId installation) {}

    /** Fetches the intent with everything that its outcome depends on. */
    PaymentIntent fetch(String id) throws StripeException {
        PaymentIntentRetrieveParams params =
                PaymentIntentRetrieveParams.builder().addExpand(CHARGE).build();
        return complete(client.v1().paymentIntents().retrieve(id, params));
    }

    /** Rejects objects that stripe-java builds from an invalid response: without fields, or from an error. */
    static <T extends StripeObjectInterface> T complete(T object) {
        StripeResponse response = object.getLastResponse();
        if (response == null || response.code() != 200) {
            throw new IllegalStateException(
                    "not a response of Stripe: HTTP " + (response == null ? "?" : response.code()));
        }
        return object;
    }

    Outcome settle(PaymentIntent intent, Expected expected) {
        return settle(intent, DeclineReason.of(intent), expected);
    }

    /**
     * Cancels an intent that could still be paid, so it must be known to be this installation's.
     *
     * @param reason why the payment failed, if it is known better than from the intent itself
     */
    Outcome settle(PaymentIntent intent, DeclineReason reason, Expected expected) {
        Outcome objection = objection(intent, expected);
        if (objection != null) {
            return objection;
        }
        return isOpen(intent) ? cancelled(intent, reason, expected) : closed(intent, reason);
    }

    /** The same without changing anything: an intent that could still be paid is an unknown outcome. */
    Outcome read(PaymentIntent intent, DeclineReason reason, Expected expected) {
        Outcome objection = objection(intent, expected);
        return objection == null ? closed(intent, reason) : objection;
    }

    private @Nullable Outcome objection(PaymentIntent intent, Expected expected) {
        String mismatch = mismatch(intent, expected);
        if (mismatch == null) {
            return null;
        }
        log.error("attempt={} intent={} does not match the request: {}", expected.attempt, intent.getId(), mismatch);
        return new Outcome.Unknown("intent " + SafeText.of(intent.getId()) + ": " + mismatch);
    }

    private @Nullable String mismatch(PaymentIntent intent, Expected expected) {
        if (intent.getId() == null || intent.getStatus() == null) {
            return "no id or no status";
        }
        if (!Objects.equals(intent.getLivemode(), live)) {
            return "livemode " + intent.getLivemode() + " with a key of livemode " + live;
        }
        if (Metadata.attempt(intent.getMetadata())
                .filter(it -> it.value().equals(expected.attempt))
                .isEmpty()) {
            return "its metadata names another attempt";
        }
        if (!Objects.equals(Metadata.installation(intent.getMetadata()), expected.installation)) {
            return "its metadata names another installation";
        }
        if (expected.customer != null && !expected.customer.equals(intent.getCustomer())) {
            return "its customer is " + intent.getCustomer();
        }
        return null;
    }

    /** The captured amount, without regard to later refunds; empty if nothing was captured. */
    Optional<Money> captured(PaymentIntent intent) {
        if (!Objects.equals(intent.getLivemode(), live) || !"succeeded".equals(intent.getStatus())) {
            return Optional.empty();
        }
        return Optional.of(StripeCurrency.fromStripe(intent.getAmountReceived(), intent.getCurrency()))
                .filter(Money::isPositive);
    }

    /** Whether the intent could still be paid, by a confirmation or a capture, although no payment is in progress. */
    private static boolean isOpen(PaymentIntent intent) {
        return switch (intent.getStatus()) {
            case "requires_payment_method", "requires_confirmation", "requires_action", "requires_capture" -> true;
            default -> false;
        };
    }

    private Outcome closed(PaymentIntent intent, DeclineReason reason) {
        return switch (intent.getStatus()) {
            case "succeeded" -> paid(intent);
            case "processing" -> new Outcome.Processing(intent.getId());
            case "canceled" -> refused(intent, reason);
            default -> new Outcome.Unknown("intent " + intent.getId() + " is " + SafeText.of(intent.getStatus()));
        };
    }

    /** The amount is the captured one, not the requested one; the core compares the two before it grants credits. */
    private static Outcome paid(PaymentIntent intent) {
        try {
            Money received = StripeCurrency.fromStripe(intent.getAmountReceived(), intent.getCurrency());
            return received.isPositive()
                    ? new Outcome.Paid(intent.getId(), received)
                    : new Outcome.Unknown("intent " + intent.getId() + " succeeded with nothing received");
        } catch (InvalidValueException e) {
            return new Outcome.Unknown("intent " + intent.getId() + ": " + SafeText.of(e.getMessage()));
        }
    }

    private Outcome refused(PaymentIntent intent, DeclineReason reason) {
        String status = intent.getStatus();
        return reason.wantsAuthentication()
                ? new Outcome.ActionRequired(intent.getId(), reason.wordOr(status))
                : reason.decline(intent.getId(), status, codes);
    }

    private Outcome cancelled(PaymentIntent intent, DeclineReason known, Expected expected) {
        DeclineReason reason = known.orOfStatus(intent);
        String doubt = isKept(intent, reason) ? null : changes.storing(intent, reason);
        if (doubt != null) {
            return new Outcome.Unknown(
                    "intent " + intent.getId() + " is not cancelled, because its reason could not be stored: " + doubt);
        }
        PaymentIntent cancelled = changes.cancelled(intent.getId());
        if (cancelled != null) {
            return refused(intent, reason.with(cancelled.getLatestChargeObject()));
        }
        PaymentIntent now;
        try {
            now = fetch(intent.getId());
        } catch (StripeException | RuntimeException e) {
            return new Outcome.Unknown("intent " + intent.getId() + " could neither be cancelled nor fetched: "
                    + StripeFailure.of(e).detail());
        }
        String mismatch = mismatch(now, expected);
        if (mismatch != null) {
            return new Outcome.Unknown("intent " + intent.getId() + " could not be cancelled: " + mismatch);
        }
        DeclineReason latest = reason.isKnown() ? reason.with(now.getLatestChargeObject()) : DeclineReason.of(now);
        return "canceled".equals(now.getStatus()) ? refused(intent, latest) : closed(now, latest);
    }

    /**
     * Whether the cancelled intent will say the same as the reason. Cancelling erases the error of the intent, but neither its metadata nor a
     * failed charge; the charge of an intent that was not fetched with it repeats the error.
     */
    private boolean isKept(PaymentIntent intent, DeclineReason reason) {
        Charge charge = intent.getLatestChargeObject();
        if (!reason.isKnown() || (charge == null && intent.getLatestCharge() != null)) {
            return true;
        }
        return refused(intent, StoredReason.of(intent).with(charge)).equals(refused(intent, reason));
    }
}

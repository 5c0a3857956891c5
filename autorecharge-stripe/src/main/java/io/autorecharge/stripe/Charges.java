package io.autorecharge.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.param.PaymentIntentCreateParams;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.NotSubmitted.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a charge and translates the response into an outcome. */
final class Charges {
    private static final Logger log = LoggerFactory.getLogger(Charges.class);

    private final StripeClient client;
    private final PaymentIntents intents;
    private final PaymentIntentSearch list;
    private final RefusedRequests refusals;
    private final FailureCodes codes;
    private final @Nullable String descriptorSuffix;

    Charges(
            StripeClient client,
            PaymentIntents intents,
            PaymentIntentSearch list,
            FailureCodes codes,
            @Nullable String descriptorSuffix) {
        this.client = client;
        this.intents = intents;
        this.list = list;
        this.refusals = new RefusedRequests(client, codes);
        this.codes = codes;
        this.descriptorSuffix = descriptorSuffix;
    }

    Outcome charge(ChargeRequest request) {
        PaymentIntentCreateParams params;
        try {
            params = params(request);
        } catch (InvalidValueException e) {
            return notSubmitted(request, Reason.REJECTED, SafeText.of(e.getMessage()));
        }
        try {
            PaymentIntent intent = PaymentIntents.complete(client.v1()
                    .paymentIntents()
                    .create(
                            params,
                            IdempotencyKey.of(
                                    request.installation(), request.attempt().value())));
            return settled(intent, request);
        } catch (StripeException | RuntimeException e) {
            return notCharged(StripeFailure.of(e), request);
        }
    }

    private PaymentIntentCreateParams params(ChargeRequest request) {
        StripeCurrency.Amount amount = StripeCurrency.toStripe("amount", request.amount());
        PaymentIntentCreateParams.Builder params = PaymentIntentCreateParams.builder()
                .setAmount(amount.units())
                .setCurrency(amount.currency())
                .setCustomer(request.customerId())
                .setPaymentMethod(request.paymentMethodId())
                .setConfirm(true)
                .setOffSession(true)
                .setAutomaticPaymentMethods(PaymentIntentCreateParams.AutomaticPaymentMethods.builder()
                        .setEnabled(true)
                        .setAllowRedirects(PaymentIntentCreateParams.AutomaticPaymentMethods.AllowRedirects.NEVER)
                        .build())
                .setDescription(request.description())
                .putAllMetadata(Metadata.of(request));
        if (descriptorSuffix != null) {
            params.setStatementDescriptorSuffix(descriptorSuffix);
        }
        return params.build();
    }

    /**
     * A replayed response describes the intent at the time of the first response. A success is final; anything else may have changed since,
     * so the intent is fetched. If fetching fails, that says nothing about the charge, so the outcome is unknown.
     */
    private Outcome settled(PaymentIntent intent, ChargeRequest request) {
        boolean replayed = intent.getLastResponse()
                .headers()
                .firstValue("Idempotent-Replayed")
                .isPresent();
        if (!replayed || intent.getId() == null || "succeeded".equals(intent.getStatus())) {
            return intents.settle(intent, expected(request));
        }
        try {
            return intents.settle(intents.fetch(intent.getId()), expected(request));
        } catch (StripeException | RuntimeException e) {
            return new Outcome.Unknown("intent " + intent.getId() + " could not be fetched: "
                    + StripeFailure.of(e).detail());
        }
    }

    private Outcome notCharged(StripeFailure failure, ChargeRequest request) {
        return switch (failure.kind()) {
            case CARD -> declined(failure, request);
            case REQUEST -> request.inDoubt() ? unknown(failure, request) : rejected(failure, request);
            case BUSY -> notSubmitted(request, Reason.BUSY, failure.detail());
            case CONFIGURATION -> notSubmitted(request, Reason.CONFIGURATION, failure.detail());
            case UNCLEAR -> unknown(failure, request);
        };
    }

    private static Outcome unknown(StripeFailure failure, ChargeRequest request) {
        if (failure.isOfOtherParameters()) {
            log.error(
                    "attempt={} was sent before with other parameters; its result will be read from the list: {}",
                    request.attempt(),
                    failure.detail());
        } else {
            log.warn("attempt={} has no clear result: {}", request.attempt(), failure.detail());
        }
        return new Outcome.Unknown(failure.detail());
    }

    /** The rejection concerns this request only. If an earlier request of the attempt is in doubt, that one may have charged. */
    private static Outcome notSubmitted(ChargeRequest request, Reason reason, String detail) {
        return request.inDoubt()
                ? new Outcome.Unknown("rejected now, but an earlier request is in doubt: " + detail)
                : new Outcome.NotSubmitted(reason, detail);
    }

    private Outcome declined(StripeFailure failure, ChargeRequest request) {
        DeclineReason reason = DeclineReason.of(failure.error());
        PaymentIntent intent = failure.intent();
        if (intent == null) {
            return declinedWithoutIntent(failure, reason, request);
        }
        Outcome outcome = intents.settle(intent, reason, expected(request));
        return reason.isDuplicate() && outcome instanceof Outcome.Declined ? unlessCaptured(outcome, request) : outcome;
    }

    /**
     * Stripe declines a payment as a duplicate of a recent one, which may be an earlier request of this attempt. The list decides.
     */
    private Outcome unlessCaptured(Outcome declined, ChargeRequest request) {
        LookUp seen = list.lookUp(request);
        if (seen instanceof LookUp.Found found && !(found.outcome() instanceof Outcome.Declined)) {
            return found.outcome();
        }
        return seen instanceof LookUp.Failed failed
                ? new Outcome.Unknown("declined as a duplicate, and the list could not be read: " + failed.detail())
                : declined;
    }

    private Outcome declinedWithoutIntent(StripeFailure failure, DeclineReason reason, ChargeRequest request) {
        LookUp seen = list.lookUp(request);
        if (seen instanceof LookUp.Found found) {
            return found.outcome();
        }
        if (!(seen instanceof LookUp.Absent) || request.inDoubt()) {
            return unknown(failure, request);
        }
        return reason.wantsAuthentication()
                ? new Outcome.ActionRequired(null, reason.wordOr("card_error"))
                : reason.decline(null, "card_error", codes);
    }

    private Outcome rejected(StripeFailure failure, ChargeRequest request) {
        PaymentIntent intent = failure.intent();
        if (intent != null) {
            return intents.settle(intent, DeclineReason.of(failure.error()), expected(request));
        }
        return refusals.outcome(failure, request);
    }

    private static PaymentIntents.Expected expected(ChargeRequest request) {
        return new PaymentIntents.Expected(request.attempt().value(), request.customerId(), request.installation());
    }
}

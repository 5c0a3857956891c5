package io.autorecharge.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.PaymentMethod;
import com.stripe.param.PaymentIntentCreateParams;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.NotSubmitted.Reason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a charge and translates the response into an outcome. */
final class Charges {
    private static final Logger log = LoggerFactory.getLogger(Charges.class);

    private final StripeClient client;
    private final PaymentIntents intents;
    private final PaymentIntentSearch list;
    private final @Nullable String descriptorSuffix;

    Charges(StripeClient client, PaymentIntents intents, PaymentIntentSearch list, @Nullable String descriptorSuffix) {
        this.client = client;
        this.intents = intents;
        this.list = list;
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
                    .create(params, IdempotencyKey.of(
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
                : new Outcome.Declined(null, reason.wordOr("card_error"), reason.kind());
    }

    private Outcome rejected(StripeFailure failure, ChargeRequest request) {
        PaymentIntent intent = failure.intent();
        if (intent != null) {
            return intents.settle(intent, DeclineReason.of(failure.error()), expected(request));
        }
        return unusable(request)
                .<Outcome>map(code -> new Outcome.Declined(null, code, Outcome.Declined.Kind.METHOD_UNUSABLE))
                .orElseGet(() -> {
                    log.error("attempt={} was rejected: {}", request.attempt(), failure.detail());
                    return new Outcome.NotSubmitted(Reason.REJECTED, failure.detail());
                });
    }

    /**
     * Fetches the customer and the payment method to find out whether the request was rejected because one of them is gone. A customer that
     * this key has never seen does not count.
     */
    private Optional<String> unusable(ChargeRequest request) {
        try {
            if (new Customers(client).isDeleted(request.customerId())) {
                return Optional.of("customer_deleted");
            }
            return isGone(request) ? Optional.of("payment_method_gone") : Optional.empty();
        } catch (StripeException | RuntimeException e) {
            log.warn(
                    "attempt={}: the saved payment method could not be checked: {}",
                    request.attempt(),
                    StripeFailure.of(e).detail());
            return Optional.empty();
        }
    }

    private boolean isGone(ChargeRequest request) throws StripeException {
        try {
            PaymentMethod method =
                    PaymentIntents.complete(client.v1().paymentMethods().retrieve(request.paymentMethodId()));
            return !request.customerId().equals(method.getCustomer());
        } catch (InvalidRequestException e) {
            if (StripeFailure.of(e).isMissingResource()) {
                return true;
            }
            throw e;
        }
    }

    private static PaymentIntents.Expected expected(ChargeRequest request) {
        return new PaymentIntents.Expected(
                request.attempt().value(), request.customerId(), request.installation());
    }
}

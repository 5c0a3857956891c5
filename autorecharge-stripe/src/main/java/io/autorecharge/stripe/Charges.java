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

/** Sends one charge and says what its answer means. */
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
                    .create(params, IdempotencyKey.of(request.attempt().value())));
            return settled(intent, request);
        } catch (StripeException | RuntimeException e) {
            return refused(StripeFailure.of(e), request);
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
     * A stored answer tells how things stood when it was first given; a success stays one, anything else may have moved on. That the look
     * fails says nothing about the charge, so its failure must not be read as the charge's.
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

    private Outcome refused(StripeFailure refusal, ChargeRequest request) {
        return switch (refusal.kind()) {
            case CARD -> declined(refusal, request);
            case REQUEST -> request.inDoubt() ? unknown(refusal, request) : rejected(refusal, request);
            case BUSY -> notSubmitted(request, Reason.BUSY, refusal.detail());
            case CONFIGURATION -> notSubmitted(request, Reason.CONFIGURATION, refusal.detail());
            case UNCLEAR -> unknown(refusal, request);
        };
    }

    private static Outcome unknown(StripeFailure refusal, ChargeRequest request) {
        if (refusal.isOfOtherParameters()) {
            log.error(
                    "attempt={} was sent before with other parameters, so the list must tell what came of it: {}",
                    request.attempt(),
                    refusal.detail());
        } else {
            log.warn("attempt={} has no clear answer: {}", request.attempt(), refusal.detail());
        }
        return new Outcome.Unknown(refusal.detail());
    }

    /** It answers this send only; when an earlier one is in doubt, that one may have charged. */
    private static Outcome notSubmitted(ChargeRequest request, Reason reason, String detail) {
        return request.inDoubt()
                ? new Outcome.Unknown("refused now, but an earlier send is in doubt: " + detail)
                : new Outcome.NotSubmitted(reason, detail);
    }

    private Outcome declined(StripeFailure refusal, ChargeRequest request) {
        DeclineReason reason = DeclineReason.of(refusal.error());
        PaymentIntent intent = refusal.intent();
        if (intent == null) {
            return declinedWithoutIntent(refusal, reason, request);
        }
        Outcome outcome = intents.settle(intent, reason, expected(request));
        return reason.isDuplicate() && outcome instanceof Outcome.Declined ? unlessCaptured(outcome, request) : outcome;
    }

    /** "A payment like this was made just now" may speak of one of ours, so the list has the last word. */
    private Outcome unlessCaptured(Outcome declined, ChargeRequest request) {
        LookUp seen = list.lookUp(request);
        if (seen instanceof LookUp.Found found && !(found.outcome() instanceof Outcome.Declined)) {
            return found.outcome();
        }
        return seen instanceof LookUp.Failed failed
                ? new Outcome.Unknown("declined as a duplicate, and the list could not be read: " + failed.detail())
                : declined;
    }

    private Outcome declinedWithoutIntent(StripeFailure refusal, DeclineReason reason, ChargeRequest request) {
        LookUp seen = list.lookUp(request);
        if (seen instanceof LookUp.Found found) {
            return found.outcome();
        }
        if (!(seen instanceof LookUp.Absent) || request.inDoubt()) {
            return unknown(refusal, request);
        }
        return reason.wantsAuthentication()
                ? new Outcome.ActionRequired(null, reason.wordOr("card_error"))
                : new Outcome.Declined(null, reason.wordOr("card_error"), reason.kind());
    }

    private Outcome rejected(StripeFailure refusal, ChargeRequest request) {
        PaymentIntent intent = refusal.intent();
        if (intent != null) {
            return intents.settle(intent, DeclineReason.of(refusal.error()), expected(request));
        }
        return unusable(request)
                .<Outcome>map(code -> new Outcome.Declined(null, code, Outcome.Declined.Kind.METHOD_UNUSABLE))
                .orElseGet(() -> {
                    log.error("attempt={} was refused: {}", request.attempt(), refusal.detail());
                    return new Outcome.NotSubmitted(Reason.REJECTED, refusal.detail());
                });
    }

    /**
     * Whether the request was refused because the saved method is gone, by asking for the objects themselves. A customer whom this key has
     * never seen is no such case.
     */
    private Optional<String> unusable(ChargeRequest request) {
        try {
            if (new Customers(client).isDeleted(request.customerId())) {
                return Optional.of("customer_deleted");
            }
            return isGone(request) ? Optional.of("payment_method_gone") : Optional.empty();
        } catch (StripeException | RuntimeException e) {
            log.warn(
                    "attempt={}: the saved method could not be checked: {}",
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
        return new PaymentIntents.Expected(request.attempt().value(), request.customerId());
    }
}

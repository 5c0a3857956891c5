package io.autorecharge.stripe;

import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeError;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.stripe.FailureCodes.Meaning;
import io.autorecharge.stripe.FailureCodes.Retry;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why a payment failed, according to Stripe's codes (https://docs.stripe.com/declines/codes). {@link FailureCodes} says what they mean.
 *
 * @param code such as {@code card_declined}
 * @param declineCode of the issuer, such as {@code insufficient_funds}
 * @param adviceCode Stripe's advice on retries, such as {@code do_not_try_again}
 * @param networkAdviceCode Mastercard's merchant advice code
 * @param outcomeReason of the failed charge. It may be stricter than the error: a card that was declined too often has an ordinary decline
 *     code, and {@code previously_declined_do_not_retry} only here
 * @param networkDecline the card's brand and its network's code, such as {@code visa/41}; only the failed charge has both
 */
record DeclineReason(
        @Nullable String code,
        @Nullable String declineCode,
        @Nullable String adviceCode,
        @Nullable String networkAdviceCode,
        @Nullable String outcomeReason,
        @Nullable String networkDecline) {
    private static final String TOO_MANY_TRIES = "previously_declined_do_not_retry";

    /** An unknown reason. */
    static final DeclineReason NONE = new DeclineReason(null, null, null, null);

    /** A status of intents, and in the place of a code the reason of an intent that waits for its customer. */
    private static final String REQUIRES_ACTION = "requires_action";

    private static final Set<String> AUTHENTICATION =
            Set.of("authentication_required", "authentication_not_handled", REQUIRES_ACTION);

    DeclineReason(
            @Nullable String code,
            @Nullable String declineCode,
            @Nullable String adviceCode,
            @Nullable String networkAdviceCode) {
        this(code, declineCode, adviceCode, networkAdviceCode, null, null);
    }

    static DeclineReason of(@Nullable StripeError error) {
        return error == null
                ? NONE
                : new DeclineReason(
                        error.getCode(), error.getDeclineCode(), error.getAdviceCode(), error.getNetworkAdviceCode());
    }

    /**
     * The reason on the intent. Cancelling and updating it erase its last error; then the stored reason counts, and a failed charge keeps its
     * own.
     */
    static DeclineReason of(PaymentIntent intent) {
        DeclineReason last = of(intent.getLastPaymentError());
        return (last.isKnown() ? last : StoredReason.of(intent)).with(intent.getLatestChargeObject());
    }

    /** An intent that waits for its customer failed because of that, whatever an earlier charge of it says. */
    DeclineReason orOfStatus(PaymentIntent intent) {
        return REQUIRES_ACTION.equals(intent.getStatus()) && !wantsAuthentication()
                ? new DeclineReason(REQUIRES_ACTION, null, null, null)
                : this;
    }

    /** With what the failed charge says beyond this; unchanged where the charge is not known. */
    DeclineReason with(@Nullable Charge charge) {
        if (charge == null || charge.getFailureCode() == null) {
            return this;
        }
        Charge.Outcome outcome = charge.getOutcome();
        DeclineReason own = outcome == null
                ? new DeclineReason(charge.getFailureCode(), null, null, null)
                : new DeclineReason(
                        charge.getFailureCode(),
                        outcome.getReason(),
                        outcome.getAdviceCode(),
                        outcome.getNetworkAdviceCode());
        return new DeclineReason(
                isKnown() ? code : own.code,
                isKnown() ? declineCode : own.declineCode,
                adviceCode == null ? own.adviceCode : adviceCode,
                networkAdviceCode == null ? own.networkAdviceCode : networkAdviceCode,
                own.declineCode,
                networkDecline(charge));
    }

    private static @Nullable String networkDecline(Charge charge) {
        Charge.Outcome outcome = charge.getOutcome();
        Charge.PaymentMethodDetails details = charge.getPaymentMethodDetails();
        if (outcome == null || outcome.getNetworkDeclineCode() == null) {
            return null;
        }
        return details == null || details.getCard() == null
                ? null
                : details.getCard().getBrand() + "/" + outcome.getNetworkDeclineCode();
    }

    boolean isKnown() {
        return code != null || declineCode != null;
    }

    boolean wantsAuthentication() {
        return isIn(AUTHENTICATION, code) || isIn(AUTHENTICATION, declineCode);
    }

    boolean isDuplicate() {
        return "duplicate_transaction".equals(declineCode) || "duplicate_transaction".equals(code);
    }

    /** The decline that these codes amount to; the strictest of them counts. */
    Outcome.Declined decline(@Nullable String reference, String otherwise, FailureCodes codes) {
        List<Meaning> known = meanings(codes);
        Retry strictest = known.stream()
                .map(Meaning::retry)
                .max(Comparator.naturalOrder())
                .orElse(Retry.LATER);
        Duration retryAfter = known.stream()
                .map(Meaning::retryAfter)
                .flatMap(Stream::ofNullable)
                .max(Comparator.naturalOrder())
                .orElse(null);
        return new Outcome.Declined(reference, wordOr(otherwise), kind(strictest), retryAfter);
    }

    private List<Meaning> meanings(FailureCodes codes) {
        return Stream.of(
                        codes.find(code),
                        codes.find(declineCode),
                        codes.find(outcomeReason),
                        codes.find(networkDecline),
                        codes.find(adviceCode == null ? null : "advice/" + adviceCode),
                        codes.find(networkAdviceCode == null ? null : "network/" + networkAdviceCode))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Outcome.Declined.Kind kind(Retry retry) {
        return switch (retry) {
            case LATER -> Outcome.Declined.Kind.SOFT;
            case AFTER_UPDATE -> Outcome.Declined.Kind.METHOD_UNUSABLE;
            case NEVER -> Outcome.Declined.Kind.HARD;
        };
    }

    /** The most specific code, or the given one if there is none. */
    String wordOr(String otherwise) {
        if (TOO_MANY_TRIES.equals(outcomeReason)) {
            return TOO_MANY_TRIES;
        }
        if (declineCode != null) {
            return declineCode;
        }
        return code != null ? code : otherwise;
    }

    private static boolean isIn(Set<String> set, @Nullable String value) {
        return value != null && set.contains(value);
    }
}

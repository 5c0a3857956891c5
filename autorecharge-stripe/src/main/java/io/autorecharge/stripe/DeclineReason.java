package io.autorecharge.stripe;

import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeError;
import io.autorecharge.gateway.Outcome;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a payment failed, in Stripe's own words (https://docs.stripe.com/declines/codes), and what that means for the next try.
 *
 * @param code such as {@code card_declined}
 * @param declineCode the issuer's, such as {@code insufficient_funds}
 * @param adviceCode Stripe's advice to machines
 * @param networkAdviceCode Mastercard's merchant advice code
 */
record DeclineReason(
        @Nullable String code,
        @Nullable String declineCode,
        @Nullable String adviceCode,
        @Nullable String networkAdviceCode) {
    private static final DeclineReason NONE = new DeclineReason(null, null, null, null);

    private static final Set<String> AUTHENTICATION = Set.of("authentication_required", "authentication_not_handled");

    /** Those after which Stripe's own retries stop without a new payment method, and those that say so by their name. */
    private static final Set<String> HARD = Set.of(
            "incorrect_number",
            "lost_card",
            "pickup_card",
            "stolen_card",
            "revocation_of_authorization",
            "revocation_of_all_authorizations",
            "highest_risk_level",
            "transaction_not_allowed",
            "do_not_try_again",
            "stop_payment_order");

    /** {@code confirm_card_data}: the same card data will fail again, so it is the customer's turn. */
    private static final Set<String> HARD_ADVICE = Set.of("do_not_try_again", "confirm_card_data");

    private static final Set<String> HARD_NETWORK_ADVICE = Set.of("03", "21");

    static DeclineReason of(@Nullable StripeError error) {
        return error == null
                ? NONE
                : new DeclineReason(
                        error.getCode(), error.getDeclineCode(), error.getAdviceCode(), error.getNetworkAdviceCode());
    }

    /** What is left of the reason on the intent: cancelling erases the error, but the failed charge keeps it. */
    static DeclineReason of(PaymentIntent intent) {
        if (intent.getLastPaymentError() != null) {
            return of(intent.getLastPaymentError());
        }
        Charge charge = intent.getLatestChargeObject();
        if (charge == null || charge.getFailureCode() == null) {
            return NONE;
        }
        Charge.Outcome outcome = charge.getOutcome();
        return outcome == null
                ? new DeclineReason(charge.getFailureCode(), null, null, null)
                : new DeclineReason(
                        charge.getFailureCode(),
                        outcome.getReason(),
                        outcome.getAdviceCode(),
                        outcome.getNetworkAdviceCode());
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

    /** By the advice, then by the issuer's code, then by Stripe's. */
    Outcome.Declined.Kind kind() {
        boolean hard = isIn(HARD_ADVICE, adviceCode)
                || isIn(HARD_NETWORK_ADVICE, networkAdviceCode)
                || isIn(HARD, declineCode)
                || isIn(HARD, code);
        return hard ? Outcome.Declined.Kind.HARD : Outcome.Declined.Kind.SOFT;
    }

    /** The most exact word, or this one. */
    String wordOr(String otherwise) {
        if (declineCode != null) {
            return declineCode;
        }
        return code != null ? code : otherwise;
    }

    private static boolean isIn(Set<String> set, @Nullable String value) {
        return value != null && set.contains(value);
    }
}

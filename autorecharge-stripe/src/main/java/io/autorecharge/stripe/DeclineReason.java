package io.autorecharge.stripe;

import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeError;
import io.autorecharge.gateway.Outcome;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a payment failed, according to Stripe's codes (https://docs.stripe.com/declines/codes), and what that means for the next attempt.
 *
 * @param code such as {@code card_declined}
 * @param declineCode of the issuer, such as {@code insufficient_funds}
 * @param adviceCode Stripe's advice on retries, such as {@code do_not_try_again}
 * @param networkAdviceCode Mastercard's merchant advice code
 */
record DeclineReason(
        @Nullable String code,
        @Nullable String declineCode,
        @Nullable String adviceCode,
        @Nullable String networkAdviceCode) {
    private static final DeclineReason NONE = new DeclineReason(null, null, null, null);

    private static final Set<String> AUTHENTICATION = Set.of("authentication_required", "authentication_not_handled");

    /** Codes after which Stripe's own retries need a new payment method, and codes whose names say so. */
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

    /** {@code confirm_card_data}: the same card data will fail again, so the customer has to act. */
    private static final Set<String> HARD_ADVICE = Set.of("do_not_try_again", "confirm_card_data");

    private static final Set<String> HARD_NETWORK_ADVICE = Set.of("03", "21");

    static DeclineReason of(@Nullable StripeError error) {
        return error == null
                ? NONE
                : new DeclineReason(
                        error.getCode(), error.getDeclineCode(), error.getAdviceCode(), error.getNetworkAdviceCode());
    }

    /** The reason on the intent. Cancelling erases its last error, but the failed charge keeps it. */
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

    /** Hard if any of the codes says so: advice, decline code or code. */
    Outcome.Declined.Kind kind() {
        boolean hard = isIn(HARD_ADVICE, adviceCode)
                || isIn(HARD_NETWORK_ADVICE, networkAdviceCode)
                || isIn(HARD, declineCode)
                || isIn(HARD, code);
        return hard ? Outcome.Declined.Kind.HARD : Outcome.Declined.Kind.SOFT;
    }

    /** The most specific code, or the given one if there is none. */
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

package io.autorecharge.stripe.simulator;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a payment was declined, with Stripe's fields (https://docs.stripe.com/declines/codes). The advice and network codes are those of recorded
 * responses in test mode if there are any, and plausible ones otherwise.
 */
record Decline(
        String code,
        @Nullable String declineCode,
        String message,
        @Nullable String adviceCode,
        @Nullable String networkDeclineCode,
        @Nullable String outcomeReason) {

    Decline(
            String code,
            @Nullable String declineCode,
            String message,
            @Nullable String adviceCode,
            @Nullable String networkDeclineCode) {
        this(code, declineCode, message, adviceCode, networkDeclineCode, null);
    }

    private static final String DECLINED = "Your card was declined.";

    private static final Map<String, Decline> WITH_A_CODE_OF_THEIR_OWN = Map.of(
            "authentication_required",
            new Decline(
                    "authentication_required",
                    "authentication_required",
                    DECLINED + " This transaction requires authentication.",
                    null,
                    null),
            "expired_card",
            new Decline("expired_card", null, "Your card has expired.", "confirm_card_data", "54"),
            "incorrect_cvc",
            new Decline("incorrect_cvc", null, "Your card's security code is incorrect.", "confirm_card_data", "N7"),
            "incorrect_number",
            new Decline("incorrect_number", null, "Your card number is incorrect.", "confirm_card_data", null),
            "processing_error",
            new Decline(
                    "processing_error",
                    null,
                    "An error occurred while processing your card. Try again in a little bit.",
                    "try_again_later",
                    "96"),
            "payment_intent_authentication_failure",
            new Decline(
                    "payment_intent_authentication_failure",
                    null,
                    "We are unable to authenticate your payment method. Please choose a different payment method and try"
                            + " again.",
                    null,
                    null),
            "setup_intent_authentication_failure",
            new Decline(
                    "setup_intent_authentication_failure",
                    null,
                    "We are unable to authenticate your payment method. Please choose a different payment method and try"
                            + " again.",
                    null,
                    null),
            "payment_intent_payment_attempt_failed",
            new Decline("payment_intent_payment_attempt_failed", null, "The payment failed.", null, null));

    private static final Map<String, Decline> CARD_DECLINED = Map.of(
            "generic_decline",
            declined("generic_decline", DECLINED, "try_again_later", "01"),
            "insufficient_funds",
            declined("insufficient_funds", "Your card has insufficient funds.", "try_again_later", "51"),
            "lost_card",
            declined("lost_card", DECLINED, "do_not_try_again", "41"),
            "stolen_card",
            declined("stolen_card", DECLINED, "do_not_try_again", "43"),
            "card_velocity_exceeded",
            declined(
                    "card_velocity_exceeded",
                    DECLINED + " You have exceeded the balance, credit limit, or transaction amount limit.",
                    "try_again_later",
                    "65"),
            "pickup_card",
            declined("pickup_card", DECLINED, "do_not_try_again", "04"),
            "do_not_honor",
            declined("do_not_honor", DECLINED, "try_again_later", "05"),
            "test_mode_live_card",
            declined(
                    "test_mode_live_card",
                    DECLINED
                            + " Your request was in test mode, but used a non test card. For a list of valid test cards,"
                            + " visit: https://docs.stripe.com/testing.",
                    null,
                    null));

    /** Returns of bank debits (docs.stripe.com, "ACH Direct Debit", failures): the code and the decline code differ. */
    private static final Map<String, Decline> BANK_RETURNS = Map.of(
            "account_closed", returned("account_closed", "bank_account_closed", "The bank account has been closed."),
            "no_account",
                    returned("no_account", "bank_account_invalid_details", "The bank account could not be located."),
            "debit_not_authorized",
                    returned(
                            "debit_not_authorized",
                            "debit_not_authorized",
                            "The customer has notified their bank that this payment was unauthorized."),
            "insufficient_funds",
                    returned("insufficient_funds", "insufficient_funds", "The bank account has insufficient funds."),
            "bank_account_unusable",
                    returned("bank_account_unusable", null, "This bank account cannot be used for payments."),
            "refer_to_customer", returned("refer_to_customer", null, "The customer has stopped the payment."));

    /** The card was declined too often. The error is an ordinary one; only the charge says that Stripe did not even ask the bank. */
    static final Decline TOO_OFTEN =
            new Decline("card_declined", "generic_decline", DECLINED, null, null, "previously_declined_do_not_retry");

    /** A card on the merchant's block list is declined by Stripe, not by the bank. The reason is inferred. */
    static final Decline BLOCKED = new Decline("card_declined", "fraudulent", DECLINED, null, null, "rule");

    static final Decline NOT_A_TEST_CARD = of("test_mode_live_card");

    /** The decline with this code: one of the error codes above, or any decline code. */
    static Decline of(String name) {
        if (name.equals(TOO_OFTEN.outcomeReason)) {
            return TOO_OFTEN;
        }
        Decline own = WITH_A_CODE_OF_THEIR_OWN.get(name);
        if (own != null) {
            return own;
        }
        Decline known = CARD_DECLINED.get(name);
        return known != null ? known : declined(name, DECLINED, null, null);
    }

    /** The return of a bank debit with this code. */
    static Decline ofReturn(String code) {
        Decline known = BANK_RETURNS.get(code);
        return known != null ? known : returned(code, null, "The payment failed.");
    }

    private static Decline returned(String code, @Nullable String declineCode, String message) {
        return new Decline(code, declineCode, message, null, null);
    }

    private static Decline declined(
            String declineCode, String message, @Nullable String advice, @Nullable String network) {
        return new Decline("card_declined", declineCode, message, advice, network);
    }

    Decline withAdvice(@Nullable String advice) {
        return new Decline(code, declineCode, message, advice, networkDeclineCode, outcomeReason);
    }

    /** The fields of an error, without type and related objects. Missing codes are omitted, as by Stripe. */
    JsonObject json() {
        JsonObject error = new JsonObject();
        put(error, "advice_code", adviceCode);
        error.put("code", code);
        put(error, "decline_code", declineCode);
        error.put("doc_url", ApiError.docUrl(code));
        error.put("message", message);
        put(error, "network_decline_code", networkDeclineCode);
        return error;
    }

    private static void put(JsonObject error, String name, @Nullable String value) {
        if (value != null) {
            error.put(name, value);
        }
    }
}

package io.autorecharge.stripe;

import io.autorecharge.stripe.FailureCodes.Fault;
import io.autorecharge.stripe.FailureCodes.Meaning;
import io.autorecharge.stripe.FailureCodes.Retry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table that {@link FailureCodes#ofDefaults} starts with. */
final class DefaultFailureCodes {
    private static final Meaning TRY_LATER = new Meaning(Fault.METHOD, Retry.LATER);
    private static final Meaning TRY_TOMORROW = new Meaning(Fault.METHOD, Retry.LATER, Duration.ofHours(24));
    private static final Meaning SAVE_AGAIN = new Meaning(Fault.METHOD, Retry.AFTER_UPDATE);
    private static final Meaning NEVER = new Meaning(Fault.METHOD, Retry.NEVER);
    private static final Meaning PROVIDER = new Meaning(Fault.PROVIDER, Retry.LATER);
    private static final Meaning HOST = new Meaning(Fault.HOST, Retry.LATER);

    /** The issuer or the customer may change their mind. An expired card may be renewed under the same id by the card networks. */
    private static final List<String> LATER_CODES = List.of(
            "insufficient_funds",
            "withdrawal_count_limit_exceeded",
            "card_velocity_exceeded",
            "generic_decline",
            "card_declined",
            "do_not_honor",
            "call_issuer",
            "no_action_taken",
            "try_again_later",
            "reenter_transaction",
            "issuer_not_available",
            "approve_with_id",
            "expired_card",
            "incorrect_cvc",
            "invalid_cvc",
            "invalid_expiry_month",
            "invalid_expiry_year",
            "duplicate_transaction",
            "payment_intent_payment_attempt_failed",
            "advice/try_again_later");

    /** The charge of this card will fail again, however long one waits. */
    private static final List<String> NEVER_CODES = List.of(
            "lost_card",
            "stolen_card",
            "pickup_card",
            "restricted_card",
            "revocation_of_authorization",
            "revocation_of_all_authorizations",
            "stop_payment_order",
            "invalid_account",
            "transaction_not_allowed",
            "not_permitted",
            "service_not_allowed",
            "security_violation",
            "card_not_supported",
            "new_account_information_available",
            "incorrect_number",
            "invalid_number",
            "fraudulent",
            "merchant_blacklist",
            "highest_risk_level",
            "do_not_try_again",
            "previously_declined_do_not_retry",
            // Returns of bank debits: the account is closed, blocked or unknown, or its holder has forbidden the debit.
            "account_closed",
            "no_account",
            "bank_account_closed",
            "bank_account_restricted",
            "bank_account_unusable",
            "bank_account_invalid_details",
            "bank_account_frozen",
            "bank_ownership_changed",
            "tokenized_account_number_deactivated",
            "account_number_invalid",
            "routing_number_invalid",
            "debit_not_authorized",
            "refer_to_customer",
            "sepa_unsupported_account",
            "payment_method_bank_account_blocked",
            // docs.stripe.com/declines/codes: the same card data fails again, so the customer has to act.
            "advice/do_not_try_again",
            "advice/confirm_card_data",
            "network/03",
            "network/21",
            // Visa's category 1: the issuer will never approve.
            "visa/04",
            "visa/07",
            "visa/12",
            "visa/14",
            "visa/15",
            "visa/41",
            "visa/43",
            "visa/46",
            "visa/57",
            "visa/R0",
            "visa/R1",
            "visa/R3");

    /** The saved method lacks something that the customer can give: a mandate, a verification, an address. */
    private static final List<String> SAVE_AGAIN_CODES = List.of(
            "currency_not_supported",
            "payment_intent_mandate_invalid",
            "setup_intent_mandate_invalid",
            "india_recurring_payment_mandate_canceled",
            "mandate_invalid",
            "payment_method_currency_mismatch",
            "payment_method_unexpected_state",
            "payment_method_billing_details_address_missing",
            "payment_method_invalid_parameter",
            "payment_method_customer_decline",
            "payment_method_provider_decline",
            "payment_intent_authentication_failure",
            "payment_method_microdeposit_failed",
            "payment_method_microdeposit_verification_amounts_invalid",
            "payment_method_microdeposit_verification_amounts_mismatch",
            "payment_method_microdeposit_verification_attempts_exceeded",
            "payment_method_microdeposit_verification_descriptor_code_mismatch",
            "payment_method_microdeposit_verification_timeout",
            "bank_account_unverified",
            "bank_account_verification_failed",
            "bank_account_declined",
            "incorrect_address",
            "incorrect_zip",
            "postal_code_invalid",
            "testmode_decline",
            "test_mode_live_card");

    private static final List<String> PROVIDER_CODES =
            List.of("processing_error", "payment_method_not_available", "payment_method_provider_timeout");

    private static final List<String> HOST_CODES = List.of(
            "amount_too_large",
            "amount_too_small",
            "invalid_charge_amount",
            "invalid_amount",
            "charge_exceeds_source_limit",
            "charge_exceeds_transaction_limit",
            "country_unsupported",
            "country_code_invalid",
            "customer_tax_location_invalid",
            "stripe_tax_inactive",
            "invalid_characters",
            "livemode_mismatch",
            "parameter_invalid_empty",
            "parameter_invalid_integer",
            "parameter_invalid_string_blank",
            "parameter_invalid_string_empty",
            "parameter_missing",
            "parameter_unknown",
            "parameters_exclusive",
            "payment_intent_incompatible_payment_method",
            "payment_method_configuration_failures",
            "payment_method_types_no_longer_supported",
            "payment_method_unactivated",
            "payment_method_unsupported_type",
            "platform_account_required",
            "testmode_charges_only",
            "url_invalid");

    private DefaultFailureCodes() {}

    static Map<String, Meaning> table() {
        Map<String, Meaning> table = new HashMap<>();
        LATER_CODES.forEach(code -> table.put(code, TRY_LATER));
        NEVER_CODES.forEach(code -> table.put(code, NEVER));
        SAVE_AGAIN_CODES.forEach(code -> table.put(code, SAVE_AGAIN));
        PROVIDER_CODES.forEach(code -> table.put(code, PROVIDER));
        HOST_CODES.forEach(code -> table.put(code, HOST));
        table.put("card_decline_rate_limit_exceeded", TRY_TOMORROW);
        return table;
    }
}

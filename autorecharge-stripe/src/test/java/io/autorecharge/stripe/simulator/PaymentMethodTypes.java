package io.autorecharge.stripe.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The types of payment methods that the simulated account has activated, and which of them a checkout offers. */
final class PaymentMethodTypes {

    static final List<String> ALL = List.of("card", "link", "us_bank_account", "sepa_debit", "ideal", "bancontact");

    private static final Set<String> IN_DOLLARS = Set.of("us_bank_account");
    private static final Set<String> IN_EUROS = Set.of("sepa_debit", "ideal", "bancontact");

    private PaymentMethodTypes() {}

    /** Those for the currency, without those that the session excludes. */
    static List<String> offered(Params params, String currency) {
        List<String> allowed = params.list("allowed_payment_method_types");
        List<String> offered = new ArrayList<>(ALL);
        offered.removeIf(type -> !fits(type, currency));
        offered.removeAll(params.list("excluded_payment_method_types"));
        if (!allowed.isEmpty()) {
            offered.retainAll(allowed);
        }
        if ("never".equals(params.oneOf("wallet_options[link][display]", "auto", "never"))) {
            offered.remove("link");
        }
        return List.copyOf(offered);
    }

    static boolean fits(String type, String currency) {
        return (!IN_DOLLARS.contains(type) || currency.equals("usd"))
                && (!IN_EUROS.contains(type) || currency.equals("eur"));
    }
}

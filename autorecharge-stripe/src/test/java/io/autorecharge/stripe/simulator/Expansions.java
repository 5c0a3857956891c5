package io.autorecharge.stripe.simulator;

import java.util.List;
import java.util.Map;

/**
 * The fields that {@code expand} may contain, by kind of object (https://docs.stripe.com/api/expanding_objects). They are checked before the
 * call is executed, so that no request captures money and then fails.
 */
final class Expansions {

    private static final int DEEPEST = 4;

    /** The SEPA debit that iDEAL or Bancontact has generated. */
    private static final Map<String, String> GENERATED =
            Map.of("generated_sepa_debit", "payment_method", "generated_sepa_debit_mandate", "mandate");

    private static final Map<String, String> REDIRECTS =
            Map.of("ideal", "redirect details", "bancontact", "redirect details");

    /** By kind of object and field, the kind of object that replaces the id, or the nested object that contains one. */
    private static final Map<String, Map<String, String>> FIELDS = Map.ofEntries(
            Map.entry("customer", Map.of("invoice_settings", "invoice settings")),
            Map.entry("invoice settings", Map.of("default_payment_method", "payment_method")),
            Map.entry("payment_method", Map.of("customer", "customer", "sepa_debit", "sepa debit")),
            Map.entry("sepa debit", Map.of("generated_from", "origin")),
            Map.entry("origin", Map.of("charge", "charge", "setup_attempt", "setup_attempt")),
            Map.entry(
                    "payment_intent",
                    Map.of("customer", "customer", "payment_method", "payment_method", "latest_charge", "charge")),
            Map.entry(
                    "charge",
                    Map.of(
                            "customer", "customer",
                            "payment_intent", "payment_intent",
                            "payment_method", "payment_method",
                            "balance_transaction", "balance_transaction",
                            "refunds", "list of refund")),
            Map.entry(
                    "setup_intent",
                    Map.of(
                            "customer", "customer",
                            "payment_method", "payment_method",
                            "latest_attempt", "setup_attempt",
                            "mandate", "mandate")),
            Map.entry(
                    "setup_attempt",
                    Map.of(
                            "customer", "customer",
                            "payment_method", "payment_method",
                            "setup_intent", "setup_intent",
                            "payment_method_details", "attempt details")),
            Map.entry("attempt details", REDIRECTS),
            Map.entry("redirect details", GENERATED),
            Map.entry("mandate", Map.of("payment_method", "payment_method")),
            Map.entry("refund", Map.of("charge", "charge", "payment_intent", "payment_intent")),
            Map.entry("dispute", Map.of("charge", "charge", "payment_intent", "payment_intent")),
            Map.entry("radar.early_fraud_warning", Map.of("charge", "charge", "payment_intent", "payment_intent")),
            Map.entry(
                    "checkout.session",
                    Map.of(
                            "customer", "customer",
                            "payment_intent", "payment_intent",
                            "setup_intent", "setup_intent",
                            "line_items", "list of item")));

    private Expansions() {}

    /** @param kind such as {@code charge}, or {@code list of charge} */
    static void check(String kind, Params params) {
        for (String path : params.list("expand")) {
            List<String> steps = List.of(path.split("\\.", -1));
            if (steps.size() > DEEPEST) {
                throw ApiError.parameter(
                        "expand", null, "You cannot expand more than 4 levels of a property. Property: " + path);
            }
            String here = kind;
            for (String step : steps) {
                here = step(here, step, path);
            }
        }
    }

    private static String step(String kind, String field, String path) {
        String next = kind.startsWith("list of ")
                ? (field.equals("data") ? kind.substring("list of ".length()) : null)
                : FIELDS.getOrDefault(kind, Map.of()).get(field);
        if (next == null) {
            throw ApiError.parameter("expand", null, "This property cannot be expanded (" + path + ").");
        }
        return next;
    }
}

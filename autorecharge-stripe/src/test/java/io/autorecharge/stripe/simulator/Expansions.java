package io.autorecharge.stripe.simulator;

import java.util.List;
import java.util.Map;

/**
 * The fields that {@code expand} may contain, by kind of object (https://docs.stripe.com/api/expanding_objects). They are checked before the
 * call is executed, so that no request captures money and then fails.
 */
final class Expansions {

    private static final int DEEPEST = 4;

    /** By kind of object and field, the kind of object that replaces the id. */
    private static final Map<String, Map<String, String>> FIELDS = Map.of(
            "customer", Map.of(),
            "payment_method", Map.of("customer", "customer"),
            "payment_intent",
                    Map.of("customer", "customer", "payment_method", "payment_method", "latest_charge", "charge"),
            "charge",
                    Map.of(
                            "customer", "customer",
                            "payment_intent", "payment_intent",
                            "payment_method", "payment_method",
                            "balance_transaction", "balance_transaction",
                            "refunds", "list of refund"),
            "balance_transaction", Map.of(),
            "refund", Map.of("charge", "charge", "payment_intent", "payment_intent"),
            "dispute", Map.of("charge", "charge", "payment_intent", "payment_intent"),
            "checkout.session",
                    Map.of(
                            "customer", "customer",
                            "payment_intent", "payment_intent",
                            "line_items", "list of item"),
            "item", Map.of());

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

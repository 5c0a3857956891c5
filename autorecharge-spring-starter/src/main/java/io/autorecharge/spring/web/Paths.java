package io.autorecharge.spring.web;

import java.util.List;

/** The paths of the endpoints. */
final class Paths {
    static final String SETTINGS = "/api/credits/auto-recharge";
    static final String CHECKOUT = "/api/credits/create-checkout-session";
    static final String RECOVERY = "/api/credits/auto-recharge/recovery";
    static final String RETRY = "/api/credits/auto-recharge/retry";
    static final String PURCHASES = "/api/credits/purchases";
    static final String WEBHOOK = "/api/credits/webhook";
    static final String METHODS = "/api/credits/payment-methods";
    static final String METHODS_ORDER = METHODS + "/order";
    static final String METHODS_SETUP = METHODS + "/setup";
    static final String METHOD = METHODS + "/{id}";
    static final String METHOD_PRIMARY = METHOD + "/primary";

    /** As a pattern for filters, all paths of payment methods. */
    static final String METHODS_AND_BELOW = METHODS + "/*";

    private Paths() {}

    /** The HTTP methods of a path of payment methods; empty when there is no such path. */
    static List<String> httpMethodsOfMethods(String path) {
        String[] parts = path.substring(METHODS.length()).split("/", -1);
        if (parts.length == 1) {
            return List.of("GET", "HEAD");
        }
        boolean named = !parts[1].isEmpty();
        if (parts.length == 2 && named) {
            return switch (path) {
                case METHODS_ORDER -> List.of("PUT");
                case METHODS_SETUP -> List.of("POST");
                default -> List.of("DELETE");
            };
        }
        return parts.length == 3 && named && parts[2].equals("primary") ? List.of("POST") : List.of();
    }
}

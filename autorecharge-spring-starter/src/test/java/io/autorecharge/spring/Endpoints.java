package io.autorecharge.spring;

/** The paths of the endpoints as clients know them. */
final class Endpoints {
    static final String SETTINGS = "/api/credits/auto-recharge";
    static final String CHECKOUT = "/api/credits/create-checkout-session";
    static final String RECOVERY = "/api/credits/auto-recharge/recovery";
    static final String METHODS = "/api/credits/payment-methods";
    static final String METHODS_ORDER = METHODS + "/order";
    static final String METHODS_SETUP = METHODS + "/setup";
    static final String PURCHASES = "/api/credits/purchases";
    static final String RETRY = "/api/credits/auto-recharge/retry";
    static final String WEBHOOK = "/api/credits/webhook";

    private Endpoints() {}

    static String method(String id) {
        return METHODS + "/" + id;
    }

    static String primary(String id) {
        return METHODS + "/" + id + "/primary";
    }
}

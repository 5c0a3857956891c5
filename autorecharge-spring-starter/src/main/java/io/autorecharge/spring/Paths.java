package io.autorecharge.spring;

/** The seed's endpoints. */
final class Paths {
    static final String SETTINGS = "/api/credits/auto-recharge";
    static final String CHECKOUT = "/api/credits/create-checkout-session";
    static final String WEBHOOK = "/api/credits/webhook";

    private Paths() {}
}

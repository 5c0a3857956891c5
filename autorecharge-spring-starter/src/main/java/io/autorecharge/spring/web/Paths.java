package io.autorecharge.spring.web;

/** The paths of the endpoints. */
final class Paths {
    static final String SETTINGS = "/api/credits/auto-recharge";
    static final String CHECKOUT = "/api/credits/create-checkout-session";
    static final String RECOVERY = "/api/credits/auto-recharge/recovery";
    static final String WEBHOOK = "/api/credits/webhook";

    private Paths() {}
}

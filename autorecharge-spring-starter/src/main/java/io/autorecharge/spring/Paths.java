package io.autorecharge.spring;

/** The seed's endpoints, and the one for a bank that wants the customer. */
final class Paths {
    static final String SETTINGS = "/api/credits/auto-recharge";
    static final String CHECKOUT = "/api/credits/create-checkout-session";
    static final String RECOVERY = "/api/credits/auto-recharge/recovery";
    static final String WEBHOOK = "/api/credits/webhook";

    private Paths() {}
}

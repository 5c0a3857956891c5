package io.autorecharge.spring.web;

/** The seed's endpoints, and the one for a bank that wants the customer. */
public final class Paths {
    public static final String SETTINGS = "/api/credits/auto-recharge";
    public static final String CHECKOUT = "/api/credits/create-checkout-session";
    public static final String RECOVERY = "/api/credits/auto-recharge/recovery";
    public static final String WEBHOOK = "/api/credits/webhook";

    private Paths() {}
}

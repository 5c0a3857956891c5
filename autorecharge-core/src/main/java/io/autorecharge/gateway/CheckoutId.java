package io.autorecharge.gateway;

import io.autorecharge.credit.Text;

/** One purchase on the provider's page; also the idempotency key of making that page. */
public record CheckoutId(String value) {
    public CheckoutId {
        Text.require("checkout id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}

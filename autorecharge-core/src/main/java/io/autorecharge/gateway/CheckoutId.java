package io.autorecharge.gateway;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Text;

/** One purchase through the provider's checkout. It is part of the idempotency key of creating the checkout session. */
public record CheckoutId(String value) {
    /** @throws InvalidValueException when the value is blank, too long or not printable */
    public CheckoutId {
        Text.require("checkoutId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}

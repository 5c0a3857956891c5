package io.autorecharge.gateway;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Text;

/** One decision to buy credits for an account. */
public record RechargeId(String value) {
    /** @throws InvalidValueException when the value is blank, too long or not printable */
    public RechargeId {
        Text.require("rechargeId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}

package io.autorecharge.gateway;

import io.autorecharge.credit.Text;

/** One decision to buy credits for an account. */
public record RechargeId(String value) {
    public RechargeId {
        Text.require("recharge id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}

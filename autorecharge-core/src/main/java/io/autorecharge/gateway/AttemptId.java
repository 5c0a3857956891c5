package io.autorecharge.gateway;

import io.autorecharge.credit.Text;

/** One call to the provider for a recharge; also its idempotency key, and what the provider's metadata carries back. */
public record AttemptId(String value) {
    public AttemptId {
        Text.require("attempt id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}

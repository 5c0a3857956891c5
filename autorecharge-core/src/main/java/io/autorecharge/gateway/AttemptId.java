package io.autorecharge.gateway;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Text;

/** One call to the provider for a recharge. It is part of the idempotency key and of the provider's metadata. */
public record AttemptId(String value) {
    /** @throws InvalidValueException when the value is blank, too long or not printable */
    public AttemptId {
        Text.require("attemptId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}

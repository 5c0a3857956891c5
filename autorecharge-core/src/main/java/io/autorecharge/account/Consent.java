package io.autorecharge.account;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Text;
import java.time.Instant;
import java.util.Objects;

/**
 * The user's agreement to be charged while absent. Stripe asks merchants to keep a record of it (docs.stripe.com, "Save a payment method").
 * Without this record the library does not charge the account.
 *
 * @param version the version of the text that the user agreed to
 * @param at when the user agreed
 */
public record Consent(String version, Instant at) {
    /** @throws InvalidValueException when the version is blank or too long */
    public Consent {
        Text.require("consentVersion", version);
        Objects.requireNonNull(at, "at");
    }
}

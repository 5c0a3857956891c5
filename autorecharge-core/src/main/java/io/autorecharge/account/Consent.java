package io.autorecharge.account;

import io.autorecharge.credit.Text;
import java.time.Instant;

/**
 * The user's agreement to be charged without being present. Stripe asks merchants to keep a record of it (docs.stripe.com, "Save a
 * payment method"); without one the library charges nobody.
 *
 * @param version which text the user agreed to
 * @param at when
 */
public record Consent(String version, Instant at) {
    /** @throws IllegalArgumentException when the version is blank or too long */
    public Consent {
        Text.require("consent version", version);
    }
}

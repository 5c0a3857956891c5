package io.autorecharge.account;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.Range;
import io.autorecharge.credit.Text;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The user's agreement to be charged while absent. Stripe asks merchants to keep a record of it (docs.stripe.com, "Save a payment method").
 * Without this record the library does not charge the account.
 *
 * @param version the version of the text that the user agreed to
 * @param at when the user agreed
 * @param max the most that one recharge may cost; null in agreements from before this was recorded, see
 *     {@link io.autorecharge.policy.RechargePolicy#completed}
 * @param source how the user agreed; null in agreements from before this was recorded
 */
public record Consent(
        String version,
        Instant at,
        @Nullable Money max,
        @Nullable Source source) {
    /** @throws InvalidValueException when the version is blank or too long, or the maximum is not positive */
    public Consent {
        Text.require("consentVersion", version);
        Objects.requireNonNull(at, "at");
        if (max != null) {
            Range.positive("consentMax", max);
        }
    }

    /** An agreement that names no maximum, as they were recorded before. */
    public Consent(String version, Instant at) {
        this(version, at, null, null);
    }

    /** The same agreement, with another maximum. */
    public Consent withMax(Money value) {
        return new Consent(version, at, value, source);
    }

    /** How a user agreed. Stored by name. */
    public enum Source {
        /** By saving the settings. */
        SETTINGS,
        /** By paying in a checkout that switches auto-recharge on. */
        CHECKOUT
    }
}

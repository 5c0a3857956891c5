package io.autorecharge.account;

import io.autorecharge.credit.Credits;
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
 * @param bought the package that the user agreed to, and its price; null in agreements from before this was recorded
 * @param number the number of its {@link ConsentRecord}; 0 while it has none
 */
public record Consent(
        String version,
        Instant at,
        @Nullable Money max,
        @Nullable Source source,
        @Nullable AgreedPackage bought,
        int number) {
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

    /** An agreement that names no package, as they were recorded before. */
    public Consent(String version, Instant at, @Nullable Money max, @Nullable Source source) {
        this(version, at, max, source, null, 0);
    }

    /** The same agreement, with another maximum. */
    public Consent withMax(Money value) {
        return value.equals(max) ? this : new Consent(version, at, value, source, bought, 0);
    }

    /** The same agreement, to another package or price. */
    public Consent withBought(@Nullable AgreedPackage value) {
        return Objects.equals(value, bought) ? this : new Consent(version, at, max, source, value, 0);
    }

    /** The same agreement with its record. */
    public Consent recordedAs(int value) {
        return new Consent(version, at, max, source, bought, value);
    }

    /** Whether so many credits at this price cost no more each than the user agreed to. */
    public boolean coversPrice(Credits credits, Money price) {
        return bought == null || bought.covers(credits, price);
    }

    /** How a user agreed. Stored by name. */
    public enum Source {
        /** By saving the settings. */
        SETTINGS,
        /** By paying in a checkout that switches auto-recharge on. */
        CHECKOUT,
        /** Outside of this library; the host recorded it. */
        HOST,
        /** Before this library recorded what was agreed to. Only in a {@link ConsentRecord}. */
        MIGRATION
    }
}

package io.autorecharge.account;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.Text;
import org.jspecify.annotations.Nullable;

/**
 * What a user agrees to by saving the settings. Nothing is recorded that is not in it.
 *
 * @param version the text; null when no text was shown
 * @param shown whether the user was shown the text now. Otherwise the text is accepted only by switching auto-recharge on, and an agreement
 *     that is on record stays as it is
 * @param confirmation the amounts that the user was shown and confirmed; null when none was confirmed: one recharge may then cost the price
 *     of one package
 */
public record Agreement(
        @Nullable String version, boolean shown, @Nullable Confirmation confirmation) {
    private static final Agreement NONE = new Agreement(null, false, null);

    /** @throws InvalidValueException when the version is blank or too long */
    public Agreement {
        if (version != null) {
            Text.require("consentVersion", version);
        }
    }

    /** No agreement. An account without one on record is not charged. */
    public static Agreement none() {
        return NONE;
    }

    /** The user was shown this text and agrees to it. */
    public static Agreement to(String version) {
        return new Agreement(version, true, null);
    }

    /** Switching auto-recharge on accepts this text. While it is on already, the recorded agreement stays. */
    public static Agreement bySwitchingOn(String version) {
        return new Agreement(version, false, null);
    }

    /**
     * The same agreement, by a user who confirmed amounts.
     *
     * @param chargedNow what saving charges at once, as it was shown; zero when nothing
     * @param max the most that one recharge may cost, as it was shown
     * @throws InvalidValueException when an amount is negative, the maximum is lower than the amount or zero, or the currencies differ
     */
    public Agreement confirming(Money chargedNow, Money max) {
        return new Agreement(version, shown, new Confirmation(chargedNow, max));
    }

    /**
     * Amounts that a user was shown and confirmed.
     *
     * @param chargedNow what saving charges at once; zero when nothing
     * @param max the most that one recharge may cost
     */
    public record Confirmation(Money chargedNow, Money max) {
        /** @throws InvalidValueException when a value breaks its rule */
        public Confirmation {
            if (chargedNow.minorUnits() < 0) {
                throw new InvalidValueException("confirmedAmount", chargedNow, "must not be negative");
            }
            if (!max.currency().equals(chargedNow.currency())) {
                throw new InvalidValueException("confirmedMax", max, "must be in the currency of " + chargedNow);
            }
            if (!max.isPositive() || max.isLessThan(chargedNow)) {
                throw new InvalidValueException(
                        "confirmedMax", max, "must be positive and at least the confirmed amount, " + chargedNow);
            }
        }
    }
}

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
 * @param source how the user agreed: {@link Consent.Source#SETTINGS}, or {@link Consent.Source#HOST} if the host says so
 * @param actor who saves the settings, for the record; {@link ConsentRecord#USER} if the host does not say otherwise
 */
public record Agreement(
        @Nullable String version,
        boolean shown,
        @Nullable Confirmation confirmation,
        Consent.Source source,
        String actor) {
    private static final Agreement NONE = of(null, false);

    /** @throws InvalidValueException when the version is blank or too long */
    public Agreement {
        if (version != null) {
            Text.require("consentVersion", version);
        }
        Text.require("actor", actor);
    }

    private static Agreement of(@Nullable String version, boolean shown) {
        return new Agreement(version, shown, null, Consent.Source.SETTINGS, ConsentRecord.USER);
    }

    /** No agreement. An account without one on record is not charged. */
    public static Agreement none() {
        return NONE;
    }

    /** The user was shown this text and agrees to it. */
    public static Agreement to(String version) {
        return of(version, true);
    }

    /** Switching auto-recharge on accepts this text. While it is on already, the recorded agreement stays. */
    public static Agreement bySwitchingOn(String version) {
        return of(version, false);
    }

    /**
     * An agreement to this text that was given outside the application, such as a signed contract.
     *
     * @param actor who enters it
     * @throws InvalidValueException when the version or the actor is blank or too long
     */
    public static Agreement recordedBy(String actor, String version) {
        return new Agreement(version, true, null, Consent.Source.HOST, actor);
    }

    /** The same agreement, saved by somebody else than the account's user, such as an employee of the host. */
    public Agreement by(String value) {
        return new Agreement(version, shown, confirmation, source, value);
    }

    /**
     * The same agreement, by a user who confirmed amounts. If the price of the package may change between showing and saving, use
     * {@link #confirming(Money, Money, Money)}.
     *
     * @param chargedNow what saving charges at once, as it was shown; zero when nothing
     * @param max the most that one recharge may cost, as it was shown
     * @throws InvalidValueException when an amount is negative, the maximum is lower than the amount or zero, or the currencies differ
     */
    public Agreement confirming(Money chargedNow, Money max) {
        return confirmed(new Confirmation(chargedNow, max, null));
    }

    /**
     * As {@link #confirming(Money, Money)}, by a user who was also shown what one package costs. If it costs another amount when the settings
     * are saved, nothing is saved.
     *
     * @param packagePrice the price of the chosen package, as it was shown
     * @throws InvalidValueException as there, and when the price is not positive or of another currency
     */
    public Agreement confirming(Money chargedNow, Money max, Money packagePrice) {
        return confirmed(new Confirmation(chargedNow, max, packagePrice));
    }

    private Agreement confirmed(Confirmation value) {
        return new Agreement(version, shown, value, source, actor);
    }

    /**
     * Amounts that a user was shown and confirmed.
     *
     * @param chargedNow what saving charges at once; zero when nothing
     * @param max the most that one recharge may cost
     * @param packagePrice the price of the chosen package; null if it was not shown
     */
    public record Confirmation(
            Money chargedNow, Money max, @Nullable Money packagePrice) {
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
            if (packagePrice != null
                    && !(packagePrice.isPositive() && packagePrice.currency().equals(max.currency()))) {
                throw new InvalidValueException(
                        "confirmedPrice", packagePrice, "must be positive and in the currency of " + max);
            }
        }
    }
}

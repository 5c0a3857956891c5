package io.autorecharge.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The system's own stop, separate from the user's switch.
 *
 * @param reason why
 * @param since when it began
 * @param fingerprint the card that was to blame; null when unknown, or when no card was
 */
public record Suspension(
        Reason reason, Instant since, @Nullable String fingerprint) {
    /** Why an account is not charged until its customer acts; from the easiest to end to the hardest. */
    public enum Reason {
        /** Too many definite declines in a row. Saving the settings again allows one more try. */
        REPEATED_DECLINES(true, true),
        /** The bank wants the customer present. Saving the settings again allows one more try; a purchase on the page is surer. */
        AUTHENTICATION_REQUIRED(true, true),
        /** A payment was refunded. The user who saves the settings again wants to go on. */
        REFUNDED(true, false),
        /** The saved method is gone: detached, or its customer deleted. Only another one helps. */
        METHOD_UNUSABLE(false, true),
        /** The issuer said never to try this card again; only another card or a successful purchase helps. */
        HARD_DECLINE(false, true),
        /** The customer's bank disputed a payment, or asked about it. Only a purchase on the page, by the customer in person, helps. */
        DISPUTED(false, false);

        private final boolean clearedBySettings;
        private final boolean blamesMethod;

        Reason(boolean clearedBySettings, boolean blamesMethod) {
            this.clearedBySettings = clearedBySettings;
            this.blamesMethod = blamesMethod;
        }

        /** Whether the user's saving of the settings allows one more try with the same card. */
        public boolean clearedBySettings() {
            return clearedBySettings;
        }

        /** Whether the saved payment method is to blame, so that another one, or a charge to this one, ends the stop. */
        public boolean blamesMethod() {
            return blamesMethod;
        }
    }

    /** This stop, or the other one when that is harder to end. */
    public Suspension unlessWeakerThan(@Nullable Suspension other) {
        return other != null && other.reason.compareTo(reason) > 0 ? other : this;
    }
}

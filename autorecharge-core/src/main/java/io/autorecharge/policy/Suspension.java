package io.autorecharge.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The system's own stop, separate from the user's switch.
 *
 * @param reason why
 * @param since when it began
 * @param fingerprint the card that was to blame; null when unknown
 */
public record Suspension(
        Reason reason, Instant since, @Nullable String fingerprint) {
    /** Why an account is not charged until its customer acts. */
    public enum Reason {
        /** Too many definite declines in a row. Saving the settings again allows one more try. */
        REPEATED_DECLINES(true),
        /** The bank wants the customer present. Saving the settings again allows one more try; a purchase on the page is surer. */
        AUTHENTICATION_REQUIRED(true),
        /** The issuer said never to try this card again; only another card or a successful purchase helps. */
        HARD_DECLINE(false),
        /** The saved method is gone: detached, or its customer deleted. Only another one helps. */
        METHOD_UNUSABLE(false);

        private final boolean clearedBySettings;

        Reason(boolean clearedBySettings) {
            this.clearedBySettings = clearedBySettings;
        }

        /** Whether the user's saving of the settings allows one more try with the same card. */
        public boolean clearedBySettings() {
            return clearedBySettings;
        }
    }
}

package io.autorecharge.account;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stop of automatic charges by the system, independent of the user's switch.
 *
 * @param reason why the account is suspended
 * @param since when it began
 * @param fingerprint the card that caused it; null when unknown, or when no card did
 */
public record Suspension(
        Reason reason, Instant since, @Nullable String fingerprint) {
    public Suspension {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(since, "since");
    }

    /** Why an account is not charged until its customer acts, ordered from the easiest to end to the hardest. */
    public enum Reason {
        /** Too many definite declines in a row. Saving the settings allows one more try. */
        REPEATED_DECLINES(true, true),
        /** The provider refused the request again and again, for a reason that is not known. Saving the settings allows one more try. */
        REQUEST_REFUSED(true, true),
        /** The bank requires the customer to authenticate. Saving the settings allows one more try; a purchase through a checkout is safer. */
        AUTHENTICATION_REQUIRED(true, true),
        /** A payment was refunded. Saving the settings ends it. */
        REFUNDED(true, false),
        /** The saved payment method is gone: detached, or its customer deleted. Only another method ends it. */
        METHOD_UNUSABLE(false, true),
        /** The issuer said never to try this card again. Only another card or a successful purchase ends it. */
        HARD_DECLINE(false, true),
        /** The card network reported a payment as fraud. Only a purchase through a checkout, by the customer, ends it. */
        FRAUD_WARNING(false, false),
        /** The customer's bank disputed a payment or inquired about it. Only a purchase through a checkout, by the customer, ends it. */
        DISPUTED(false, false),
        /**
         * The account's customer at the provider belongs to another installation. A checkout gives the account a customer of its own; paying in it
         * and saving the method ends the suspension.
         */
        OTHER_INSTALLATION(false, false),
        /** Another account has the same customer at the provider. It ends as {@link #OTHER_INSTALLATION} does. */
        OTHER_ACCOUNT(false, false);

        private final boolean clearedBySettings;
        private final boolean blamesMethod;

        Reason(boolean clearedBySettings, boolean blamesMethod) {
            this.clearedBySettings = clearedBySettings;
            this.blamesMethod = blamesMethod;
        }

        /** Whether saving the settings allows one more try with the same card. */
        public boolean clearedBySettings() {
            return clearedBySettings;
        }

        /** Whether the account's customer is not its own, so that another customer ends it. */
        public boolean blamesCustomer() {
            return this == OTHER_INSTALLATION || this == OTHER_ACCOUNT;
        }

        /** Whether the saved payment method caused it, so that another method, or a successful charge to this one, ends it. */
        public boolean blamesMethod() {
            return blamesMethod;
        }
    }

    /** This suspension, or the other one when that is harder to end. */
    public Suspension unlessWeakerThan(@Nullable Suspension other) {
        return other != null && other.reason.compareTo(reason) > 0 ? other : this;
    }
}

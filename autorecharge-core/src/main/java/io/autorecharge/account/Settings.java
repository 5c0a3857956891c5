package io.autorecharge.account;

import io.autorecharge.credit.Credits;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a user chose. Stored in the columns {@code auto_recharge_enabled}, {@code auto_recharge_credits} and
 * {@code auto_recharge_threshold} of the accounts table.
 *
 * @param enabled the user's own switch, independent of a suspension by the system
 * @param credits the size of the package to buy; null while the user has chosen none
 * @param threshold recharge when the balance is below it
 */
public record Settings(boolean enabled, @Nullable Integer credits, Credits threshold) {
    public Settings {
        Objects.requireNonNull(threshold, "threshold");
    }

    /** The settings of an account that has chosen nothing. */
    public static Settings initial(Credits threshold) {
        return new Settings(false, null, threshold);
    }
}

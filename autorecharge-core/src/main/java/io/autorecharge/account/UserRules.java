package io.autorecharge.account;

import io.autorecharge.credit.Money;
import io.autorecharge.credit.Range;
import org.jspecify.annotations.Nullable;

/**
 * What a user decided for the own account besides the {@link Settings}. The rules stay when auto-recharge is switched off. Immutable.
 *
 * @param monthlyLimit the most that automatic recharges may cost within a calendar month; null for no limit of the user's own. The host's
 *     limits hold as well
 */
public record UserRules(@Nullable Money monthlyLimit) {
    /** The rules of an account whose user has decided nothing. */
    public static final UserRules NONE = new UserRules(null);

    /** @throws io.autorecharge.credit.InvalidValueException for the field {@code monthlyLimit}, when it is not positive */
    public UserRules {
        if (monthlyLimit != null) {
            Range.positive("monthlyLimit", monthlyLimit);
        }
    }

    /** The same rules with another monthly limit; null for none. */
    public UserRules withMonthlyLimit(@Nullable Money value) {
        return new UserRules(value);
    }
}

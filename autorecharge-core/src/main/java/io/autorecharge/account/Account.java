package io.autorecharge.account;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import org.jspecify.annotations.Nullable;

/**
 * An account as it is in the database.
 *
 * @param id the host's user id
 * @param balance current credits
 * @param settings the user's settings
 * @param customerId the provider's customer; may be known before a payment method is saved; null when unknown
 * @param method the saved payment method; null when there is none
 * @param state everything else that decides when the account is charged
 */
public record Account(
        AccountId id,
        Credits balance,
        Settings settings,
        @Nullable String customerId,
        @Nullable PaymentMethod method,
        AccountState state) {
    /**
     * The balance below which a debit or the sweep makes the account due: the user's threshold, raised for an account that uses its credits
     * fast. The policy decides then.
     */
    public Credits wakesBelow() {
        Usage usage = state.usage();
        return usage == null ? settings.threshold() : settings.threshold().plus(usage.raise());
    }

    /** Whether the user's side of a recharge is complete: switched on, agreed, package and method chosen, and not suspended. */
    public boolean isRechargeable() {
        return settings.enabled()
                && settings.credits() != null
                && state.consent() != null
                && state.suspension() == null
                && method != null;
    }
}

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
    /** Whether the user's side of a recharge is complete: switched on, agreed, package and method chosen, and not suspended. */
    public boolean isRechargeable() {
        return settings.enabled()
                && settings.credits() != null
                && state.consent() != null
                && state.suspension() == null
                && method != null;
    }
}

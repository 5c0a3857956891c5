package io.autorecharge.account;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import org.jspecify.annotations.Nullable;

/**
 * An account as it stands in the database.
 *
 * @param id whose
 * @param balance credits now
 * @param settings the user's choice
 * @param customerId the provider's customer; may be known before a method is saved
 * @param method the saved payment method
 * @param state what the protocol remembers
 */
public record Account(
        AccountId id,
        Credits balance,
        Settings settings,
        @Nullable String customerId,
        @Nullable PaymentMethod method,
        AccountState state) {}

package io.autorecharge.policy;

import io.autorecharge.account.Consent;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a decision depends on, read in one transaction: the policy looks at nothing else.
 *
 * @param account whose
 * @param now when the decision is made
 * @param balance credits now
 * @param balanceDoubt why nothing can be decided on that balance, null when it can; only a ledger elsewhere gives reason for one
 * @param settings the user's choice
 * @param consent the user's agreement, null without
 * @param method the saved payment method, null without
 * @param suspension the system's stop, null without
 * @param openUntil when a recharge is open, the time it will be looked at again; null when none is
 * @param retryAt end of the back-off after a decline, null without
 * @param lastOpenedAt start of the last recharge, whatever became of it; null without
 * @param counted recharges that count, at least since {@link Limits#countedFrom}
 */
public record Standing(
        AccountId account,
        Instant now,
        Credits balance,
        Decision.@Nullable Hold balanceDoubt,
        Settings settings,
        @Nullable Consent consent,
        @Nullable PaymentMethod method,
        @Nullable Suspension suspension,
        @Nullable Instant openUntil,
        @Nullable Instant retryAt,
        @Nullable Instant lastOpenedAt,
        List<PastRecharge> counted) {
    public Standing {
        counted = List.copyOf(counted);
    }
}

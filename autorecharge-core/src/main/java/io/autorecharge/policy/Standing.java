package io.autorecharge.policy;

import io.autorecharge.account.Announcement;
import io.autorecharge.account.Consent;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.RequestedCredits;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension;
import io.autorecharge.account.UserRules;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of everything that a decision depends on, read in one transaction.
 *
 * @param account the account to decide about
 * @param now when the decision is made
 * @param balance current credits
 * @param balanceDoubt the decision if the balance cannot be trusted now; null if it can. Only with an external ledger
 * @param settings the user's settings
 * @param consent the user's agreement; null if there is none
 * @param method the saved payment method; null if there is none
 * @param suspension the suspension by the system; null if there is none
 * @param openUntil while a recharge is open, when it will be checked next; null if none is open
 * @param retryAt end of the back-off after a decline; null if there is none
 * @param lastOpenedAt start of the last recharge, whatever its result; null if there is none
 * @param paused whether an operator has stopped all charges
 * @param counted recharges that count against the limits, at least since {@link Limits#countedFrom}
 * @param requested what a refused debit needs; null when none was refused
 * @param rules what the user decided besides the settings
 * @param announced the charge that was announced and not made yet; null when there is none
 * @param unused whether nothing was used since the last paid recharge, which left a balance that was not low
 * @param rechargesBelow the balance that calls for a recharge; see {@link RechargePolicy#effectiveThreshold}
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
        boolean paused,
        List<PastRecharge> counted,
        @Nullable RequestedCredits requested,
        UserRules rules,
        @Nullable Announcement announced,
        boolean unused,
        Credits rechargesBelow) {
    public Standing {
        counted = List.copyOf(counted);
    }

    /** With a fixed threshold. */
    public Standing(
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
            boolean paused,
            List<PastRecharge> counted,
            @Nullable RequestedCredits requested,
            UserRules rules,
            @Nullable Announcement announced,
            boolean unused) {
        this(
                account,
                now,
                balance,
                balanceDoubt,
                settings,
                consent,
                method,
                suspension,
                openUntil,
                retryAt,
                lastOpenedAt,
                paused,
                counted,
                requested,
                rules,
                announced,
                unused,
                settings.threshold());
    }

    /** Without a refused debit, rules of the user, and an announced charge, and with a fixed threshold. */
    public Standing(
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
            boolean paused,
            List<PastRecharge> counted) {
        this(
                account,
                now,
                balance,
                balanceDoubt,
                settings,
                consent,
                method,
                suspension,
                openUntil,
                retryAt,
                lastOpenedAt,
                paused,
                counted,
                null,
                UserRules.NONE,
                null,
                false);
    }

    /** Whether a refused debit waits for credits. */
    boolean isShortOfRequest() {
        return requested != null && requested.isOpen(balance, now);
    }
}

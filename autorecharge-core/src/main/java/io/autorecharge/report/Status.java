package io.autorecharge.report;

import io.autorecharge.account.Consent;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.policy.HoldReason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an account's auto-recharge stands, for the user's page and the host's support.
 *
 * @param account whose
 * @param state the one word
 * @param reason a stable code of why it is not simply active: a suspension's reason or the last decline's code; {@code RECHARGE_OPEN} when it is off
 *     while a payment from before is still under way; {@code GRANT_PENDING} while credits that were paid for are on their way to a ledger elsewhere;
 *     null otherwise. A code of a
 *     lost or stolen card stands here as {@code declined}
 * @param nextTry when the library will act again by itself; null when it will not, or when only a debit decides
 * @param missing what an account that is switched on lacks
 * @param balance credits now
 * @param settings the user's choice
 * @param method the saved payment method; null without
 * @param consent the recorded agreement; null without
 */
public record Status(
        AccountId account,
        State state,
        @Nullable String reason,
        @Nullable Instant nextTry,
        List<HoldReason> missing,
        Credits balance,
        Settings settings,
        @Nullable PaymentMethod method,
        @Nullable Consent consent) {
    /** The one word of a status. */
    public enum State {
        /** Switched off by the user. */
        OFF,
        /** Switched on, and something is missing. */
        INCOMPLETE,
        /** Switched on and ready. */
        ACTIVE,
        /** A recharge is under way, or its credits are on their way to a ledger elsewhere. */
        RECHARGING,
        /** Waiting after a decline. */
        BACKING_OFF,
        /** Stopped by the system until the customer acts. */
        SUSPENDED,
        /** Stopped until the customer authenticates a payment. */
        NEEDS_AUTHENTICATION
    }
}

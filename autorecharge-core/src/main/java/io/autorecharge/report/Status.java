package io.autorecharge.report;

import io.autorecharge.account.Announcement;
import io.autorecharge.account.Consent;
import io.autorecharge.account.Grace;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.Spending;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The status of an account's auto-recharge, for the user's page and the host's support.
 *
 * @param account the account
 * @param state the status in one word
 * @param reason a stable code of why it is not simply active: a suspension's reason or the last decline's code; while the balance is low
 *     and nothing is charged, the {@link HoldReason}; {@code RECHARGE_OPEN} when it is off while an earlier payment is still open;
 *     {@code GRANT_PENDING} while paid credits are being delivered to an external ledger; {@code ENTRIES_OWED} while the database refuses
 *     ledger entries of a payment; null otherwise. The code of a lost or stolen card is shown as {@code declined}
 * @param nextTry when the library will act again by itself; null when it will not, or when that depends on a debit
 * @param missing what an account that is switched on lacks
 * @param balance current credits
 * @param settings the user's settings
 * @param method the saved payment method; null if there is none
 * @param consent the recorded agreement; null if there is none
 * @param spending what automatic recharges have cost in this month and on this day, and the limits
 * @param grace until when and how far the account may be overdrawn after a decline; null when it may not
 * @param announced the charge that was announced and is still called for; null if there is none
 * @param smartThreshold how the account is recharged with a smart threshold; null with a fixed one, and while it is switched off
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
        @Nullable Consent consent,
        Spending spending,
        @Nullable Grace grace,
        @Nullable Announcement announced,
        @Nullable SmartThresholdStatus smartThreshold) {
    /** With a fixed threshold. */
    public Status(
            AccountId account,
            State state,
            @Nullable String reason,
            @Nullable Instant nextTry,
            List<HoldReason> missing,
            Credits balance,
            Settings settings,
            @Nullable PaymentMethod method,
            @Nullable Consent consent,
            Spending spending,
            @Nullable Grace grace,
            @Nullable Announcement announced) {
        this(
                account, state, reason, nextTry, missing, balance, settings, method, consent, spending, grace,
                announced, null);
    }

    /** The same with what is told about the smart threshold. */
    public Status with(@Nullable SmartThresholdStatus smart) {
        return new Status(
                account, state, reason, nextTry, missing, balance, settings, method, consent, spending, grace,
                announced, smart);
    }

    /** A status in one word. */
    public enum State {
        /** Switched off by the user. */
        OFF,
        /** Switched on, and something is missing. */
        INCOMPLETE,
        /** Switched on and ready. */
        ACTIVE,
        /** A recharge is open, or its credits are being delivered to an external ledger. */
        RECHARGING,
        /** Waiting after a decline. */
        BACKING_OFF,
        /** Waiting after a decline, and it may be overdrawn meanwhile. */
        GRACE,
        /** Suspended by the system until the customer acts. */
        SUSPENDED,
        /** Suspended until the customer authenticates a payment, which {@code openRecovery} offers. */
        NEEDS_AUTHENTICATION
    }
}

package io.autorecharge.internal.charge;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.account.AccountState;
import io.autorecharge.account.CardStop;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Suspension;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.internal.account.Step;
import io.autorecharge.internal.account.Suspensions;
import io.autorecharge.policy.BackOff;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeWithAttempt;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settles an attempt that certainly took no money: back-off, or a suspension until the customer acts. */
final class FailureSettlement {
    private static final Logger log = LoggerFactory.getLogger(FailureSettlement.class);

    /** How many sends of one attempt the provider may refuse before the attempt is given up. */
    static final int MAX_REFUSALS = 3;

    private final BackOff backOff;

    FailureSettlement(BackOff backOff) {
        this.backOff = backOff;
    }

    void settleDecline(Step step, RechargeWithAttempt it, Outcome.Declined declined) {
        Attempt attempt = it.attempt();
        step.tx().save(attempt.in(AttemptState.DECLINED, step.now(), declined.providerReference(), declined.code()));
        step.tx().save(it.recharge().in(RechargeState.FAILED, step.now()));
        boolean cardInUse = isCardInUse(step, attempt);
        AccountState before = step.account().state();
        // What the host configured says nothing about the card.
        boolean counts = cardInUse && !CustomerStamps.isOfOthers(declined.kind());
        int inARow = before.declines() + (counts ? 1 : 0);
        Suspension stop = cardInUse ? stopFor(declined.kind(), inARow, attempt, step.now()) : null;
        Instant retryAt = cardInUse && stop == null
                ? later(step.now(), attempt.lastSentAt()).plus(waitAfter(declined, inARow))
                : null;
        if (cardInUse) {
            step.tx().save(before.declined(inARow, retryAt, before.suspension()));
        }
        if (declined.kind() == Outcome.Declined.Kind.HARD) {
            // For every account that uses it, whether or not this one still does.
            step.tx().stopCard(attempt.card(), new CardStop(CardStop.Reason.HARD_DECLINE, step.now()));
        }
        step.publish(
                of(EventType.RECHARGE_DECLINED, attempt.account(), attempt.id().value(), step.now())
                        .about(it.recharge().id().value())
                        .because(declined.code())
                        .until(retryAt));
        log.warn(
                "account={} recharge={} attempt={} declined: {} ({} in a row), {}",
                attempt.account(),
                it.recharge().id(),
                attempt.id(),
                declined.code(),
                inARow,
                stop == null ? "next try at " + retryAt : "suspended: " + stop.reason());
        if (stop != null) {
            Suspensions.suspend(step, stop, attempt.id().value());
        }
    }

    /** The node that settles may be behind the one that sent. */
    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private Duration waitAfter(Outcome.Declined declined, int inARow) {
        Duration usual = backOff.waitAfter(inARow);
        Duration least = declined.retryAfter();
        return least != null && least.compareTo(usual) > 0 ? least : usual;
    }

    /**
     * The provider refused every send of the attempt, for a reason that is not known to be the card's. It is given up, and the account waits as
     * after a decline: without that, it would be decided and refused again for ever.
     */
    void settleRefusal(Step step, RechargeWithAttempt it, Outcome.NotSubmitted refused) {
        Attempt attempt = it.attempt();
        String code = refused.code() == null ? refused.reason().name() : refused.code();
        step.tx().save(attempt.in(AttemptState.NOT_CHARGED, step.now(), null, code));
        step.tx().save(it.recharge().in(RechargeState.ABANDONED, step.now()));
        Instant retryAt = null;
        Suspension stop = null;
        if (isCardInUse(step, attempt)) {
            AccountState before = step.account().state();
            int inARow = before.declines() + 1;
            stop = backOff.suspends(inARow)
                    ? new Suspension(Suspension.Reason.REQUEST_REFUSED, step.now(), attempt.fingerprint())
                    : null;
            retryAt = stop == null ? later(step.now(), attempt.lastSentAt()).plus(backOff.waitAfter(inARow)) : null;
            step.tx().save(before.declined(inARow, retryAt, before.suspension()));
        }
        step.publish(
                of(EventType.RECHARGE_ABANDONED, attempt.account(), attempt.id().value(), step.now())
                        .about(it.recharge().id().value())
                        .because(code)
                        .until(retryAt));
        log.error(
                "account={} recharge={} attempt={} was refused {} times and is given up: {}, {}",
                attempt.account(),
                it.recharge().id(),
                attempt.id(),
                attempt.refusals(),
                code,
                stop == null ? "next try at " + retryAt : "suspended: " + stop.reason());
        if (stop != null) {
            Suspensions.suspend(step, stop, attempt.id().value());
        }
    }

    private @Nullable Suspension stopFor(Outcome.Declined.Kind kind, int inARow, Attempt attempt, Instant now) {
        return switch (kind) {
            case HARD -> new Suspension(Suspension.Reason.HARD_DECLINE, now, attempt.fingerprint());
            case METHOD_UNUSABLE -> new Suspension(Suspension.Reason.METHOD_UNUSABLE, now, attempt.fingerprint());
            case OTHER_INSTALLATION -> new Suspension(Suspension.Reason.OTHER_INSTALLATION, now, null);
            case OTHER_ACCOUNT -> new Suspension(Suspension.Reason.OTHER_ACCOUNT, now, null);
            case SOFT ->
                backOff.suspends(inARow)
                        ? new Suspension(Suspension.Reason.REPEATED_DECLINES, now, attempt.fingerprint())
                        : null;
        };
    }

    void settleActionRequired(Step step, RechargeWithAttempt it, Outcome.ActionRequired required) {
        Attempt attempt = it.attempt();
        step.tx()
                .save(attempt.in(
                        AttemptState.ACTION_REQUIRED, step.now(), required.providerReference(), required.code()));
        step.tx().save(it.recharge().in(RechargeState.FAILED, step.now()));
        step.publish(of(
                        EventType.AUTHENTICATION_REQUIRED,
                        attempt.account(),
                        attempt.id().value(),
                        step.now())
                .about(it.recharge().id().value())
                .because(required.code()));
        if (isCardInUse(step, attempt)) {
            Suspension stop =
                    new Suspension(Suspension.Reason.AUTHENTICATION_REQUIRED, step.now(), attempt.fingerprint());
            AccountState before = step.account().state();
            // It counts like a decline, so that the bank is not asked each time the settings are saved.
            step.tx().save(before.declined(before.declines() + 1, null, before.suspension()));
            Suspensions.suspend(step, stop, attempt.id().value());
        }
        log.warn(
                "account={} recharge={} attempt={} needs the customer's authentication",
                attempt.account(),
                it.recharge().id(),
                attempt.id());
    }

    /**
     * Whether the account still uses the card that failed: the failure of a replaced card says nothing about the new one.
     */
    static boolean isCardInUse(Step step, Attempt attempt) {
        PaymentMethod method = step.account().method();
        return method != null && method.id().equals(attempt.paymentMethodId());
    }
}

package io.autorecharge.internal.charge;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.account.AccountState;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Suspension;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.internal.account.Suspensions;
import io.autorecharge.policy.BackOff;
import io.autorecharge.store.AccountTransaction;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeWithAttempt;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settles an attempt that surely took no money: back-off, or a stop until the customer acts. */
final class FailureSettlement {
    private static final Logger log = LoggerFactory.getLogger(FailureSettlement.class);

    private final BackOff backOff;

    FailureSettlement(BackOff backOff) {
        this.backOff = backOff;
    }

    void declined(
            AccountTransaction tx,
            RechargeWithAttempt it,
            Outcome.Declined declined,
            Instant now,
            List<AutoRechargeEvent> events) {
        Attempt attempt = it.attempt();
        tx.save(attempt.in(AttemptState.DECLINED, now, declined.providerReference(), declined.code()));
        tx.save(it.recharge().in(RechargeState.FAILED, now));
        boolean toBlame = isInUse(tx, attempt);
        AccountState before = tx.account().state();
        int inARow = before.declines() + (toBlame ? 1 : 0);
        Suspension stop = toBlame ? stopFor(declined.kind(), inARow, attempt, now) : null;
        Instant retryAt = toBlame && stop == null ? now.plus(backOff.waitAfter(inARow)) : null;
        if (toBlame) {
            tx.save(before.declined(inARow, retryAt, before.suspension()));
        }
        events.add(
                of(EventType.RECHARGE_DECLINED, attempt.account(), attempt.id().value(), now)
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
            Suspensions.suspend(tx, stop, attempt.id().value(), events);
        }
    }

    private @Nullable Suspension stopFor(Outcome.Declined.Kind kind, int inARow, Attempt attempt, Instant now) {
        return switch (kind) {
            case HARD -> new Suspension(Suspension.Reason.HARD_DECLINE, now, attempt.fingerprint());
            case METHOD_UNUSABLE -> new Suspension(Suspension.Reason.METHOD_UNUSABLE, now, attempt.fingerprint());
            case SOFT ->
                backOff.suspends(inARow)
                        ? new Suspension(Suspension.Reason.REPEATED_DECLINES, now, attempt.fingerprint())
                        : null;
        };
    }

    void actionRequired(
            AccountTransaction tx,
            RechargeWithAttempt it,
            Outcome.ActionRequired required,
            Instant now,
            List<AutoRechargeEvent> events) {
        Attempt attempt = it.attempt();
        tx.save(attempt.in(AttemptState.ACTION_REQUIRED, now, required.providerReference(), required.code()));
        tx.save(it.recharge().in(RechargeState.FAILED, now));
        events.add(of(
                        EventType.AUTHENTICATION_REQUIRED,
                        attempt.account(),
                        attempt.id().value(),
                        now)
                .about(it.recharge().id().value())
                .because(required.code()));
        if (isInUse(tx, attempt)) {
            Suspension stop = new Suspension(Suspension.Reason.AUTHENTICATION_REQUIRED, now, attempt.fingerprint());
            AccountState before = tx.account().state();
            // It counts like a decline, so that saving the settings again and again does not ask the bank each time.
            tx.save(before.declined(before.declines() + 1, null, before.suspension()));
            Suspensions.suspend(tx, stop, attempt.id().value(), events);
        }
        log.warn(
                "account={} recharge={} attempt={} needs the customer's authentication",
                attempt.account(),
                it.recharge().id(),
                attempt.id());
    }

    /** Whether the account still has the card that failed: one that was replaced meanwhile says nothing about the new one. */
    static boolean isInUse(AccountTransaction tx, Attempt attempt) {
        PaymentMethod method = tx.account().method();
        return method != null && method.id().equals(attempt.paymentMethodId());
    }
}

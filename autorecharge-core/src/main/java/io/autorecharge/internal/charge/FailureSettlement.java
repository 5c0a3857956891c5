package io.autorecharge.internal.charge;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.account.CardStop;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.internal.account.Graces;
import io.autorecharge.internal.account.StandingReader;
import io.autorecharge.internal.account.Step;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeWithAttempt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles an attempt that certainly took no money: the next payment method of the same recharge, or else back-off, or a suspension until
 * the customer acts.
 */
final class FailureSettlement {
    private static final Logger log = LoggerFactory.getLogger(FailureSettlement.class);

    /** How many sends of one attempt the provider may refuse before the attempt is given up. */
    static final int MAX_REFUSALS = 3;

    private final StandingReader standingReader;
    private final NextAttempt next;

    FailureSettlement(StandingReader standingReader, NextAttempt next) {
        this.standingReader = standingReader;
        this.next = next;
    }

    void settleDecline(Step step, RechargeWithAttempt it, Outcome.Declined declined) {
        Attempt failed =
                it.attempt().in(AttemptState.DECLINED, step.now(), declined.providerReference(), declined.code());
        step.tx().save(failed);
        if (declined.kind() == Outcome.Declined.Kind.HARD) {
            // For every account that uses it, whether or not this one still does.
            step.tx().stopCard(failed.card(), new CardStop(CardStop.Reason.HARD_DECLINE, step.now()));
        }
        boolean graced = declined.kind() == Outcome.Declined.Kind.SOFT
                && isCardInUse(step, failed)
                && Graces.begin(step, standingReader.grace(step), failed.card());
        MethodFailure failure = MethodFailure.declined(step, failed, declined, standingReader.backOff(step), graced);
        failure.record(step, failed);
        boolean goesOn = !CustomerStamps.isOfOthers(declined.kind())
                && next.tryNext(step, it.recharge(), failed, declined.code());
        if (goesOn || isPaid(step, it.recharge(), failed, declined.code())) {
            return;
        }
        AfterFailure after = AfterFailure.of(step, failed, failure);
        after.save(step, failure);
        step.publish(
                of(EventType.RECHARGE_DECLINED, failed.account(), failed.id().value(), step.now())
                        .about(it.recharge().id().value())
                        .because(declined.code())
                        .until(after.retryAt()));
        log.warn(
                "account={} recharge={} attempt={} declined: {} ({} in a row), {}",
                failed.account(),
                it.recharge().id(),
                failed.id(),
                declined.code(),
                failure.inARow(),
                after);
        after.suspend(step, failed);
    }

    /**
     * The provider refused every send of the attempt, for a reason that is not known to be the card's. It is given up, and the account
     * waits as after a decline: without that, it would be decided and refused again for ever. No other payment method is tried in the same
     * recharge, since the request itself may be wrong.
     */
    void settleRefusal(Step step, RechargeWithAttempt it, Outcome.NotSubmitted refused) {
        String code = refused.code() == null ? refused.reason().name() : refused.code();
        Attempt failed = it.attempt().in(AttemptState.NOT_CHARGED, step.now(), null, code);
        step.tx().save(failed);
        MethodFailure failure = MethodFailure.refused(step, failed, standingReader.backOff(step));
        failure.record(step, failed);
        if (end(step, it.recharge(), failed, RechargeState.ABANDONED) == RechargeState.PAID) {
            return;
        }
        AfterFailure after = AfterFailure.of(step, failed, failure);
        after.save(step, failure);
        step.publish(
                of(EventType.RECHARGE_ABANDONED, failed.account(), failed.id().value(), step.now())
                        .about(it.recharge().id().value())
                        .because(code)
                        .until(after.retryAt()));
        log.error(
                "account={} recharge={} attempt={} was refused {} times and is given up: {}, {}",
                failed.account(),
                it.recharge().id(),
                failed.id(),
                failed.refusals(),
                code,
                after);
        after.suspend(step, failed);
    }

    void settleActionRequired(Step step, RechargeWithAttempt it, Outcome.ActionRequired required) {
        Attempt failed = it.attempt()
                .in(AttemptState.ACTION_REQUIRED, step.now(), required.providerReference(), required.code());
        step.tx().save(failed);
        MethodFailure failure = MethodFailure.authentication(step, failed, standingReader.backOff(step));
        failure.record(step, failed);
        // Another method may need nobody to be present.
        boolean goesOn = next.tryNext(step, it.recharge(), failed, required.code());
        if (goesOn || isPaid(step, it.recharge(), failed, required.code())) {
            return;
        }
        AfterFailure after = AfterFailure.of(step, failed, failure);
        after.save(step, failure);
        publishAuthentication(step, failed, required.code());
        after.suspend(step, failed);
    }

    static void publishAuthentication(Step step, Attempt failed, @Nullable String code) {
        step.publish(of(
                        EventType.AUTHENTICATION_REQUIRED,
                        failed.account(),
                        failed.id().value(),
                        step.now())
                .about(failed.recharge().value())
                .because(code));
        log.warn(
                "account={} recharge={} attempt={} needs the customer's authentication",
                failed.account(),
                failed.recharge(),
                failed.id());
    }

    /** Ends the recharge of a failed attempt; it is paid when an earlier attempt was captured after all. */
    private static boolean isPaid(Step step, Recharge recharge, Attempt failed, String code) {
        boolean paid = end(step, recharge, failed, RechargeState.FAILED) == RechargeState.PAID;
        if (paid) {
            NextAttempt.publishFailed(step, failed, code);
        }
        return paid;
    }

    /** Ends a recharge none of whose attempts is open. An earlier one may have been captured after it had failed: then it is paid. */
    static RechargeState end(Step step, Recharge recharge, Attempt last, RechargeState otherwise) {
        RechargeState end = last.number() > 1 && isPaidByAnother(step, last) ? RechargeState.PAID : otherwise;
        step.tx().save(recharge.in(end, step.now()));
        return end;
    }

    /** Whether another attempt of the same recharge was captured. */
    static boolean isPaidByAnother(Step step, Attempt attempt) {
        return step.tx().attempts(attempt.recharge()).stream()
                .anyMatch(it -> it.state() == AttemptState.PAID && !it.id().equals(attempt.id()));
    }

    /** Whether the account still uses the card that was charged. */
    static boolean isCardInUse(Step step, Attempt attempt) {
        return step.tx().methods().contains(attempt.paymentMethodId());
    }
}

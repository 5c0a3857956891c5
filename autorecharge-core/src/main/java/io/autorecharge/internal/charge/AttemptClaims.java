package io.autorecharge.internal.charge;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.account.Account;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.RechargeId;
import io.autorecharge.internal.account.LedgerPostings;
import io.autorecharge.internal.account.StandingReader;
import io.autorecharge.internal.pacing.RetryDelays;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.Timing;
import io.autorecharge.store.AccountTransaction;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeWithAttempt;
import io.autorecharge.store.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims the right to send, under the account's lock: a new attempt, or one more send of an open one. A send counts, and is in doubt, from
 * the moment it can happen: a crash after the commit leaves no other truth.
 */
public final class AttemptClaims {
    private static final Logger log = LoggerFactory.getLogger(AttemptClaims.class);

    private final StandingReader standings;
    private final AttemptSettlement settlement;
    private final Timing timing;
    private final Supplier<String> ids;

    public AttemptClaims(StandingReader standings, AttemptSettlement settlement, Timing timing, Supplier<String> ids) {
        this.standings = standings;
        this.settlement = settlement;
        this.timing = timing;
        this.ids = ids;
    }

    NextStep open(
            AccountTransaction tx,
            Decision.Recharge decision,
            Trigger trigger,
            Instant now,
            List<AutoRechargeEvent> events) {
        Account account = tx.account();
        PaymentMethod method = decision.method();
        RechargeId id = new RechargeId(ids.get());
        Recharge recharge = new Recharge(
                account.id(),
                id,
                trigger,
                RechargeState.OPEN,
                decision.chosen().credits(),
                decision.credits(),
                decision.bonus(),
                decision.price(),
                account.balance(),
                now,
                null);
        Attempt attempt = new Attempt(
                        account.id(),
                        id,
                        new AttemptId(ids.get()),
                        1,
                        method.customerId(),
                        method.id(),
                        method.fingerprint(),
                        decision.price(),
                        LedgerPostings.describe(decision.credits()),
                        AttemptState.OPEN,
                        0,
                        0,
                        false,
                        now,
                        now,
                        now,
                        null,
                        null,
                        null)
                .sending(now, now.plus(timing.lease()));
        if (!tx.open(recharge, attempt)) {
            standings.schedule(tx, now);
            return new NextStep.Hold(new Decision.Hold(HoldReason.RECHARGE_OPEN, now.plus(timing.lease())));
        }
        tx.save(account.state().openedAt(now));
        standings.schedule(tx, now);
        standings
                .alarm(tx, now)
                .ifPresent(alarm -> events.add(of(EventType.VELOCITY_ALARM, account.id(), id.value(), now)
                        .about(id.value())
                        .because("more than " + alarm.recharges() + " within " + alarm.within())));
        log.info(
                "account={} recharge={} attempt={} balance {} is low: charging {} for {} credits and {} bonus",
                account.id(),
                id,
                attempt.id(),
                account.balance(),
                decision.price(),
                decision.credits(),
                decision.bonus());
        return new NextStep.Send(new RechargeWithAttempt(recharge, attempt), false, decision);
    }

    /** Takes up an attempt that nobody is waiting for any more. */
    NextStep resume(AccountTransaction tx, RechargeWithAttempt open, Instant now, List<AutoRechargeEvent> events) {
        Attempt attempt = open.attempt();
        if (attempt.inDoubt()) {
            tx.save(attempt.lookingUp(now.plus(timing.lease())));
            standings.schedule(tx, now);
            return new NextStep.LookUp(open);
        }
        // Every send so far was clearly refused: nothing can have been charged, so nothing needs to be looked up.
        return sendAgain(tx, open, now, events);
    }

    /** The same key and parameters once more, while the key lives and the recharge is wanted; else waits, or gives up. */
    NextStep sendAgain(AccountTransaction tx, RechargeWithAttempt open, Instant now, List<AutoRechargeEvent> events) {
        Attempt attempt = open.attempt();
        boolean wanted = standings.stillWanted(tx, open);
        boolean keyLives = now.isBefore(attempt.firstSentAt().plus(timing.resendWithin()));
        Decision.Hold balanceDoubt = standings.doubt(tx, now);
        if (keyLives && balanceDoubt != null) {
            // Nobody can say whether it is still wanted.
            Instant next = balanceDoubt.until() == null ? now : balanceDoubt.until();
            tx.save(attempt.waiting(
                    attempt.inDoubt(), next, null, balanceDoubt.reason().name()));
            standings.schedule(tx, now);
            return new NextStep.Hold(balanceDoubt);
        }
        if (wanted && keyLives) {
            Attempt sending = attempt.sending(now, now.plus(timing.lease()));
            tx.save(sending);
            standings.schedule(tx, now);
            return new NextStep.Send(new RechargeWithAttempt(open.recharge(), sending), attempt.inDoubt(), null);
        }
        boolean conclusive =
                !attempt.inDoubt() || !now.isBefore(attempt.lastSentAt().plus(timing.concludeAfter()));
        if (conclusive) {
            settlement.abandon(
                    tx, open, wanted ? "never carried out by the provider" : "no longer wanted", now, events);
        } else {
            Outcome doubt = new Outcome.Unknown("not in the provider's list yet");
            tx.save(attempt.waiting(true, now.plus(RetryDelays.after(doubt, attempt.checks())), null, "unknown"));
        }
        standings.schedule(tx, now);
        return new NextStep.Hold(
                standings.decide(tx, now) instanceof Decision.Hold hold
                        ? hold
                        : new Decision.Hold(HoldReason.RECHARGE_OPEN, now));
    }
}

package io.autorecharge.internal.charge;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.account.Account;
import io.autorecharge.account.Consent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CustomerOwner;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.RechargeId;
import io.autorecharge.internal.account.ConsentLog;
import io.autorecharge.internal.account.LedgerPostings;
import io.autorecharge.internal.account.StandingReader;
import io.autorecharge.internal.account.Step;
import io.autorecharge.internal.account.WantedAttempts;
import io.autorecharge.internal.installation.CurrentInstallation;
import io.autorecharge.internal.pacing.HeldTurn;
import io.autorecharge.internal.pacing.RetryDelays;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.Timing;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptProgress;
import io.autorecharge.store.AttemptTerms;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeWithAttempt;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims the right to send, under the account's lock: a new attempt, or one more send of an open one. A request counts, and is in doubt,
 * before it is sent: after a crash it is not known whether it was sent.
 */
public final class AttemptClaims {
    private static final Logger log = LoggerFactory.getLogger(AttemptClaims.class);

    private final StandingReader standingReader;
    private final WantedAttempts wantedAttempts;
    private final AttemptSettlement settlement;
    private final Timing timing;
    private final Supplier<String> ids;
    private final CurrentInstallation installation;
    private final ConsentLog consents;

    public AttemptClaims(
            StandingReader standingReader,
            AttemptSettlement settlement,
            Timing timing,
            Supplier<String> ids,
            CurrentInstallation installation,
            ConsentLog consents) {
        this.consents = consents;
        this.standingReader = standingReader;
        this.wantedAttempts = new WantedAttempts(standingReader);
        this.settlement = settlement;
        this.timing = timing;
        this.ids = ids;
        this.installation = installation;
    }

    /**
     * Claims a new attempt.
     *
     * @param owner whose the customer is, as the provider said before
     * @param turn the turn to call the provider: with it, nothing but the commit stands between this decision and the request
     */
    NextStep claimNew(Step step, Decision.Recharge decision, CheckCause cause, CustomerOwner owner, HeldTurn turn) {
        if (!turn.isHeld()) {
            return awaitTurn(step);
        }
        Account account = step.account();
        CheckCause.Order order = cause.order();
        RechargeId id = order == null ? new RechargeId(ids.get()) : order.ids().recharge();
        AttemptId attemptId =
                order == null ? new AttemptId(ids.get()) : order.ids().attempt();
        Decision.Hold hold = standingReader.claimCard(step, decision.method(), attemptId);
        if (hold == null) {
            hold = standingReader.reserve(step, decision.price());
        }
        if (hold != null) {
            step.hold(hold);
            return new NextStep.Hold(hold);
        }
        // From the first recharge on, an agreement from before it was recorded is bound by what applied to it.
        // A purchase that the user asks for rests on that.
        Integer consent = order == null ? numberOf(consents.migrated(step).consent()) : null;
        Recharge recharge = new Recharge(
                account.id(),
                id,
                cause.trigger(),
                RechargeState.OPEN,
                decision.chosen().credits(),
                decision.credits(),
                decision.bonus(),
                decision.price(),
                account.balance(),
                step.now(),
                null,
                standingReader.maxAttempts(step),
                order == null ? standingReader.announced(step, decision) : null,
                consent);
        String description = order == null
                ? LedgerPostings.describe(decision.credits())
                : LedgerPostings.describePurchase(decision.credits());
        AttemptTerms terms = AttemptTerms.first(recharge, attemptId, decision.method(), description, installation.id());
        Attempt attempt = new Attempt(terms, AttemptProgress.unsent(step.now()))
                .sending(step.now(), step.now().plus(timing.lease()));
        if (!step.tx().open(recharge, attempt)) {
            return new NextStep.Hold(
                    new Decision.Hold(HoldReason.RECHARGE_OPEN, step.now().plus(timing.lease())));
        }
        if (order == null && standingReader.staysLow(step, decision)) {
            HoldEvents.publishReduced(step, recharge, standingReader.priceWithoutAgreement(step));
        }
        step.tx().save(step.account().state().openedAt(step.now()));
        standingReader
                .alarm(step)
                .ifPresent(alarm -> step.publish(of(EventType.VELOCITY_ALARM, account.id(), id.value(), step.now())
                        .about(id.value())
                        .because("more than " + alarm.recharges() + " within " + alarm.within())));
        log.info(
                "account={} recharge={} attempt={} balance {} {}: charging {} for {} credits and {} bonus",
                account.id(),
                id,
                attempt.id(),
                account.balance(),
                order == null ? "is low" : "and its user buys",
                decision.price(),
                decision.credits(),
                decision.bonus());
        return new NextStep.Send(new RechargeWithAttempt(recharge, attempt), false, owner, decision);
    }

    private static @Nullable Integer numberOf(@Nullable Consent consent) {
        return consent == null || consent.number() == 0 ? null : consent.number();
    }

    private NextStep awaitTurn(Step step) {
        leaveToThisNode(step);
        return new NextStep.AwaitTurn();
    }

    NextStep askOwner(Step step, String customer) {
        leaveToThisNode(step);
        return new NextStep.AskOwner(customer);
    }

    /** Other nodes leave the account alone while this one waits, and so do other workers of this one. */
    void leaveToThisNode(Step step) {
        step.hold(new Decision.Hold(HoldReason.CONTENTION, step.now().plus(timing.lease())));
    }

    /** Resumes an attempt that no node is working on. */
    NextStep resume(Step step, RechargeWithAttempt open, HeldTurn turn) {
        Attempt attempt = open.attempt();
        if (attempt.inDoubt()) {
            step.tx().save(attempt.lookingUp(step.now().plus(timing.lease())));
            return new NextStep.LookUp(open);
        }
        // Every request so far was clearly refused: nothing can have been charged, so nothing needs to be looked up.
        return sendAgain(step, open, turn);
    }

    /** A first send in the future was recorded by another clock: nobody can say how old the key is. */
    private boolean keyLives(Instant now, Attempt attempt) {
        boolean began = !now.isBefore(attempt.firstSentAt());
        return began && now.isBefore(attempt.firstSentAt().plus(timing.resendWithin()));
    }

    /** Sends the same key and parameters once more while the key lives and the recharge is wanted; otherwise waits, or gives up. */
    NextStep sendAgain(Step step, RechargeWithAttempt open, HeldTurn turn) {
        Attempt attempt = open.attempt();
        boolean wanted = wantedAttempts.isWanted(step, open);
        boolean keyLives = keyLives(step.now(), attempt);
        Decision.Hold balanceDoubt = standingReader.balanceDoubt(step);
        if (keyLives && balanceDoubt != null) {
            // The balance is unknown, so whether the recharge is still wanted is unknown too.
            Instant next = balanceDoubt.until() == null ? step.now() : balanceDoubt.until();
            step.tx()
                    .save(attempt.waiting(
                            attempt.inDoubt(), next, null, balanceDoubt.reason().name()));
            return new NextStep.Hold(balanceDoubt);
        }
        if (wanted && keyLives && standingReader.isPaused(step)) {
            Instant next = step.now().plus(RetryDelays.PAUSED);
            step.tx().save(attempt.waiting(attempt.inDoubt(), next, null, HoldReason.PAUSED.name()));
            return new NextStep.Hold(new Decision.Hold(HoldReason.PAUSED, next));
        }
        if (wanted && keyLives && !turn.isHeld()) {
            return new NextStep.AwaitTurn();
        }
        if (wanted && keyLives) {
            Attempt sending = attempt.sending(step.now(), step.now().plus(timing.lease()));
            step.tx().save(sending);
            return new NextStep.Send(
                    new RechargeWithAttempt(open.recharge(), sending),
                    attempt.inDoubt(),
                    CustomerStamps.known(step, attempt.customerId()),
                    null);
        }
        boolean conclusive =
                !attempt.inDoubt() || !step.now().isBefore(attempt.lastSentAt().plus(timing.concludeAfter()));
        if (conclusive) {
            settlement.abandon(step, open, wanted ? "never carried out by the provider" : "no longer wanted");
        } else {
            Outcome doubt = new Outcome.Unknown("not in the provider's list yet");
            step.tx()
                    .save(attempt.waiting(
                            true, step.now().plus(RetryDelays.after(doubt, attempt.checks())), null, "unknown"));
        }
        return new NextStep.Hold(
                standingReader.decide(step) instanceof Decision.Hold hold
                        ? hold
                        : new Decision.Hold(HoldReason.RECHARGE_OPEN, step.now()));
    }
}

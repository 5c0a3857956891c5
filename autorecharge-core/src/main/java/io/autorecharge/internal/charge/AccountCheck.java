package io.autorecharge.internal.charge;

import io.autorecharge.credit.AccountId;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.NotSubmitted.Reason;
import io.autorecharge.internal.account.AccountTransactions;
import io.autorecharge.internal.account.StandingReader;
import io.autorecharge.internal.account.Step;
import io.autorecharge.internal.pacing.HeldTurn;
import io.autorecharge.internal.pacing.RateLimiter;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.report.CheckResult;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.RechargeWithAttempt;
import io.autorecharge.store.StoreException;
import io.autorecharge.store.Trigger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks one account: evaluate, claim, charge, settle. After a crash between any two lines, the next check finds the open attempt and
 * resumes it with its own key. Two simultaneous checks are harmless: the second one finds the attempt of the first one open.
 */
public final class AccountCheck {
    private static final Logger log = LoggerFactory.getLogger(AccountCheck.class);
    private static final Duration CONTENTION_PAUSE = Duration.ofSeconds(1);

    private final AccountTransactions transactions;
    private final CheckoutLookUps checkouts;
    private final StandingReader standings;
    private final AttemptClaims claims;
    private final RateLimiter rateLimiter;
    private final GatewayCalls provider;
    private final AttemptSettlement settlement;
    private final Clock clock;
    private final AutoRechargeObserver observer;
    private final ContentionPauses pauses = new ContentionPauses();

    public AccountCheck(
            AccountTransactions transactions,
            CheckoutLookUps checkouts,
            StandingReader standings,
            AttemptClaims claims,
            RateLimiter rateLimiter,
            GatewayCalls provider,
            AttemptSettlement settlement,
            Clock clock,
            AutoRechargeObserver observer) {
        this.transactions = transactions;
        this.checkouts = checkouts;
        this.standings = standings;
        this.claims = claims;
        this.rateLimiter = rateLimiter;
        this.provider = provider;
        this.settlement = settlement;
        this.clock = clock;
        this.observer = observer;
    }

    /**
     * A check that nobody asked for. It leaves an account alone for a while whose row another transaction has held in earlier checks.
     *
     * @throws StoreException if the database fails; a busy account is a hold instead
     */
    public CheckResult checkDue(AccountId account, Trigger trigger) {
        Instant until = pauses.pausedUntil(account, clock.instant());
        return until == null ? check(account, trigger) : contended(account, until);
    }

    /** @throws StoreException if the database fails; a busy account is a hold instead */
    public CheckResult check(AccountId account, Trigger trigger) {
        try (HeldTurn turn = new HeldTurn(rateLimiter)) {
            NextStep next;
            try {
                next = decided(account, trigger, turn);
                pauses.reached(account);
            } catch (StoreException e) {
                if (e.isRefusal() && transactions.owedRefused(account, e)) {
                    return held(account, Decision.Hold.because(HoldReason.ENTRIES_OWED));
                }
                if (!e.isRetryable()) {
                    throw e;
                }
                Instant until = pauses.missed(account, clock.instant());
                log.info(
                        "account={} is held by another transaction and left alone until {}: {}",
                        account,
                        until,
                        e.toString());
                return contended(account, until);
            }
            if (next instanceof NextStep.LookUp lookUp) {
                turn.giveBack();
                return lookUp(lookUp.open());
            }
            return act(account, next, turn);
        }
    }

    /**
     * The turn to call the provider comes before the claim, so that a charge follows its claim at once. Most checks need none: they run with
     * a turn only if one is free, and wait for one only when there is something to charge.
     */
    private NextStep decided(AccountId account, Trigger trigger, HeldTurn turn) {
        turn.tryTake();
        NextStep next = transactions.run(account, step -> afterOwed(step, trigger, turn));
        if (next instanceof NextStep.BookOwed) {
            transactions.bookOwed(account);
            next = transactions.run(account, step -> afterCheckouts(step, trigger, turn));
        }
        if (next instanceof NextStep.LookUpCheckouts due) {
            turn.giveBack();
            checkouts.lookUp(due.claimed());
            turn.tryTake();
            next = transactions.run(account, step -> evaluate(step, trigger, turn));
        }
        if (next instanceof NextStep.AwaitTurn && turn.take()) {
            next = transactions.run(account, step -> evaluate(step, trigger, turn));
        }
        return next;
    }

    private CheckResult contended(AccountId account) {
        return contended(account, clock.instant().plus(CONTENTION_PAUSE));
    }

    /** Entries that the database refused are tried first: they change the balance that the decision rests on. */
    private NextStep afterOwed(Step step, Trigger trigger, HeldTurn turn) {
        return step.tx().balanceState(step.now()).owesEntries(step.now())
                ? new NextStep.BookOwed()
                : afterCheckouts(step, trigger, turn);
    }

    /** A checkout that was paid, and not reported yet, may make the recharge unnecessary. */
    private NextStep afterCheckouts(Step step, Trigger trigger, HeldTurn turn) {
        List<Checkout> due = checkouts.claimDue(step);
        return due.isEmpty() ? evaluate(step, trigger, turn) : new NextStep.LookUpCheckouts(due);
    }

    private NextStep evaluate(Step step, Trigger trigger, HeldTurn turn) {
        Optional<RechargeWithAttempt> open = step.tx().openRecharge();
        if (open.isPresent() && !open.get().attempt().nextCheckAt().isAfter(step.now())) {
            return claims.resume(step, open.get(), turn);
        }
        Decision decision = standings.decideWithoutCard(step);
        NextStep next = decision instanceof Decision.Recharge recharge
                ? claims.claimNew(step, recharge, trigger, turn)
                : new NextStep.Hold((Decision.Hold) decision);
        if (next instanceof NextStep.Hold held) {
            HoldEvents.publish(step, held.hold());
        }
        return next;
    }

    private CheckResult act(AccountId account, NextStep next, HeldTurn turn) {
        if (next instanceof NextStep.Send send) {
            turn.use();
            return charge(send);
        }
        // Interrupted while it waited for its turn: nothing was claimed.
        return next instanceof NextStep.Hold hold ? held(account, hold.hold()) : contended(account);
    }

    private CheckResult charge(NextStep.Send send) {
        RechargeWithAttempt open = send.open();
        if (send.decision() != null) {
            observer.decided(open.recharge().account(), send.decision());
        }
        Outcome outcome = provider.charge(open, send.earlierInDoubt());
        return settled(open, outcome, outcome);
    }

    private CheckResult lookUp(RechargeWithAttempt open) {
        LookUp answer = provider.lookUp(open.attempt());
        if (answer instanceof LookUp.Absent) {
            return notListed(open);
        }
        if (answer instanceof LookUp.Found found) {
            return settled(open, found.outcome(), found.outcome());
        }
        LookUp.Failed failed = (LookUp.Failed) answer;
        Outcome doubt = new Outcome.Unknown("look-up failed: " + failed.detail());
        return settled(
                open,
                doubt,
                failed.configuration() ? new Outcome.NotSubmitted(Reason.CONFIGURATION, failed.detail()) : doubt);
    }

    /**
     * Two outcomes may differ: a refused look-up says nothing about the attempt, but the caller must report the refusal.
     */
    private CheckResult settled(RechargeWithAttempt open, Outcome applied, Outcome reported) {
        Attempt attempt = open.attempt();
        try {
            settlement.settle(attempt.account(), attempt.id(), applied, attempt.sends());
        } catch (StoreException e) {
            if (!e.isRetryable()) {
                throw e;
            }
            log.warn(
                    "account={} attempt={} is held by another transaction; its outcome is looked up and recorded later: {}",
                    attempt.account(),
                    attempt.id(),
                    e.toString());
            Outcome unrecorded = reported.isFinal() ? new Outcome.Unknown("not recorded yet") : reported;
            return new CheckResult.Charged(attempt.account(), open.recharge(), unrecorded);
        }
        return new CheckResult.Charged(attempt.account(), open.recharge(), reported);
    }

    private CheckResult contended(AccountId account, Instant until) {
        return held(account, new Decision.Hold(HoldReason.CONTENTION, until));
    }

    private CheckResult notListed(RechargeWithAttempt checked) {
        AccountId account = checked.attempt().account();
        try (HeldTurn turn = new HeldTurn(rateLimiter)) {
            if (!turn.take()) {
                return contended(account);
            }
            NextStep next = transactions.run(
                    account,
                    step -> step.tx()
                            .openRecharge()
                            .filter(it ->
                                    it.attempt().id().equals(checked.attempt().id()))
                            .map(it -> claims.sendAgain(step, it, turn))
                            .orElseGet(
                                    () -> new NextStep.Hold(new Decision.Hold(HoldReason.RECHARGE_OPEN, step.now()))));
            return act(account, next, turn);
        }
    }

    private CheckResult held(AccountId account, Decision.Hold hold) {
        observer.decided(account, hold);
        log.debug("account={} held: {} until {}", account, hold.reason(), hold.until());
        return new CheckResult.Held(account, hold);
    }
}

package io.autorecharge.internal.charge;

import io.autorecharge.account.PaymentMethods;
import io.autorecharge.credit.AccountId;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.gateway.CustomerOwner;
import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.NotSubmitted.Reason;
import io.autorecharge.internal.account.AccountTransactions;
import io.autorecharge.internal.account.StandingReader;
import io.autorecharge.internal.account.Step;
import io.autorecharge.internal.installation.CurrentInstallation;
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
import org.jspecify.annotations.Nullable;
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
    private final StandingReader standingReader;
    private final AttemptClaims claims;
    private final RateLimiter rateLimiter;
    private final GatewayCalls provider;
    private final CustomerStamps customers;
    private final CurrentInstallation installation;
    private final AttemptSettlement settlement;
    private final Clock clock;
    private final AutoRechargeObserver observer;
    private final ContentionPauses pauses = new ContentionPauses();

    public AccountCheck(
            AccountTransactions transactions,
            CheckoutLookUps checkouts,
            StandingReader standingReader,
            AttemptClaims claims,
            RateLimiter rateLimiter,
            GatewayCalls provider,
            CustomerStamps customers,
            CurrentInstallation installation,
            AttemptSettlement settlement,
            Clock clock,
            AutoRechargeObserver observer) {
        this.transactions = transactions;
        this.checkouts = checkouts;
        this.standingReader = standingReader;
        this.claims = claims;
        this.rateLimiter = rateLimiter;
        this.provider = provider;
        this.customers = customers;
        this.installation = installation;
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

    /**
     * Where one payment method fails and the recharge goes on with the next, so does the check.
     *
     * @return how the last attempt ended
     * @throws StoreException if the database fails; a busy account is a hold instead
     */
    public CheckResult check(AccountId account, Trigger trigger) {
        return check(account, CheckCause.of(trigger));
    }

    CheckResult check(AccountId account, CheckCause cause) {
        Checked checked = once(account, cause);
        for (int methods = 1; checked.goesOn() && methods < PaymentMethods.MAX; methods++) {
            checked = once(account, cause);
        }
        return checked.result();
    }

    /** @param goesOn whether another attempt of the same recharge waits to be sent */
    private record Checked(CheckResult result, boolean goesOn) {
        static Checked of(CheckResult result) {
            return new Checked(result, false);
        }
    }

    private Checked once(AccountId account, CheckCause cause) {
        try (HeldTurn turn = new HeldTurn(rateLimiter)) {
            NextStep next;
            try {
                next = decided(account, cause, turn);
                pauses.reached(account);
            } catch (StoreException e) {
                if (e.isRefusal() && transactions.owedRefused(account, e)) {
                    return Checked.of(held(account, Decision.Hold.because(HoldReason.ENTRIES_OWED)));
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
                return Checked.of(contended(account, until));
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
    private NextStep decided(AccountId account, CheckCause cause, HeldTurn turn) {
        // Read before the transaction, which has a connection already.
        installation.id();
        turn.tryTake();
        NextStep next = transactions.run(account, step -> afterOwed(step, cause, turn));
        if (next instanceof NextStep.BookOwed) {
            transactions.bookOwed(account);
            next = transactions.run(account, step -> afterCheckouts(step, cause, turn));
        }
        if (next instanceof NextStep.LookUpCheckouts due) {
            turn.giveBack();
            checkouts.lookUp(due.claimed());
            turn.tryTake();
            next = transactions.run(account, step -> evaluate(step, cause, turn, AskedOwner.NONE));
        }
        AskedOwner asked = AskedOwner.NONE;
        if (next instanceof NextStep.AskOwner ask) {
            turn.giveBack();
            AskedOwner answer = new AskedOwner(ask.customer(), customers.ask(account, ask.customer()));
            asked = answer;
            turn.tryTake();
            next = transactions.run(account, step -> evaluate(step, cause, turn, answer));
        }
        if (next instanceof NextStep.AwaitTurn && turn.take()) {
            AskedOwner known = asked;
            next = transactions.run(account, step -> evaluate(step, cause, turn, known));
        }
        return next;
    }

    private CheckResult contended(AccountId account) {
        return contended(account, clock.instant().plus(CONTENTION_PAUSE));
    }

    /** Entries that the database refused are tried first: they change the balance that the decision rests on. */
    private NextStep afterOwed(Step step, CheckCause cause, HeldTurn turn) {
        return step.tx().balanceState(step.now()).owesEntries(step.now())
                ? new NextStep.BookOwed()
                : afterCheckouts(step, cause, turn);
    }

    /** A checkout that was paid, and not reported yet, may make the recharge unnecessary. */
    private NextStep afterCheckouts(Step step, CheckCause cause, HeldTurn turn) {
        List<Checkout> due = checkouts.claimDue(step);
        if (due.isEmpty()) {
            return evaluate(step, cause, turn, AskedOwner.NONE);
        }
        claims.leaveToThisNode(step);
        return new NextStep.LookUpCheckouts(due);
    }

    private NextStep evaluate(Step step, CheckCause cause, HeldTurn turn, AskedOwner asked) {
        Optional<RechargeWithAttempt> open = step.tx().openRecharge();
        if (open.isPresent() && !open.get().attempt().nextCheckAt().isAfter(step.now())) {
            return claims.resume(step, open.get(), turn);
        }
        Decision decision = decided(step, cause);
        NextStep next = decision instanceof Decision.Recharge recharge
                ? claimed(step, recharge, cause, turn, asked)
                : new NextStep.Hold((Decision.Hold) decision);
        if (next instanceof NextStep.Hold held && cause.order() == null) {
            HoldEvents.publish(step, held.hold(), standingReader);
            standingReader.announce(step);
        }
        return next;
    }

    private Decision decided(Step step, CheckCause cause) {
        CheckCause.Order order = cause.order();
        if (order == null) {
            return cause.trigger() == Trigger.RETRY
                    ? standingReader.decideRetry(step)
                    : standingReader.decideWithoutCard(step);
        }
        // A repeated request is answered with what became of the first.
        return step.tx().rechargeOf(order.ids().attempt()).isPresent()
                ? Decision.Hold.because(HoldReason.RECHARGE_OPEN)
                : standingReader.decidePurchase(step, order.chosen());
    }

    private NextStep claimed(Step step, Decision.Recharge recharge, CheckCause cause, HeldTurn turn, AskedOwner asked) {
        String customer = recharge.method().customerId();
        CustomerOwner owner = CustomerStamps.known(step, customer, asked);
        return owner == null ? claims.askOwner(step, customer) : claims.claimNew(step, recharge, cause, owner, turn);
    }

    private Checked act(AccountId account, NextStep next, HeldTurn turn) {
        if (next instanceof NextStep.Send send) {
            turn.use();
            return charge(send);
        }
        // Interrupted while it waited for its turn: nothing was claimed.
        return Checked.of(next instanceof NextStep.Hold hold ? held(account, hold.hold()) : contended(account));
    }

    private Checked charge(NextStep.Send send) {
        RechargeWithAttempt open = send.open();
        if (send.decision() != null) {
            observer.decided(open.recharge().account(), send.decision());
        }
        Attempt attempt = open.attempt();
        CustomerOwner owner = send.owner() == null ? customers.ownerOf(attempt) : send.owner();
        Outcome objection = CustomerStamps.objection(owner, send.earlierInDoubt());
        Outcome outcome =
                objection == null ? provider.charge(open, send.earlierInDoubt()) : provider.notSent(attempt, objection);
        boolean ours = owner == CustomerOwner.OURS && attempt.installation() != null;
        return settled(open, outcome, outcome, ours ? attempt.customerId() : null);
    }

    private Checked lookUp(RechargeWithAttempt open) {
        LookUp answer = provider.lookUp(open.attempt());
        if (answer instanceof LookUp.Absent) {
            return notListed(open);
        }
        if (answer instanceof LookUp.Found found) {
            return settled(open, found.outcome(), found.outcome(), null);
        }
        LookUp.Failed failed = (LookUp.Failed) answer;
        Outcome doubt = new Outcome.Unknown("look-up failed: " + failed.detail());
        return settled(
                open,
                doubt,
                failed.configuration() ? new Outcome.NotSubmitted(Reason.CONFIGURATION, failed.detail()) : doubt,
                null);
    }

    /**
     * Two outcomes may differ: a refused look-up says nothing about the attempt, but the caller must report the refusal.
     */
    private Checked settled(
            RechargeWithAttempt open, Outcome applied, Outcome reported, @Nullable String stampedCustomer) {
        Attempt attempt = open.attempt();
        try {
            boolean goesOn =
                    settlement.settleSend(attempt.account(), attempt.id(), applied, attempt.sends(), stampedCustomer);
            return new Checked(new CheckResult.Charged(attempt.account(), open.recharge(), reported), goesOn);
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
            return Checked.of(new CheckResult.Charged(attempt.account(), open.recharge(), unrecorded));
        }
    }

    private CheckResult contended(AccountId account, Instant until) {
        return held(account, new Decision.Hold(HoldReason.CONTENTION, until));
    }

    private Checked notListed(RechargeWithAttempt checked) {
        AccountId account = checked.attempt().account();
        try (HeldTurn turn = new HeldTurn(rateLimiter)) {
            if (!turn.take()) {
                return Checked.of(contended(account));
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

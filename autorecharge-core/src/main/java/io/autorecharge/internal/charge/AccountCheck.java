package io.autorecharge.internal.charge;

import io.autorecharge.credit.AccountId;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.NotSubmitted.Reason;
import io.autorecharge.internal.account.AccountTransactions;
import io.autorecharge.internal.account.StandingReader;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.report.CheckResult;
import io.autorecharge.store.AccountTransaction;
import io.autorecharge.store.Attempt;
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
 * One look at one account: evaluate, claim, charge, settle. A crash between any two lines is taken up again by the next look, which finds
 * the open attempt and resumes it with its own key. Two looks at once are harmless: the second finds the first one's attempt open.
 */
public final class AccountCheck {
    private static final Logger log = LoggerFactory.getLogger(AccountCheck.class);
    private static final Duration CONTENTION_PAUSE = Duration.ofSeconds(1);

    private final AccountTransactions transactions;
    private final StandingReader standings;
    private final AttemptClaims claims;
    private final GatewayCalls provider;
    private final AttemptSettlement settlement;
    private final Clock clock;
    private final AutoRechargeObserver observer;

    public AccountCheck(
            AccountTransactions transactions,
            StandingReader standings,
            AttemptClaims claims,
            GatewayCalls provider,
            AttemptSettlement settlement,
            Clock clock,
            AutoRechargeObserver observer) {
        this.transactions = transactions;
        this.standings = standings;
        this.claims = claims;
        this.provider = provider;
        this.settlement = settlement;
        this.clock = clock;
        this.observer = observer;
    }

    /** @throws StoreException when the database fails; being busy is a hold instead */
    public CheckResult check(AccountId account, Trigger trigger) {
        NextStep plan;
        try {
            plan = transactions.run(account, (tx, now, events) -> evaluate(tx, trigger, now, events));
        } catch (StoreException e) {
            if (!e.isRetryable()) {
                throw e;
            }
            Instant soon = clock.instant().plus(CONTENTION_PAUSE);
            return held(account, new Decision.Hold(HoldReason.CONTENTION, soon));
        }
        return plan instanceof NextStep.LookUp lookUp ? lookUp(lookUp.open()) : act(account, plan);
    }

    private NextStep evaluate(AccountTransaction tx, Trigger trigger, Instant now, List<AutoRechargeEvent> events) {
        Optional<RechargeWithAttempt> open = tx.openRecharge();
        if (open.isPresent() && !open.get().attempt().nextCheckAt().isAfter(now)) {
            return claims.resume(tx, open.get(), now, events);
        }
        Decision decision = standings.decide(tx, now);
        if (decision instanceof Decision.Recharge recharge) {
            return claims.open(tx, recharge, trigger, now, events);
        }
        Decision.Hold hold = (Decision.Hold) decision;
        tellLimit(tx.account().id(), hold, now, events);
        standings.schedule(tx, now);
        return new NextStep.Hold(hold);
    }

    private CheckResult act(AccountId account, NextStep plan) {
        return plan instanceof NextStep.Send send ? charge(send) : held(account, ((NextStep.Hold) plan).hold());
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

    /** Of two outcomes the first is applied and the second told: a look-up that is refused says nothing about the attempt. */
    private CheckResult settled(RechargeWithAttempt open, Outcome applied, Outcome told) {
        Attempt attempt = open.attempt();
        settlement.settle(attempt.account(), attempt.id(), applied, attempt.sends());
        return new CheckResult.Charged(attempt.account(), open.recharge(), told);
    }

    private CheckResult notListed(RechargeWithAttempt looked) {
        AccountId account = looked.attempt().account();
        NextStep plan = transactions.run(
                account,
                (tx, now, events) -> tx.openRecharge()
                        .filter(it -> it.attempt().id().equals(looked.attempt().id()))
                        .map(it -> claims.sendAgain(tx, it, now, events))
                        .orElseGet(() -> new NextStep.Hold(new Decision.Hold(HoldReason.RECHARGE_OPEN, now))));
        return act(account, plan);
    }

    private CheckResult held(AccountId account, Decision.Hold hold) {
        observer.decided(account, hold);
        log.debug("account={} held: {} until {}", account, hold.reason(), hold.until());
        return new CheckResult.Held(account, hold);
    }

    private static void tellLimit(AccountId account, Decision.Hold hold, Instant now, List<AutoRechargeEvent> events) {
        if (hold.reason() == HoldReason.PURCHASE_LIMIT || hold.reason() == HoldReason.SPEND_LIMIT) {
            // The end of the window makes the id: one event a breach, however often the account is looked at.
            events.add(AutoRechargeEvent.of(EventType.LIMIT_REACHED, account, account + "/" + hold.until(), now)
                    .because(hold.reason().name())
                    .until(hold.until()));
        }
    }
}

package io.autorecharge;

import io.autorecharge.credit.AccountId;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.RechargeId;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.PaymentMethod;
import io.autorecharge.store.Account;
import io.autorecharge.store.AccountTransaction;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.OpenRecharge;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.StoreException;
import io.autorecharge.store.Trigger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One look at one account: evaluate, claim, charge, settle. A crash between any two lines is taken up again by the next look, which finds
 * the open attempt and resumes it with its own key. Two looks at once are harmless: the second finds the first one's attempt open.
 */
final class Protocol {
    private static final Logger log = LoggerFactory.getLogger(Protocol.class);
    private static final Duration CONTENTION_PAUSE = Duration.ofSeconds(1);

    private final Transactions transactions;
    private final Standings standings;
    private final Settlement settlement;
    private final Gateway gateway;
    private final Throttle throttle;
    private final Timing timing;
    private final Clock clock;
    private final Supplier<String> ids;
    private final AutoRechargeObserver observer;

    Protocol(
            Transactions transactions,
            Standings standings,
            Settlement settlement,
            Gateway gateway,
            Throttle throttle,
            Timing timing,
            Clock clock,
            Supplier<String> ids,
            AutoRechargeObserver observer) {
        this.transactions = transactions;
        this.standings = standings;
        this.settlement = settlement;
        this.gateway = gateway;
        this.throttle = throttle;
        this.timing = timing;
        this.clock = clock;
        this.ids = ids;
        this.observer = observer;
    }

    /** @throws StoreException when the database fails; being busy is a hold instead */
    Visit look(AccountId account, Trigger trigger) {
        Plan plan;
        try {
            plan = transactions.run(account, (tx, now, events) -> plan(tx, trigger, now, events));
        } catch (StoreException e) {
            if (!e.isRetryable()) {
                throw e;
            }
            return held(
                    account,
                    new Decision.Hold(HoldReason.CONTENTION, clock.instant().plus(CONTENTION_PAUSE)));
        }
        if (plan instanceof Plan.Send send) {
            return charge(send);
        }
        if (plan instanceof Plan.Resume resume) {
            return lookUp(resume.open());
        }
        return held(account, ((Plan.Hold) plan).hold());
    }

    private Plan plan(AccountTransaction tx, Trigger trigger, Instant now, List<AutoRechargeEvent> events) {
        Optional<OpenRecharge> open = tx.openRecharge();
        if (open.isPresent() && !open.get().attempt().lookAt().isAfter(now)) {
            return resume(tx, open.get(), now, events);
        }
        Decision decision = standings.decide(tx, now);
        if (decision instanceof Decision.Recharge recharge) {
            return claim(tx, recharge, trigger, now);
        }
        Decision.Hold hold = (Decision.Hold) decision;
        tellLimit(tx.account().id(), hold, now, events);
        standings.schedule(tx, now);
        return new Plan.Hold(hold);
    }

    /** The attempt counts as sent, and in doubt, from the moment it can be: a crash after the commit leaves no other truth. */
    private Plan claim(AccountTransaction tx, Decision.Recharge decision, Trigger trigger, Instant now) {
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
                        "Auto-recharge: " + decision.credits() + " credits",
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
            return new Plan.Hold(new Decision.Hold(HoldReason.RECHARGE_OPEN, now.plus(timing.lease())));
        }
        tx.save(account.state().openedAt(now));
        standings.schedule(tx, now);
        observer.decided(account.id(), decision);
        log.info(
                "account={} recharge={} attempt={} balance {} is low: charging {} for {} credits and {} bonus",
                account.id(),
                id,
                attempt.id(),
                account.balance(),
                decision.price(),
                decision.credits(),
                decision.bonus());
        return new Plan.Send(new OpenRecharge(recharge, attempt), false);
    }

    private Plan resume(AccountTransaction tx, OpenRecharge open, Instant now, List<AutoRechargeEvent> events) {
        Attempt attempt = open.attempt();
        if (attempt.inDoubt()) {
            tx.save(attempt.lookingUp(now.plus(timing.lease())));
            standings.schedule(tx, now);
            return new Plan.Resume(open);
        }
        // Every send so far was clearly refused: nothing can have been charged, so nothing needs to be looked up.
        return sendAgain(tx, open, now, events);
    }

    private Plan sendAgain(AccountTransaction tx, OpenRecharge open, Instant now, List<AutoRechargeEvent> events) {
        Attempt attempt = open.attempt();
        boolean wanted = standings.stillWanted(tx, open);
        boolean keyLives = now.isBefore(attempt.firstSentAt().plus(timing.resendWithin()));
        if (wanted && keyLives) {
            Attempt sending = attempt.sending(now, now.plus(timing.lease()));
            tx.save(sending);
            standings.schedule(tx, now);
            return new Plan.Send(new OpenRecharge(open.recharge(), sending), attempt.inDoubt());
        }
        boolean conclusive =
                !attempt.inDoubt() || !now.isBefore(attempt.lastSentAt().plus(timing.concludeAfter()));
        if (conclusive) {
            settlement.abandon(
                    tx, open, wanted ? "never carried out by the provider" : "no longer wanted", now, events);
        } else {
            Outcome doubt = new Outcome.Unknown("not in the provider's list yet");
            tx.save(attempt.waiting(true, now.plus(Pace.after(doubt, attempt.looks())), null, "unknown"));
        }
        standings.schedule(tx, now);
        return new Plan.Hold(
                standings.decide(tx, now) instanceof Decision.Hold hold
                        ? hold
                        : new Decision.Hold(HoldReason.RECHARGE_OPEN, now));
    }

    private Visit charge(Plan.Send send) {
        Recharge recharge = send.open().recharge();
        Attempt attempt = send.open().attempt();
        Instant before = clock.instant();
        Outcome outcome = askProvider(attempt, send.earlierInDoubt());
        observer.charged(recharge.account(), outcome, Duration.between(before, clock.instant()));
        settlement.settle(recharge.account(), attempt.id(), outcome);
        return new Visit.Charged(recharge.account(), recharge, outcome);
    }

    private Outcome askProvider(Attempt attempt, boolean earlierInDoubt) {
        Outcome outcome;
        throttle.await();
        try {
            outcome = gateway.charge(attempt.request(earlierInDoubt));
        } catch (RuntimeException e) {
            log.error(
                    "account={} attempt={}: the gateway broke, so nothing is known",
                    attempt.account(),
                    attempt.id(),
                    e);
            return new Outcome.Unknown(e.getClass().getName());
        }
        if (earlierInDoubt && outcome instanceof Outcome.NotSubmitted refused) {
            // It answers this send; an earlier one may have charged.
            return new Outcome.Unknown("refused now, but an earlier send is in doubt: " + refused.detail());
        }
        return outcome;
    }

    private Visit lookUp(OpenRecharge open) {
        Attempt attempt = open.attempt();
        LookUp answer;
        throttle.await();
        try {
            answer = gateway.lookUp(attempt.request(true));
        } catch (RuntimeException e) {
            log.error("account={} attempt={}: the gateway broke on a look-up", attempt.account(), attempt.id(), e);
            answer = new LookUp.Failed(false, e.getClass().getName());
        }
        if (answer instanceof LookUp.Absent) {
            return notListed(open);
        }
        Outcome outcome = answer instanceof LookUp.Found found
                ? found.outcome()
                : new Outcome.Unknown("look-up failed: " + ((LookUp.Failed) answer).detail());
        settlement.settle(attempt.account(), attempt.id(), outcome);
        boolean refused = answer instanceof LookUp.Failed failed && failed.configuration();
        return new Visit.Charged(
                attempt.account(),
                open.recharge(),
                refused
                        ? new Outcome.NotSubmitted(Outcome.NotSubmitted.Reason.CONFIGURATION, "look-up refused")
                        : outcome);
    }

    private Visit notListed(OpenRecharge looked) {
        AccountId account = looked.attempt().account();
        Plan plan = transactions.run(account, (tx, now, events) -> {
            Optional<OpenRecharge> open = tx.openRecharge()
                    .filter(it -> it.attempt().id().equals(looked.attempt().id()));
            return open.isPresent()
                    ? sendAgain(tx, open.get(), now, events)
                    : new Plan.Hold(new Decision.Hold(HoldReason.RECHARGE_OPEN, now));
        });
        return plan instanceof Plan.Send send ? charge(send) : held(account, ((Plan.Hold) plan).hold());
    }

    private Visit held(AccountId account, Decision.Hold hold) {
        observer.decided(account, hold);
        log.debug("account={} held: {} until {}", account, hold.reason(), hold.until());
        return new Visit.Held(account, hold);
    }

    private static void tellLimit(AccountId account, Decision.Hold hold, Instant now, List<AutoRechargeEvent> events) {
        if (hold.reason() == HoldReason.PURCHASE_LIMIT || hold.reason() == HoldReason.SPEND_LIMIT) {
            // The end of the window makes the id: one event a breach, however often the account is looked at.
            events.add(AutoRechargeEvent.of(EventType.LIMIT_REACHED, account, account + "/" + hold.until(), now)
                    .because(hold.reason().name())
                    .until(hold.until()));
        }
    }

    private sealed interface Plan {
        record Send(OpenRecharge open, boolean earlierInDoubt) implements Plan {}

        record Resume(OpenRecharge open) implements Plan {}

        record Hold(Decision.Hold hold) implements Plan {}
    }
}

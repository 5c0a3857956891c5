package io.autorecharge.internal.charge;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.credit.Credits;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.internal.account.LedgerPostings;
import io.autorecharge.internal.account.Suspensions;
import io.autorecharge.internal.pacing.RetryDelays;
import io.autorecharge.internal.reversal.ReversalSettlement;
import io.autorecharge.store.AccountTransaction;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeWithAttempt;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settles an attempt whose money was taken: grants once, whatever state the attempt was in. */
public final class CaptureSettlement {
    /** Why people must look: two payments were captured where one was meant. */
    public static final String PAID_TWICE = "PAID_TWICE";

    private static final Logger log = LoggerFactory.getLogger(CaptureSettlement.class);

    private final ReversalSettlement takeBacks;

    CaptureSettlement(ReversalSettlement takeBacks) {
        this.takeBacks = takeBacks;
    }

    void paid(
            AccountTransaction tx,
            RechargeWithAttempt it,
            Outcome.Paid paid,
            Instant now,
            List<AutoRechargeEvent> events) {
        Recharge recharge = it.recharge();
        Attempt attempt = it.attempt();
        if (attempt.state() == AttemptState.PAID && paid.providerReference().equals(attempt.providerReference())) {
            return;
        }
        if (attempt.state() == AttemptState.PAID || !paid.amount().equals(attempt.amount())) {
            mismatch(tx, it, paid, now, events);
            return;
        }
        // The customer's page may have paid the same recharge: its bonus came with that.
        Credits bonus = recharge.state() == RechargeState.PAID ? Credits.ZERO : recharge.bonus();
        if (!tx.post(LedgerPostings.ofRecharge(paid.providerReference(), recharge.credits(), bonus), now)) {
            log.warn("attempt={} charge={} was granted before", attempt.id(), paid.providerReference());
        }
        if (attempt.state() != AttemptState.OPEN) {
            contradicts(it, now, events);
        }
        tx.save(attempt.in(AttemptState.PAID, now, paid.providerReference(), "paid"));
        tx.save(recharge.in(RechargeState.PAID, now));
        // The page that was to pay it must be closed, at once.
        tx.openCheckouts().stream()
                .filter(page -> attempt.id().equals(page.recovers()))
                .forEach(page -> tx.save(page.askedAgainAt(now)));
        if (FailureSettlement.isInUse(tx, attempt)) {
            Suspensions.charged(tx, now, attempt.id().value(), events);
        }
        Credits balance = tx.account().balance();
        events.add(of(EventType.RECHARGE_PAID, recharge.account(), attempt.id().value(), now)
                .about(recharge.id().value())
                .bought(recharge.credits(), bonus, recharge.price(), balance));
        log.info(
                "account={} recharge={} attempt={} paid {}: {} credits and {} bonus, balance {}",
                recharge.account(),
                recharge.id(),
                attempt.id(),
                recharge.price(),
                recharge.credits(),
                bonus,
                balance);
        takeBacks.granted(tx, paid.providerReference(), paid.amount(), now, events);
    }

    private static void contradicts(RechargeWithAttempt it, Instant now, List<AutoRechargeEvent> events) {
        Attempt attempt = it.attempt();
        boolean twice = it.recharge().state() == RechargeState.PAID;
        String settled = twice ? PAID_TWICE : attempt.state().name();
        events.add(of(EventType.CONTRARY_OUTCOME, attempt.account(), attempt.id() + "/paid", now)
                .about(attempt.id().value())
                .because(settled));
        log.error("account={} attempt={} was settled as {}, yet it is paid", attempt.account(), attempt.id(), settled);
    }

    /** Somebody else's charge carries our id, ours was changed, or it was captured twice: granting that would be inventing credits, so people must look. */
    private void mismatch(
            AccountTransaction tx,
            RechargeWithAttempt it,
            Outcome.Paid paid,
            Instant now,
            List<AutoRechargeEvent> events) {
        Attempt attempt = it.attempt();
        tellMismatch(tx, attempt, attempt.customerId(), paid, now, events);
        if (attempt.state() == AttemptState.OPEN) {
            Outcome doubt = new Outcome.Unknown("captured amount differs");
            tx.save(attempt.waiting(
                    true,
                    now.plus(RetryDelays.after(doubt, attempt.checks())),
                    paid.providerReference(),
                    "capture mismatch"));
        }
    }

    /** Nothing was granted, and the attempt is as it was. */
    static void tellMismatch(
            AccountTransaction tx,
            Attempt attempt,
            String customerId,
            Outcome.Paid paid,
            Instant now,
            List<AutoRechargeEvent> events) {
        log.error(
                "account={} attempt={} asked for {} of {} but the provider reports {} of {} captured as {}; nothing was granted",
                attempt.account(),
                attempt.id(),
                attempt.amount(),
                attempt.customerId(),
                paid.amount(),
                customerId,
                paid.providerReference());
        String key = attempt.id() + "/" + paid.providerReference();
        events.add(of(EventType.CAPTURE_MISMATCH, attempt.account(), key, now)
                .about(attempt.id().value())
                .bought(Credits.ZERO, Credits.ZERO, paid.amount(), tx.account().balance())
                .because(paid.providerReference()));
    }
}

package io.autorecharge;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.policy.BackOff;
import io.autorecharge.policy.Suspension;
import io.autorecharge.store.AccountState;
import io.autorecharge.store.AccountTransaction;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.OpenRecharge;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies an outcome to its attempt: the one place where that happens, whoever brings the outcome. Applying the same outcome again changes
 * nothing, and a success is never refused, however late: the money was taken.
 */
final class Settlement {
    private static final Logger log = LoggerFactory.getLogger(Settlement.class);

    private final Transactions transactions;
    private final Standings standings;
    private final BackOff backOff;

    Settlement(Transactions transactions, Standings standings, BackOff backOff) {
        this.transactions = transactions;
        this.standings = standings;
        this.backOff = backOff;
    }

    /** @return false when the account has no such attempt */
    boolean settle(AccountId account, AttemptId attempt, Outcome outcome) {
        boolean known = transactions.run(account, (tx, now, events) -> {
            Optional<OpenRecharge> found = tx.rechargeOf(attempt);
            if (found.isEmpty()) {
                return false;
            }
            apply(tx, found.get(), outcome, now, events);
            standings.schedule(tx, now);
            return true;
        });
        if (!known) {
            log.error("account={} attempt={} is unknown here, yet the provider reports {}", account, attempt, outcome);
        }
        return known;
    }

    private void apply(
            AccountTransaction tx, OpenRecharge it, Outcome outcome, Instant now, List<AutoRechargeEvent> events) {
        if (outcome instanceof Outcome.Paid paid) {
            paid(tx, it, paid, now, events);
        } else if (it.attempt().state() != AttemptState.OPEN) {
            log.debug(
                    "attempt={} is {} already; {} changes nothing",
                    it.attempt().id(),
                    it.attempt().state(),
                    outcome);
        } else if (outcome instanceof Outcome.Declined declined) {
            declined(tx, it, declined, now, events);
        } else if (outcome instanceof Outcome.ActionRequired required) {
            actionRequired(tx, it, required, now, events);
        } else {
            waiting(tx, it, outcome, now, events);
        }
    }

    private void paid(
            AccountTransaction tx, OpenRecharge it, Outcome.Paid paid, Instant now, List<AutoRechargeEvent> events) {
        Recharge recharge = it.recharge();
        Attempt attempt = it.attempt();
        if (attempt.state() == AttemptState.PAID) {
            return;
        }
        if (!paid.amount().equals(attempt.amount())) {
            mismatch(tx, it, paid, now, events);
            return;
        }
        List<LedgerEntry> entries =
                tx.post(Entries.ofRecharge(paid.providerReference(), recharge.credits(), recharge.bonus()), now);
        if (entries.isEmpty()) {
            log.warn("attempt={} charge={} was granted before", attempt.id(), paid.providerReference());
        }
        tx.save(attempt.in(AttemptState.PAID, now, paid.providerReference(), "paid"));
        tx.save(recharge.in(RechargeState.PAID, now));
        resume(tx, 0, now, attempt.id().value(), events);
        Credits balance = tx.account().balance();
        events.add(of(EventType.RECHARGE_PAID, recharge.account(), attempt.id().value(), now)
                .about(recharge.id().value())
                .bought(recharge.credits(), recharge.bonus(), recharge.price(), balance));
        log.info(
                "account={} recharge={} attempt={} paid {}: {} credits and {} bonus, balance {}",
                recharge.account(),
                recharge.id(),
                attempt.id(),
                recharge.price(),
                recharge.credits(),
                recharge.bonus(),
                balance);
    }

    /** Somebody else's charge carries our id, or ours was changed: granting it would be inventing credits, so people must look. */
    private void mismatch(
            AccountTransaction tx, OpenRecharge it, Outcome.Paid paid, Instant now, List<AutoRechargeEvent> events) {
        Attempt attempt = it.attempt();
        log.error(
                "account={} attempt={} asked for {} but the provider reports {} captured as {}; nothing was granted",
                attempt.account(),
                attempt.id(),
                attempt.amount(),
                paid.amount(),
                paid.providerReference());
        String key = attempt.id() + "/" + paid.providerReference();
        events.add(of(EventType.CAPTURE_MISMATCH, attempt.account(), key, now)
                .about(attempt.id().value())
                .bought(Credits.ZERO, Credits.ZERO, paid.amount(), tx.account().balance())
                .because(paid.providerReference()));
        if (attempt.state() == AttemptState.OPEN) {
            Outcome doubt = new Outcome.Unknown("captured amount differs");
            tx.save(attempt.waiting(
                    true, now.plus(Pace.after(doubt, attempt.looks())), paid.providerReference(), "capture mismatch"));
        }
    }

    private void declined(
            AccountTransaction tx,
            OpenRecharge it,
            Outcome.Declined declined,
            Instant now,
            List<AutoRechargeEvent> events) {
        Attempt attempt = it.attempt();
        tx.save(attempt.in(AttemptState.DECLINED, now, declined.providerReference(), declined.code()));
        tx.save(it.recharge().in(RechargeState.FAILED, now));
        AccountState before = tx.account().state();
        int inARow = before.declines() + 1;
        Suspension stop = stopFor(declined.kind(), inARow, attempt, now);
        Instant retryAt = stop == null ? now.plus(backOff.waitAfter(inARow)) : null;
        tx.save(before.declined(inARow, retryAt, stop));
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
            events.add(suspended(attempt, stop));
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

    private void actionRequired(
            AccountTransaction tx,
            OpenRecharge it,
            Outcome.ActionRequired required,
            Instant now,
            List<AutoRechargeEvent> events) {
        Attempt attempt = it.attempt();
        tx.save(attempt.in(AttemptState.ACTION_REQUIRED, now, required.providerReference(), required.code()));
        tx.save(it.recharge().in(RechargeState.FAILED, now));
        Suspension stop = new Suspension(Suspension.Reason.AUTHENTICATION_REQUIRED, now, attempt.fingerprint());
        tx.save(tx.account().state().suspended(stop));
        events.add(of(
                        EventType.AUTHENTICATION_REQUIRED,
                        attempt.account(),
                        attempt.id().value(),
                        now)
                .about(it.recharge().id().value())
                .because(required.code()));
        events.add(suspended(attempt, stop));
        log.warn(
                "account={} recharge={} attempt={} needs the customer's authentication, suspended",
                attempt.account(),
                it.recharge().id(),
                attempt.id());
    }

    private static AutoRechargeEvent suspended(Attempt attempt, Suspension stop) {
        return of(EventType.SUSPENDED, attempt.account(), attempt.id().value(), stop.since())
                .because(stop.reason().name());
    }

    private void waiting(
            AccountTransaction tx, OpenRecharge it, Outcome outcome, Instant now, List<AutoRechargeEvent> events) {
        Attempt attempt = it.attempt();
        Instant next = now.plus(Pace.after(outcome, attempt.looks()));
        boolean clear = outcome instanceof Outcome.NotSubmitted;
        tx.save(attempt.waiting(!clear, next, referenceOf(outcome), wordOf(outcome)));
        if (outcome instanceof Outcome.Processing) {
            events.add(of(
                            EventType.RECHARGE_PROCESSING,
                            attempt.account(),
                            attempt.id().value(),
                            now)
                    .about(it.recharge().id().value())
                    .until(next));
        }
        if (outcome instanceof Outcome.NotSubmitted refused && refused.reason() != Outcome.NotSubmitted.Reason.BUSY) {
            events.add(of(
                            EventType.PROVIDER_REFUSED,
                            attempt.account(),
                            attempt.id().value(),
                            now)
                    .about(attempt.id().value())
                    .because(refused.reason().name()));
            log.error(
                    "account={} attempt={} was refused by the provider: {}", attempt.account(), attempt.id(), refused);
        } else {
            log.info(
                    "account={} attempt={} is not decided: {}; next look at {}",
                    attempt.account(),
                    attempt.id(),
                    outcome,
                    next);
        }
    }

    /** The provider never carried the attempt out, and nothing of ours will be sent for it again. */
    void abandon(AccountTransaction tx, OpenRecharge it, String why, Instant now, List<AutoRechargeEvent> events) {
        Attempt attempt = it.attempt();
        tx.save(attempt.in(AttemptState.NOT_CHARGED, now, null, why));
        tx.save(it.recharge().in(RechargeState.ABANDONED, now));
        events.add(
                of(EventType.RECHARGE_ABANDONED, attempt.account(), attempt.id().value(), now)
                        .about(it.recharge().id().value())
                        .because(why));
        log.warn("account={} attempt={} abandoned, nothing was charged: {}", attempt.account(), attempt.id(), why);
    }

    /** Ends suspension and back-off; tells of it when there was a suspension. */
    static void resume(
            AccountTransaction tx, int declinesKept, Instant now, String key, List<AutoRechargeEvent> events) {
        AccountState before = tx.account().state();
        tx.save(before.resumed(declinesKept));
        Suspension stop = before.suspension();
        if (stop != null) {
            events.add(of(EventType.RESUMED, tx.account().id(), key, now)
                    .because(stop.reason().name()));
        }
    }

    private static @Nullable String referenceOf(Outcome outcome) {
        return outcome instanceof Outcome.Processing processing ? processing.providerReference() : null;
    }

    private static String wordOf(Outcome outcome) {
        if (outcome instanceof Outcome.NotSubmitted refused) {
            return refused.reason().name();
        }
        return outcome instanceof Outcome.Processing ? "processing" : "unknown";
    }
}

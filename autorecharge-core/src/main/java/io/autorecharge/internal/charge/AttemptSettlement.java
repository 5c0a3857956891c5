package io.autorecharge.internal.charge;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.credit.AccountId;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.internal.account.AccountTransactions;
import io.autorecharge.internal.account.StandingReader;
import io.autorecharge.internal.pacing.RetryDelays;
import io.autorecharge.internal.reversal.ReversalSettlement;
import io.autorecharge.policy.BackOff;
import io.autorecharge.store.AccountTransaction;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeWithAttempt;
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
public final class AttemptSettlement {
    private static final Logger log = LoggerFactory.getLogger(AttemptSettlement.class);

    private final AccountTransactions transactions;
    private final StandingReader standings;
    private final CaptureSettlement captures;
    private final FailureSettlement failures;

    public AttemptSettlement(
            AccountTransactions transactions, StandingReader standings, ReversalSettlement takeBacks, BackOff backOff) {
        this.transactions = transactions;
        this.standings = standings;
        this.captures = new CaptureSettlement(takeBacks);
        this.failures = new FailureSettlement(backOff);
    }

    /** What the provider reports of an attempt, whichever send brought it about. @return false when the account has no such attempt */
    public boolean settle(AccountId account, AttemptId attempt, Outcome outcome) {
        return settle(account, attempt, outcome, Integer.MAX_VALUE);
    }

    /** @param customerId whom the provider charged, or tried to; an attempt of another customer is left alone */
    public boolean settle(AccountId account, AttemptId attempt, String customerId, Outcome outcome) {
        boolean sameCustomer = transactions.run(account, (tx, now, events) -> {
            Optional<Attempt> foreign = tx.rechargeOf(attempt)
                    .map(RechargeWithAttempt::attempt)
                    .filter(it -> !it.customerId().equals(customerId));
            foreign.ifPresent(it -> ofAnotherCustomer(tx, it, customerId, outcome, now, events));
            return foreign.isEmpty();
        });
        return sameCustomer && settle(account, attempt, outcome);
    }

    private static void ofAnotherCustomer(
            AccountTransaction tx,
            Attempt attempt,
            String customerId,
            Outcome outcome,
            Instant now,
            List<AutoRechargeEvent> events) {
        if (outcome instanceof Outcome.Paid paid) {
            CaptureSettlement.tellMismatch(tx, attempt, customerId, paid, now, events);
        } else {
            log.error(
                    "account={} attempt={} is of {}, yet the provider reports {} of {}; it is not believed",
                    attempt.account(),
                    attempt.id(),
                    attempt.customerId(),
                    outcome,
                    customerId);
        }
    }

    /** @param answeredSend which send of the attempt this answers: 1, 2 … */
    boolean settle(AccountId account, AttemptId attempt, Outcome outcome, int answeredSend) {
        boolean known = transactions.run(account, (tx, now, events) -> {
            Optional<RechargeWithAttempt> found = tx.rechargeOf(attempt);
            if (found.isEmpty()) {
                return false;
            }
            apply(tx, found.get(), ofThisSend(outcome, answeredSend, found.get().attempt()), now, events);
            standings.schedule(tx, now);
            return true;
        });
        if (!known) {
            log.error("account={} attempt={} is unknown here, yet the provider reports {}", account, attempt, outcome);
        }
        return known;
    }

    /** A refusal answers its own send; when another node has sent since, that send is still in doubt. */
    private static Outcome ofThisSend(Outcome outcome, int answeredSend, Attempt attempt) {
        boolean refusal = outcome instanceof Outcome.NotSubmitted
                || (outcome instanceof Outcome.Declined declined && declined.providerReference() == null);
        return refusal && answeredSend < attempt.sends()
                ? new Outcome.Unknown("refused, but a later send is in doubt: " + outcome)
                : outcome;
    }

    /** What {@link #settle} does, as part of a transaction. */
    public void apply(
            AccountTransaction tx,
            RechargeWithAttempt it,
            Outcome outcome,
            Instant now,
            List<AutoRechargeEvent> events) {
        if (outcome instanceof Outcome.Paid paid) {
            captures.paid(tx, it, paid, now, events);
        } else if (it.attempt().state() != AttemptState.OPEN) {
            contradicted(it, outcome, now, events);
            log.debug(
                    "attempt={} is {} already; {} changes nothing",
                    it.attempt().id(),
                    it.attempt().state(),
                    outcome);
        } else if (outcome instanceof Outcome.Declined declined) {
            failures.declined(tx, it, declined, now, events);
        } else if (outcome instanceof Outcome.ActionRequired required) {
            failures.actionRequired(tx, it, required, now, events);
        } else {
            waiting(tx, it, outcome, now, events);
        }
    }

    /** A payment stands, whatever is reported of it later; but a failure of the very same one is for people to look at. */
    private static void contradicted(
            RechargeWithAttempt it, Outcome outcome, Instant now, List<AutoRechargeEvent> events) {
        Attempt attempt = it.attempt();
        String failed = failedReference(outcome);
        if (attempt.state() != AttemptState.PAID || !outcome.isFinal()) {
            return;
        }
        if (failed == null || failed.equals(attempt.providerReference())) {
            events.add(of(EventType.CONTRARY_OUTCOME, attempt.account(), attempt.id() + "/failed", now)
                    .about(attempt.id().value())
                    .because(AttemptState.PAID.name()));
            log.error(
                    "account={} attempt={} is paid, yet the provider reports {}; nothing was taken back",
                    attempt.account(),
                    attempt.id(),
                    outcome);
        }
    }

    private static @Nullable String failedReference(Outcome outcome) {
        if (outcome instanceof Outcome.Declined declined) {
            return declined.providerReference();
        }
        return outcome instanceof Outcome.ActionRequired required ? required.providerReference() : null;
    }

    private void waiting(
            AccountTransaction tx,
            RechargeWithAttempt it,
            Outcome outcome,
            Instant now,
            List<AutoRechargeEvent> events) {
        Attempt attempt = it.attempt();
        Instant next = now.plus(RetryDelays.after(outcome, attempt.checks()));
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
    public void abandon(
            AccountTransaction tx, RechargeWithAttempt it, String why, Instant now, List<AutoRechargeEvent> events) {
        Attempt attempt = it.attempt();
        tx.save(attempt.in(AttemptState.NOT_CHARGED, now, null, why));
        tx.save(it.recharge().in(RechargeState.ABANDONED, now));
        events.add(
                of(EventType.RECHARGE_ABANDONED, attempt.account(), attempt.id().value(), now)
                        .about(it.recharge().id().value())
                        .because(why));
        log.warn("account={} attempt={} abandoned, nothing was charged: {}", attempt.account(), attempt.id(), why);
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

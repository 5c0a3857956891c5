package io.autorecharge.internal.charge;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.credit.AccountId;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.internal.account.AccountTransactions;
import io.autorecharge.internal.account.PaidRecharges;
import io.autorecharge.internal.account.StandingReader;
import io.autorecharge.internal.account.Step;
import io.autorecharge.internal.account.TotalSpending;
import io.autorecharge.internal.pacing.RetryDelays;
import io.autorecharge.internal.reversal.ReversalSettlement;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeWithAttempt;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies an outcome to its attempt. Every outcome is applied here, whatever its source. Applying the same outcome again changes nothing.
 * A success is never refused, however late it is: the money was taken.
 */
public final class AttemptSettlement {
    private static final Logger log = LoggerFactory.getLogger(AttemptSettlement.class);

    private final AccountTransactions transactions;
    private final CaptureSettlement captures;
    private final FailureSettlement failures;
    private final PaidRecharges paidRecharges;
    private final TotalSpending spending;

    public AttemptSettlement(
            AccountTransactions transactions,
            ReversalSettlement reversals,
            StandingReader standingReader,
            TotalSpending spending,
            NextAttempt next) {
        this.paidRecharges = new PaidRecharges(standingReader);
        this.spending = spending;
        this.transactions = transactions;
        this.captures = new CaptureSettlement(reversals);
        this.failures = new FailureSettlement(standingReader, next);
    }

    /**
     * Applies an outcome that the library requested itself, by a charge or a look-up.
     *
     * @return false when the account has no such attempt
     */
    public boolean settle(AccountId account, AttemptId attempt, Outcome outcome) {
        return settled(account, attempt, outcome, Integer.MAX_VALUE, null) != Settled.UNKNOWN_ATTEMPT;
    }

    /**
     * Applies an outcome that was reported from outside, which may name any account and attempt.
     *
     * @return false when the account has no such attempt of this customer
     */
    public boolean settle(ProviderReport.Charge report) {
        return transactions.settle(report.account(), step -> {
            Optional<RechargeWithAttempt> found = step.tx().rechargeOf(report.attempt());
            if (found.isEmpty()) {
                return false;
            }
            Attempt attempt = found.get().attempt();
            if (!attempt.customerId().equals(report.customerId())) {
                ofAnotherCustomer(step, attempt, report.customerId(), report.outcome());
                return false;
            }
            apply(step, found.get(), report.outcome());
            return true;
        });
    }

    private static void ofAnotherCustomer(Step step, Attempt attempt, String customerId, Outcome outcome) {
        if (outcome instanceof Outcome.Paid paid) {
            CaptureSettlement.publishMismatch(step, attempt, customerId, paid);
        } else {
            log.error(
                    "account={} attempt={} belongs to customer {}, but the provider reports {} for {}; the report is ignored",
                    attempt.account(),
                    attempt.id(),
                    attempt.customerId(),
                    outcome,
                    customerId);
        }
    }

    /**
     * @param answeredSend which request of the attempt this answers: 1, 2 …
     * @param stampedCustomer the customer that turned out to be this installation's; null when that was not asked
     * @return whether another attempt of the recharge waits to be sent
     */
    boolean settleSend(
            AccountId account, AttemptId attempt, Outcome outcome, int answeredSend, @Nullable String stampedCustomer) {
        Settled settled = settled(account, attempt, outcome, answeredSend, stampedCustomer);
        return settled == Settled.GOES_ON;
    }

    private enum Settled {
        UNKNOWN_ATTEMPT,
        SETTLED,
        /** The attempt has failed, and the recharge goes on with another payment method. */
        GOES_ON
    }

    private Settled settled(
            AccountId account, AttemptId attempt, Outcome outcome, int answeredSend, @Nullable String stampedCustomer) {
        Settled settled = transactions.settle(account, step -> {
            Optional<RechargeWithAttempt> found = step.tx().rechargeOf(attempt);
            if (found.isEmpty()) {
                return Settled.UNKNOWN_ATTEMPT;
            }
            apply(
                    step,
                    found.get(),
                    ofThisSend(outcome, answeredSend, found.get().attempt()));
            if (stampedCustomer != null) {
                CustomerStamps.record(step, stampedCustomer);
            }
            return goesOn(step, found.get()) ? Settled.GOES_ON : Settled.SETTLED;
        });
        if (settled == Settled.UNKNOWN_ATTEMPT) {
            log.error("account={} attempt={} is unknown here, but the provider reports {}", account, attempt, outcome);
        }
        return settled;
    }

    private static boolean goesOn(Step step, RechargeWithAttempt before) {
        return before.attempt().number() < before.recharge().maxAttempts()
                && step.tx()
                        .openRecharge()
                        .map(RechargeWithAttempt::attempt)
                        .filter(open -> open.number() > before.attempt().number() && open.sends() == 0)
                        .isPresent();
    }

    /** A refusal answers its own request; when another node has sent the attempt since, that request is still in doubt. */
    private static Outcome ofThisSend(Outcome outcome, int answeredSend, Attempt attempt) {
        boolean refusal = outcome instanceof Outcome.NotSubmitted
                || (outcome instanceof Outcome.Declined declined && declined.providerReference() == null);
        return refusal && answeredSend < attempt.sends()
                ? new Outcome.Unknown("refused, but a later send is in doubt: " + outcome)
                : outcome;
    }

    /** Counts a charge that the database had lost toward the attempts of its card, and the limits over all accounts. */
    public void count(Step step, RechargeWithAttempt lost) {
        countCard(step, lost.attempt());
        spending.restored(step, lost);
    }

    /** Counts an attempt that the database had lost toward those of its card only: its recharge has reserved its price. */
    public static void countCard(Step step, Attempt lost) {
        step.tx().claimCard(lost.card(), lost.id(), lost.firstSentAt(), lost.firstSentAt(), Integer.MAX_VALUE);
    }

    /** Applies an outcome within a step. */
    public void apply(Step step, RechargeWithAttempt it, Outcome outcome) {
        applied(step, it, outcome);
        spending.settled(step, it);
        if (outcome instanceof Outcome.Paid && it.attempt().state() != AttemptState.PAID && isPaid(step, it)) {
            paidRecharges.paid(step, it.recharge().openedAt());
        }
    }

    private static boolean isPaid(Step step, RechargeWithAttempt before) {
        return step.tx()
                .rechargeOf(before.attempt().id())
                .filter(it -> it.attempt().state() == AttemptState.PAID)
                .isPresent();
    }

    private void applied(Step step, RechargeWithAttempt it, Outcome outcome) {
        if (outcome instanceof Outcome.Paid paid) {
            captures.settlePaid(step, it, paid);
        } else if (it.attempt().state() != AttemptState.OPEN) {
            contradicted(step, it, outcome);
            log.debug(
                    "attempt={} is already {}; {} is ignored",
                    it.attempt().id(),
                    it.attempt().state(),
                    outcome);
        } else if (outcome instanceof Outcome.Declined declined) {
            failures.settleDecline(step, it, declined);
        } else if (outcome instanceof Outcome.ActionRequired required) {
            failures.settleActionRequired(step, it, required);
        } else if (outcome instanceof Outcome.NotSubmitted refused
                && refused.reason() == Outcome.NotSubmitted.Reason.REJECTED) {
            rejected(step, it, refused);
        } else {
            waiting(step, it, outcome);
        }
    }

    private void rejected(Step step, RechargeWithAttempt it, Outcome.NotSubmitted refused) {
        Attempt attempt = it.attempt();
        Attempt counted =
                attempt.refused(step.now().plus(RetryDelays.after(refused, attempt.checks())), wordOf(refused));
        publishRefusal(step, attempt, refused);
        step.tx().save(counted);
        if (counted.refusals() >= FailureSettlement.MAX_REFUSALS) {
            failures.settleRefusal(step, new RechargeWithAttempt(it.recharge(), counted), refused);
        }
    }

    private static void publishRefusal(Step step, Attempt attempt, Outcome.NotSubmitted refused) {
        step.publish(
                of(EventType.PROVIDER_REFUSED, attempt.account(), attempt.id().value(), step.now())
                        .about(attempt.id().value())
                        .because(refused.reason().name()));
        log.error("account={} attempt={} was refused by the provider: {}", attempt.account(), attempt.id(), refused);
    }

    /** A payment remains valid, whatever is reported later. Operators are notified if it is reported as failed. */
    private static void contradicted(Step step, RechargeWithAttempt it, Outcome outcome) {
        Attempt attempt = it.attempt();
        String failed = failedReference(outcome);
        if (attempt.state() != AttemptState.PAID || !outcome.isFinal()) {
            return;
        }
        if (failed == null || failed.equals(attempt.providerReference())) {
            step.publish(of(EventType.CONTRARY_OUTCOME, attempt.account(), attempt.id() + "/failed", step.now())
                    .about(attempt.id().value())
                    .because(AttemptState.PAID.name()));
            log.error(
                    "account={} attempt={} is paid, but the provider reports {}; the credits stay",
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

    private void waiting(Step step, RechargeWithAttempt it, Outcome outcome) {
        Attempt attempt = it.attempt();
        Instant next = step.now().plus(RetryDelays.after(outcome, attempt.checks()));
        boolean clear = outcome instanceof Outcome.NotSubmitted;
        step.tx().save(attempt.waiting(!clear, next, referenceOf(outcome), wordOf(outcome)));
        if (outcome instanceof Outcome.Processing) {
            step.publish(of(
                            EventType.RECHARGE_PROCESSING,
                            attempt.account(),
                            attempt.id().value(),
                            step.now())
                    .about(it.recharge().id().value())
                    .until(next));
        }
        if (outcome instanceof Outcome.NotSubmitted refused && refused.reason() != Outcome.NotSubmitted.Reason.BUSY) {
            publishRefusal(step, attempt, refused);
        } else {
            log.info(
                    "account={} attempt={} has no final outcome: {}; next check at {}",
                    attempt.account(),
                    attempt.id(),
                    outcome,
                    next);
        }
    }

    /** The provider never executed the attempt, and nothing will be sent for it again. */
    public void abandon(Step step, RechargeWithAttempt it, String why) {
        Attempt attempt = it.attempt();
        step.tx().save(attempt.in(AttemptState.NOT_CHARGED, step.now(), null, why));
        if (FailureSettlement.end(step, it.recharge(), attempt, RechargeState.ABANDONED) == RechargeState.ABANDONED) {
            publishAbandoned(step, it, why);
        }
        spending.settled(step, it);
    }

    private static void publishAbandoned(Step step, RechargeWithAttempt it, String why) {
        Attempt attempt = it.attempt();
        step.publish(
                of(EventType.RECHARGE_ABANDONED, attempt.account(), attempt.id().value(), step.now())
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

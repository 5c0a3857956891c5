package io.autorecharge.internal.checkout;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;
import static java.util.Comparator.reverseOrder;

import io.autorecharge.credit.AccountId;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.event.AutoRechargeObserver.Question;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutGateway;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.gateway.TooManyRequestsException;
import io.autorecharge.internal.account.AccountTransactions;
import io.autorecharge.internal.account.Recovery;
import io.autorecharge.internal.account.Step;
import io.autorecharge.internal.charge.CheckoutLookUps;
import io.autorecharge.internal.pacing.PeopleTurns;
import io.autorecharge.internal.pacing.RateLimiter;
import io.autorecharge.internal.pacing.RetryDelays;
import io.autorecharge.internal.thread.FailureLog;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.RechargeState;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkouts that are not decided yet: looks them up at the provider, and grants each once, however often its payment is reported, and
 * by whom.
 */
public final class OpenCheckouts implements CheckoutLookUps {
    private static final Logger log = LoggerFactory.getLogger(OpenCheckouts.class);
    private static final FailureLog FAILURES = new FailureLog(log, System::nanoTime);

    /** A session that was never created, or whose creation was never confirmed, is given up after this time. */
    private static final Duration NOT_CREATED = Duration.ofHours(1);

    /** A session that the provider cannot report on is given up after this time; the slowest payments end within two weeks. */
    private static final Duration UNANSWERED = Duration.ofDays(30);

    /**
     * An account with many sessions must not delay others: each check handles those that have been due longest, the next check the rest.
     */
    private static final int SESSIONS_PER_CHECK = 5;

    private final AccountTransactions transactions;
    private final CheckoutGateway gateway;
    private final RateLimiter rateLimiter;
    private final PeopleTurns people;
    private final CheckoutSettlement settlement;
    private final Clock clock;
    private final AutoRechargeObserver observer;

    public OpenCheckouts(
            AccountTransactions transactions,
            CheckoutGateway gateway,
            RateLimiter rateLimiter,
            PeopleTurns people,
            CheckoutSettlement settlement,
            Clock clock,
            AutoRechargeObserver observer) {
        this.transactions = transactions;
        this.gateway = gateway;
        this.rateLimiter = rateLimiter;
        this.people = people;
        this.settlement = settlement;
        this.clock = clock;
        this.observer = observer;
    }

    /**
     * Looks up the open checkouts of an account at the provider for a person who waits, and settles them: the recovery of a recharge, and
     * the newest others. What is left is looked up in the background.
     *
     * @throws TooManyRequestsException when the account asks too often, or too many people wait already
     */
    public void checkAll(AccountId account) {
        if (!transactions.read(account, step -> step.tx().openCheckouts()).isEmpty()) {
            transactions
                    .run(account, step -> claim(step, forPerson(step)))
                    .forEach(checkout -> ask(checkout, () -> {
                        people.await(account);
                        return true;
                    }));
        }
    }

    /**
     * Closes checkouts at the provider, so that they cannot be paid any more, and settles what became of them.
     *
     * @throws GatewayException when the provider cannot be reached or refuses
     * @throws TooManyRequestsException when the account asks too often, or too many people wait already
     */
    void close(List<Checkout> checkouts) {
        for (Checkout checkout : checkouts) {
            String session = checkout.sessionId();
            if (session != null) {
                people.await(checkout.account());
                settle(checkout.account(), checkout.id(), gateway.closeSession(session));
            }
        }
    }

    private static List<Checkout> forPerson(Step step) {
        return step.tx().openCheckouts().stream()
                .sorted(comparing((Checkout it) -> it.recovers() == null)
                        .thenComparing(Checkout::createdAt, reverseOrder()))
                .limit(SESSIONS_PER_CHECK)
                .toList();
    }

    @Override
    public List<Checkout> claimDue(Step step) {
        return claim(
                step,
                step.tx().openCheckouts().stream()
                        .filter(it ->
                                it.nextCheckAt() == null || !it.nextCheckAt().isAfter(step.now()))
                        .sorted(comparing(Checkout::nextCheckAt, nullsFirst(naturalOrder())))
                        .limit(SESSIONS_PER_CHECK)
                        .toList());
    }

    private static List<Checkout> claim(Step step, List<Checkout> checkouts) {
        checkouts.forEach(it -> step.tx().save(it.askedAgainAt(step.now().plus(RetryDelays.ofCheckout(it.checks())))));
        return checkouts;
    }

    @Override
    public void lookUp(List<Checkout> claimed) {
        for (Checkout checkout : claimed) {
            if (!ask(checkout, () -> rateLimiter.take(RateLimiter.Line.RECHARGES))) {
                return;
            }
        }
    }

    /**
     * Looks one up.
     *
     * @param turn waits for the turn to call the provider; false when this thread is to stop
     * @return false when this thread is to stop
     */
    private boolean ask(Checkout checkout, BooleanSupplier turn) {
        String session = checkout.sessionId();
        if (session == null) {
            if (isPast(checkout, NOT_CREATED)) {
                settle(checkout.account(), checkout.id(), new CheckoutOutcome.Closed("the session was never created"));
            }
            return true;
        }
        try {
            boolean close = checkout.recovers() != null && mustNotBePaid(checkout.account(), checkout.recovers());
            if (!turn.getAsBoolean()) {
                return false;
            }
            CheckoutOutcome outcome = close ? gateway.closeSession(session) : gateway.lookUp(session);
            observer.asked(Question.PAGE, true);
            settle(checkout.account(), checkout.id(), outcome);
        } catch (GatewayException e) {
            observer.asked(Question.PAGE, false);
            FAILURES.failed(
                    "account=" + checkout.account() + " checkout=" + checkout.id() + " could not be looked up", e);
            if (isPast(checkout, UNANSWERED)) {
                settle(
                        checkout.account(),
                        checkout.id(),
                        new CheckoutOutcome.Closed("the provider could not report on it for " + UNANSWERED));
            }
        }
        return true;
    }

    /** A checkout must not be paid when its recharge was paid after all, or the user does not want it any more. */
    private boolean mustNotBePaid(AccountId account, AttemptId attempt) {
        return transactions.read(
                account,
                step -> step.tx()
                        .rechargeOf(attempt)
                        .filter(it -> it.recharge().state() == RechargeState.PAID
                                || !Recovery.isWanted(step.account(), step.tx().methods(), it))
                        .isPresent());
    }

    private boolean isPast(Checkout checkout, Duration life) {
        return clock.instant().isAfter(checkout.createdAt().plus(life));
    }

    /** Applies what the provider answered about a session that is known to be this checkout's. */
    private void settle(AccountId account, CheckoutId id, CheckoutOutcome outcome) {
        transactions.settle(account, step -> {
            step.tx().checkout(id).ifPresent(checkout -> settlement.apply(step, checkout, outcome));
            return account;
        });
    }

    /**
     * Applies what was reported from outside, which may name any account and checkout.
     *
     * @return false when the account has no such checkout with this session and customer; nothing was changed then
     */
    public boolean settle(ProviderReport.Checkout report) {
        return transactions.settle(report.account(), step -> {
            Optional<Checkout> found = step.tx().checkout(report.checkout());
            boolean own = found.filter(it -> isOwn(step, it, report)).isPresent();
            found.ifPresent(checkout -> {
                if (own) {
                    settlement.apply(step, checkout, report.outcome());
                } else if (report.outcome() instanceof CheckoutOutcome.Paid paid) {
                    CheckoutSettlement.publishMismatch(step, checkout, paid);
                }
            });
            return own;
        });
    }

    /**
     * Anyone with access to the Stripe account can copy the library's ids to another session, so the customer and the session's id decide
     * whose payment it is.
     */
    private static boolean isOwn(Step step, Checkout checkout, ProviderReport.Checkout report) {
        String customer = step.account().customerId();
        String session = checkout.sessionId();
        return (customer == null || customer.equals(report.customerId()))
                && (session == null || session.equals(report.sessionId()));
    }
}

package io.autorecharge.internal.charge;

import io.autorecharge.credit.AccountId;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.gateway.CustomerOwner;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.TooManyRequestsException;
import io.autorecharge.internal.pacing.PeopleTurns;
import io.autorecharge.internal.pacing.RateLimiter;
import io.autorecharge.internal.thread.FailureLog;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.RechargeWithAttempt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls the gateway: rate-limited, measured, and always with a result. An exception leaves the attempt in doubt. */
public final class GatewayCalls {
    private static final Logger log = LoggerFactory.getLogger(GatewayCalls.class);
    private static final FailureLog FAILURES = new FailureLog(log, System::nanoTime);

    private final Gateway gateway;
    private final RateLimiter rateLimiter;
    private final PeopleTurns people;
    private final Clock clock;
    private final AutoRechargeObserver observer;

    public GatewayCalls(
            Gateway gateway, RateLimiter rateLimiter, PeopleTurns people, Clock clock, AutoRechargeObserver observer) {
        this.gateway = gateway;
        this.rateLimiter = rateLimiter;
        this.people = people;
        this.clock = clock;
        this.observer = observer;
    }

    /**
     * Sends a claimed attempt. The caller has used its turn.
     *
     * @param earlierInDoubt whether a request before this one had no clear answer
     */
    Outcome charge(RechargeWithAttempt open, boolean earlierInDoubt) {
        Attempt attempt = open.attempt();
        Instant before = clock.instant();
        if (!before.isBefore(attempt.nextCheckAt())) {
            // This thread was delayed for so long that another node may have taken over, or the key may be forgotten.
            return new Outcome.Unknown("the lease ended before the request was sent");
        }
        Outcome outcome = answer(open, earlierInDoubt);
        observer.charged(attempt.account(), outcome, Duration.between(before, clock.instant()));
        return outcome;
    }

    private Outcome answer(RechargeWithAttempt open, boolean earlierInDoubt) {
        Outcome outcome;
        try {
            outcome = gateway.charge(open.request(earlierInDoubt));
        } catch (RuntimeException e) {
            FAILURES.failed(
                    "account=" + open.attempt().account() + " attempt="
                            + open.attempt().id() + ": the gateway threw an exception, so the outcome is unknown",
                    e);
            return new Outcome.Unknown(e.getClass().getName());
        }
        if (earlierInDoubt && outcome instanceof Outcome.NotSubmitted refused) {
            // The refusal answers this request; an earlier one may have charged.
            return new Outcome.Unknown("refused now, but an earlier request is in doubt: " + refused.detail());
        }
        return outcome;
    }

    /** Marks a customer as this installation's, unless it is another's; never throws because of the provider. */
    CustomerOwner stampCustomer(AccountId account, String customer, InstallationId installation) {
        return rateLimiter.take(RateLimiter.Line.RECHARGES)
                ? stamped(account, customer, installation)
                : CustomerOwner.NOT_ANSWERED;
    }

    /**
     * As {@link #stampCustomer}, for a person who waits.
     *
     * @throws TooManyRequestsException when too many people wait already
     */
    CustomerOwner stampCustomerFor(AccountId account, String customer, InstallationId installation) {
        people.await(account);
        return stamped(account, customer, installation);
    }

    private CustomerOwner stamped(AccountId account, String customer, InstallationId installation) {
        try {
            return gateway.stampCustomer(customer, installation);
        } catch (RuntimeException e) {
            log.error("account={} customer={}: the gateway threw an exception", account, customer, e);
            return CustomerOwner.NOT_ANSWERED;
        }
    }

    /** Reports an attempt that was not sent as if the provider had answered so. */
    Outcome notSent(Attempt attempt, Outcome why) {
        observer.charged(attempt.account(), why, Duration.ZERO);
        return why;
    }

    /** Looks up an attempt for the background. */
    public LookUp lookUp(Attempt attempt) {
        return rateLimiter.take(RateLimiter.Line.RECHARGES)
                ? lookedUp(attempt)
                : new LookUp.Failed(false, "interrupted before its turn");
    }

    /**
     * Looks up an attempt for a person who waits.
     *
     * @throws TooManyRequestsException when too many people wait already
     */
    public LookUp lookUpFor(AccountId account, Attempt attempt) {
        people.await(account);
        return lookedUp(attempt);
    }

    private LookUp lookedUp(Attempt attempt) {
        LookUp answer = ask(attempt);
        observer.asked(AutoRechargeObserver.Question.ATTEMPT, !(answer instanceof LookUp.Failed));
        return answer;
    }

    private LookUp ask(Attempt attempt) {
        try {
            return gateway.lookUp(attempt.lookUp());
        } catch (RuntimeException e) {
            FAILURES.failed(
                    "account=" + attempt.account() + " attempt=" + attempt.id()
                            + ": the gateway threw an exception during a look-up",
                    e);
            return new LookUp.Failed(false, e.getClass().getName());
        }
    }
}

package io.autorecharge.internal.pacing;

import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.RequestBudget;
import io.autorecharge.gateway.TooManyRequestsException;
import java.time.Duration;

/** Turns to call the provider for people who wait: bounded per account, and bounded in the time that they wait. */
public final class PeopleTurns {
    private final RateLimiter limiter;
    private final RequestBudget budget;
    private final Duration patience;

    public PeopleTurns(RateLimiter limiter, RequestBudget budget, Duration patience) {
        this.limiter = limiter;
        this.budget = budget;
        this.patience = patience;
    }

    /**
     * Waits for a turn.
     *
     * @throws TooManyRequestsException when the account has used its budget, too many people wait already, or the thread is interrupted
     */
    public void await(AccountId account) {
        budget.use(account);
        if (!limiter.take(RateLimiter.Line.PEOPLE, patience)) {
            throw new TooManyRequestsException("too many people are being served, please try again", patience);
        }
    }
}

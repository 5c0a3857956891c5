package io.autorecharge.internal.checkout;

import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.TooManyRequestsException;
import io.autorecharge.internal.account.AccountTransactions;
import io.autorecharge.internal.account.Step;
import io.autorecharge.policy.PeopleLimits;
import io.autorecharge.store.Checkout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Bounds how many checkouts one account has: testing stolen cards needs many payment pages, and every open one must be looked up. Who reaches
 * the bound of open ones still gets a new one, and the oldest is closed at the provider.
 */
public final class CheckoutRoom {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LATER = Duration.ofMinutes(10);

    private final AccountTransactions transactions;
    private final OpenCheckouts openCheckouts;
    private final PeopleLimits limits;

    public CheckoutRoom(AccountTransactions transactions, OpenCheckouts openCheckouts, PeopleLimits limits) {
        this.transactions = transactions;
        this.openCheckouts = openCheckouts;
        this.limits = limits;
    }

    /**
     * Closes the oldest open checkouts until there is room for one more.
     *
     * @throws TooManyRequestsException when the account has opened too many within the hour; nothing was closed then
     */
    void make(AccountId account) {
        List<Checkout> created = transactions.read(account, step -> {
            requireHour(step);
            return created(step);
        });
        int tooMany = created.size() + 1 - limits.openCheckouts();
        if (tooMany > 0) {
            // A database from before this limit may hold many: each request closes a few of them.
            openCheckouts.close(created.subList(0, Math.min(tooMany, limits.openCheckouts())));
        }
    }

    /**
     * The last check, in the transaction that writes the new checkout.
     *
     * @throws TooManyRequestsException when there is no room
     */
    void require(Step step) {
        requireHour(step);
        if (created(step).size() >= limits.openCheckouts()) {
            throw new TooManyRequestsException("too many purchases are unfinished, please try again later", LATER);
        }
    }

    private void requireHour(Step step) {
        List<Instant> opened = step.tx().checkoutsSince(step.now().minus(HOUR));
        if (opened.size() >= limits.checkoutsPerHour()) {
            Instant room = opened.get(opened.size() - limits.checkoutsPerHour()).plus(HOUR);
            throw new TooManyRequestsException(
                    "too many purchases were begun within an hour, please try again later",
                    Duration.between(step.now(), room));
        }
    }

    /** Oldest first. The checkout of a recharge is bound to that recharge, and one without a session has no page. */
    private static List<Checkout> created(Step step) {
        return step.tx().openCheckouts().stream()
                .filter(it -> it.recovers() == null && it.sessionId() != null)
                .toList();
    }
}

package io.autorecharge.internal.account;

import io.autorecharge.credit.AccountId;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.internal.event.EventDelivery;
import io.autorecharge.store.AfterCommit;
import io.autorecharge.store.RechargeStore;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;

/**
 * Runs the steps of the protocol. Each step that may change something ends by scheduling the account's next check, so that no account is
 * forgotten. Its events are delivered after the commit. The store may run a step again after a conflict, so steps have no other effects.
 */
public final class AccountTransactions {
    private final RechargeStore store;
    private final StandingReader standings;
    private final EventDelivery delivery;
    private final Clock clock;
    private final AfterCommit afterCommit;

    public AccountTransactions(
            RechargeStore store,
            StandingReader standings,
            EventDelivery delivery,
            Clock clock,
            AfterCommit afterCommit) {
        this.store = store;
        this.standings = standings;
        this.delivery = delivery;
        this.clock = clock;
        this.afterCommit = afterCommit;
    }

    /** Runs a step that may change the account, and schedules its next check. */
    public <T> T run(AccountId account, Function<Step, T> work) {
        if (store.isHostTransactionOpen()) {
            return runInHosts(account, work);
        }
        Committed<T> committed = store.inTransaction(account, tx -> {
            Step step = new Step(new CachingTransaction(tx), now());
            T result = work.apply(step);
            standings.schedule(step);
            return new Committed<>(result, step.flush());
        });
        delivery.deliver(committed.events());
        return committed.result();
    }

    /**
     * Runs a step in the host's transaction. Under the host's isolation the step may not see everything that is needed to compute the next due
     * time, so the account becomes due, and its next check computes it.
     */
    private <T> T runInHosts(AccountId account, Function<Step, T> work) {
        Committed<T> joined = store.inTransaction(account, tx -> {
            Step step = new Step(new CachingTransaction(tx), now());
            T result = work.apply(step);
            standings.makeDue(step);
            return new Committed<>(result, step.flush());
        });
        // Without a hook nobody knows when the host commits; the events are delivered from the outbox, as after a crash.
        if (afterCommit != AfterCommit.IMMEDIATELY) {
            afterCommit.run(() -> delivery.deliver(joined.events()));
        }
        return joined.result();
    }

    /** Runs a step that only reads, under the account's lock; what it writes or publishes is refused. */
    public <T> T read(AccountId account, Function<Step, T> work) {
        return store.inTransaction(account, tx -> work.apply(new Step(CachingTransaction.readOnly(tx), now())));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private record Committed<T>(T result, List<AutoRechargeEvent> events) {}
}

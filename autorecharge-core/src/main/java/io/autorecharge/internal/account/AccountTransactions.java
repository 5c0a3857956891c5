package io.autorecharge.internal.account;

import io.autorecharge.credit.AccountId;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.internal.event.EventDelivery;
import io.autorecharge.internal.externalledger.ExternalLedgerTransaction;
import io.autorecharge.store.AccountTransaction;
import io.autorecharge.store.RechargeStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Runs one step of the protocol in a transaction, and tells its events when it has been committed. */
public final class AccountTransactions {
    private final RechargeStore store;
    private final EventDelivery outbox;
    private final Clock clock;

    public AccountTransactions(RechargeStore store, EventDelivery outbox, Clock clock) {
        this.store = store;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** A step: what it does to the account, at what time, and where it puts its events. */
    public interface Step<T> {
        T run(AccountTransaction tx, Instant now, List<AutoRechargeEvent> events);
    }

    public <T> T run(AccountId account, Step<T> step) {
        Committed<T> committed = store.inTransaction(account, tx -> {
            // The store may run this again after a conflict: nothing may survive from the first time.
            List<AutoRechargeEvent> events = new ArrayList<>();
            T result = step.run(tx, clock.instant(), events);
            return new Committed<>(
                    result,
                    events.stream()
                            .map(event -> ExternalLedgerTransaction.told(tx, event))
                            .filter(tx::publish)
                            .toList());
        });
        outbox.deliver(committed.events());
        return committed.result();
    }

    private record Committed<T>(T result, List<AutoRechargeEvent> events) {}
}

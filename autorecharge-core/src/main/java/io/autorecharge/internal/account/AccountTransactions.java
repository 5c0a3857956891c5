package io.autorecharge.internal.account;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.internal.event.EventDelivery;
import io.autorecharge.policy.NegativeBalance;
import io.autorecharge.store.AfterCommit;
import io.autorecharge.store.OwedEntries;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.StoreException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the steps of the protocol. Each step that may change something ends by scheduling the account's next check, so that no account is
 * forgotten. Its events are delivered after the commit. The store may run a step again after a conflict, so steps have no other effects.
 */
public final class AccountTransactions {
    private static final Logger log = LoggerFactory.getLogger(AccountTransactions.class);

    private final RechargeStore store;
    private final DueTimes dueTimes;
    private final EventDelivery delivery;
    private final Clock clock;
    private final AfterCommit afterCommit;
    private final OwedBooking owed;

    /**
     * @param smallest every amount in the ledger is a multiple of it
     * @param negative what happens when a reversal would make a balance negative
     */
    public AccountTransactions(
            RechargeStore store,
            StandingReader standingReader,
            EventDelivery delivery,
            Clock clock,
            Credits smallest,
            NegativeBalance negative,
            AfterCommit afterCommit) {
        this.store = store;
        this.dueTimes = new DueTimes(standingReader);
        this.delivery = delivery;
        this.clock = clock;
        this.afterCommit = afterCommit;
        this.owed = new OwedBooking(this, new PaymentBooking(smallest, negative));
    }

    /** Runs a step that may change the account, and schedules its next check. */
    public <T> T run(AccountId account, Function<Step, T> work) {
        return store.isHostTransactionOpen() ? runInHosts(account, work) : inAccount(account, null, work);
    }

    /**
     * Runs a step that settles a payment. The money was taken, so it is recorded in any case: when the database refuses the step because of
     * its ledger entries, the step is run again and the entries are owed.
     */
    public <T> T settle(AccountId account, Function<Step, T> work) {
        String refusal;
        try {
            return run(account, work);
        } catch (StoreException e) {
            if (!e.isRefusal()) {
                throw e;
            }
            refusal = refused(account, e);
        } catch (ArithmeticException e) {
            refusal = refused(account, e);
        }
        try {
            return inAccount(account, refusal, work);
        } catch (StoreException e) {
            if (!e.isRefusal()) {
                throw e;
            }
            log.error("account={}: the account's row cannot be changed either; only its state is", account, e);
            return inState(account, refusal, work);
        }
    }

    /**
     * Runs a step that must not depend on the account's row or balance: a stop. Entries that it {@link Step#owe owes} are posted
     * afterwards.
     */
    public <T> T stop(AccountId account, Function<Step, T> work) {
        return inState(account, work);
    }

    /** Tries the entries that are owed to the account and due. A refusal is recorded and not thrown. */
    public void bookOwed(AccountId account) {
        owed.book(account);
    }

    private static String refused(AccountId account, RuntimeException e) {
        log.error(
                "account={}: the database refused to settle a payment; it is recorded without its entries", account, e);
        return Refusals.describe(e);
    }

    /**
     * The database refused a step before it could try what is owed to the account: the entries wait as if they had been refused
     * themselves.
     *
     * @return whether anything was due
     */
    public boolean owedRefused(AccountId account, StoreException refusal) {
        List<OwedEntries> due = owed(account).stream()
                .filter(it -> it.nextAt() != null && !it.nextAt().isAfter(now()))
                .toList();
        due.forEach(it -> owed.refused(account, it.providerReference(), Refusals.describe(refusal)));
        return !due.isEmpty();
    }

    List<OwedEntries> owed(AccountId account) {
        return store.owed(account);
    }

    <T> T inAccount(AccountId account, @Nullable String refusal, Function<Step, T> work) {
        return ended(
                account,
                store.inTransaction(
                        account, tx -> step(new Step(new CachingTransaction(tx), now(), refusal, false), work)));
    }

    <T> T inState(AccountId account, Function<Step, T> work) {
        return inState(account, null, work);
    }

    private <T> T inState(AccountId account, @Nullable String refusal, Function<Step, T> work) {
        return ended(
                account,
                store.inStateTransaction(
                        account, tx -> step(new Step(new CachingTransaction(tx), now(), refusal, true), work)));
    }

    private <T> Committed<T> step(Step step, Function<Step, T> work) {
        T result = work.apply(step);
        dueTimes.schedule(step);
        return new Committed<>(result, step.flush(), step.owesNow());
    }

    private <T> T ended(AccountId account, Committed<T> committed) {
        delivery.deliver(committed.events());
        if (committed.owesNow()) {
            bookNow(account);
        }
        return committed.result();
    }

    /**
     * Runs a step in the host's transaction. Under the host's isolation the step may not see everything that is needed to compute the next due
     * time, so the account becomes due, and its next check computes it.
     */
    private <T> T runInHosts(AccountId account, Function<Step, T> work) {
        Committed<T> joined = store.inTransaction(account, tx -> {
            Step step = new Step(new CachingTransaction(tx), now(), null, false);
            T result = work.apply(step);
            DueTimes.makeDue(step);
            return new Committed<>(result, step.flush(), false);
        });
        // Without a hook nobody knows when the host commits; the events are delivered from the outbox, as after a
        // crash.
        if (afterCommit != AfterCommit.IMMEDIATELY) {
            afterCommit.run(() -> delivery.deliver(joined.events()));
        }
        return joined.result();
    }

    /** Never throws: what is owed is committed, and the account's next check tries it. */
    private void bookNow(AccountId account) {
        try {
            owed.book(account);
        } catch (RuntimeException e) {
            log.warn("account={}: recorded entries could not be posted now; the next check posts them", account, e);
        }
    }

    /** Runs a step that only reads, under the account's lock; what it writes or publishes is refused. */
    public <T> T read(AccountId account, Function<Step, T> work) {
        return store.inTransaction(account, tx -> work.apply(new Step(CachingTransaction.readOnly(tx), now())));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private record Committed<T>(T result, List<AutoRechargeEvent> events, boolean owesNow) {}
}

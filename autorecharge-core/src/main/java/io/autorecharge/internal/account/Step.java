package io.autorecharge.internal.account;

import io.autorecharge.account.Account;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.policy.Decision;
import io.autorecharge.store.AccountTransaction;
import io.autorecharge.store.OwedEntries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of the protocol: a transaction on one account, the time it runs at, and the events it publishes. Everything in it is committed
 * together. The transaction remembers what was read and what was saved, so asking twice costs one query. Used by one thread.
 */
public final class Step {
    private final CachingTransaction tx;
    private final Instant now;
    private Decision.@Nullable Hold hold;
    private final List<AutoRechargeEvent> events = new ArrayList<>();
    private final @Nullable String refusal;
    private final boolean ofState;
    private boolean owesNow;
    private @Nullable Account policyOf;
    private @Nullable AccountPolicy policy;

    Step(CachingTransaction tx, Instant now) {
        this(tx, now, null, false);
    }

    /**
     * @param refusal see {@link #refusal}
     * @param ofState whether only the account's state is locked
     */
    Step(CachingTransaction tx, Instant now, @Nullable String refusal, boolean ofState) {
        this.tx = tx;
        this.now = now;
        this.refusal = refusal;
        this.ofState = ofState;
    }

    /**
     * Why the database refused this step's entries when it ran before. They are recorded as owed then, so that the rest of the step can be
     * committed. Null when they are to be posted.
     */
    @Nullable
    String refusal() {
        return refusal;
    }

    /** Whether settings, customer and payment method can be saved: not when only the account's state is locked. */
    public boolean canChangeAccount() {
        return !ofState;
    }

    /** Records entries that are posted right after this step, in a transaction of their own. */
    public void owe(OwedEntries owed) {
        tx.save(owed);
        owesNow = true;
    }

    boolean owesNow() {
        return owesNow;
    }

    /** The account's transaction. */
    public AccountTransaction tx() {
        return tx;
    }

    /** The account as it stands now, with what this step has changed. */
    public Account account() {
        return tx.account();
    }

    /** The one time of this step, to the microsecond that databases keep. */
    public Instant now() {
        return now;
    }

    /** The policy of an account, which is asked for once as long as the account stays the same. */
    AccountPolicy policy(Account asked, Policies policies) {
        AccountPolicy known = policy;
        if (known == null || !asked.equals(policyOf)) {
            known = policies.of(asked);
            policyOf = asked;
            policy = known;
        }
        return known;
    }

    /** The account is not charged in this step, whatever its standing says; its next check follows from this hold. */
    public void hold(Decision.Hold value) {
        hold = value;
    }

    Decision.@Nullable Hold hold() {
        return hold;
    }

    /** Publishes an event with this step; listeners are notified after the commit. */
    public void publish(AutoRechargeEvent event) {
        tx.requireWritable();
        events.add(event);
    }

    /**
     * Writes what is still queued.
     *
     * @return the events that are new; one that was published by an earlier step is left out
     */
    List<AutoRechargeEvent> flush() {
        tx.flush();
        boolean balanceKnown = tx.balanceState(now).known();
        List<AutoRechargeEvent> fresh = events.stream()
                .map(event -> balanceKnown ? event : event.withoutBalance())
                .filter(tx::publish)
                .toList();
        tx.flushLast();
        return fresh;
    }
}

package io.autorecharge.internal.externalledger;

import io.autorecharge.credit.AccountId;
import io.autorecharge.internal.pacing.RetryDelays;
import io.autorecharge.internal.thread.FailureLog;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.PendingPosting;
import io.autorecharge.store.PendingPostings;
import io.autorecharge.store.RechargeStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers grants to an external ledger: in order, outside any transaction, and again until the ledger confirms them. Two nodes may deliver
 * the same grant, since its reference is the same.
 */
final class GrantDelivery {
    private static final Logger log = LoggerFactory.getLogger(GrantDelivery.class);
    private static final FailureLog FAILURES = new FailureLog(log, System::nanoTime);

    private final RechargeStore store;
    private final Ledger ledger;
    private final Clock clock;

    GrantDelivery(RechargeStore store, Ledger ledger, Clock clock) {
        this.store = store;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** @return what is still unconfirmed */
    PendingPostings deliverDue(AccountId account) {
        PendingPostings known = store.grants(account);
        Instant now = clock.instant();
        boolean due = !known.pending().isEmpty()
                && !known.pending().get(0).deliverAt().isAfter(now);
        return due ? deliver(account, known) : known;
    }

    /**
     * Delivers grants right after they were recorded. Never throws: they are committed, and the next check delivers them.
     */
    void deliverNow(AccountId account) {
        try {
            deliver(account, store.grants(account));
        } catch (RuntimeException e) {
            FAILURES.failed(
                    "account=" + account
                            + ": delivered grants could not be marked as delivered; they will be delivered again",
                    e);
        }
    }

    private PendingPostings deliver(AccountId account, PendingPostings known) {
        List<PendingPosting> tried = new ArrayList<>();
        List<PendingPosting> owed = new ArrayList<>(known.pending());
        boolean goesOn = true;
        while (goesOn && !owed.isEmpty()) {
            PendingPosting after = deliver(owed.get(0));
            tried.add(after);
            goesOn = after.deliveredAt() != null;
            if (goesOn) {
                owed.remove(0);
            } else {
                owed.set(0, after);
            }
        }
        if (!tried.isEmpty()) {
            store.inTransaction(account, tx -> {
                tried.forEach(tx::save);
                return tried;
            });
        }
        return new PendingPostings(known.last(), owed);
    }

    private PendingPosting deliver(PendingPosting grant) {
        try {
            ledger.post(grant.account(), grant.posting(), grant.createdAt());
            log.info(
                    "account={} grant={} of {} was delivered to its ledger",
                    grant.account(),
                    grant.posting().reference(),
                    grant.posting().amount());
            return grant.delivered(clock.instant());
        } catch (RuntimeException e) {
            Instant next = clock.instant().plus(RetryDelays.ofGrant(grant.tries() + 1));
            FAILURES.failed(
                    "account=" + grant.account() + " grant=" + grant.posting().reference() + " of "
                            + grant.posting().amount() + " was not confirmed by its ledger; next delivery at " + next,
                    e);
            log.debug("account={} grant={}", grant.account(), grant.posting().reference(), e);
            return grant.failed(next);
        }
    }
}

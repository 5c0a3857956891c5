package io.autorecharge.internal.schedule;

import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.event.Purgeable;
import io.autorecharge.policy.Retention;
import io.autorecharge.store.RechargeStore;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes old rows in small batches, so that no transaction holds many of them. */
public final class Purge {
    /** Rows per transaction. */
    static final int BATCH = 200;

    /** Batches of one kind per turn: the rest is left to the next turn. */
    static final int BATCHES = 25;

    private static final Logger log = LoggerFactory.getLogger(Purge.class);

    private final RechargeStore store;
    private final Retention retention;
    private final AutoRechargeObserver observer;
    private final Clock clock;

    public Purge(RechargeStore store, Retention retention, AutoRechargeObserver observer, Clock clock) {
        this.store = store;
        this.retention = retention;
        this.observer = observer;
        this.clock = clock;
    }

    /** One turn. A failure is logged and leaves the rest to the next turn. */
    void turn() {
        try {
            purge(Purgeable.DELIVERED_EVENTS, retention.events());
            purge(Purgeable.HANDLED_WEBHOOKS, retention.webhooks());
            purge(Purgeable.FAILED_RECHARGES, retention.failedRecharges());
            purge(Purgeable.CARD_ATTEMPTS, retention.cardAttempts());
        } catch (RuntimeException e) {
            log.warn("Old rows could not be deleted; the next turn deletes them", e);
        }
    }

    private void purge(Purgeable what, Duration kept) {
        if (kept.isZero()) {
            return;
        }
        int deleted = 0;
        int last = BATCH;
        for (int batch = 0; batch < BATCHES && last == BATCH; batch++) {
            last = store.purge(what, clock.instant().minus(kept), BATCH);
            deleted += last;
        }
        if (deleted > 0) {
            observer.purged(what, deleted);
            log.info("Deleted {} {} that are older than {} days", deleted, what, kept.toDays());
        }
    }
}

package io.autorecharge.internal.reversal;

import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.event.AutoRechargeObserver.Question;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.PaymentHistoryGateway;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.gateway.ReversalNotice;
import io.autorecharge.internal.installation.Settled;
import io.autorecharge.internal.pacing.RateLimiter;
import io.autorecharge.internal.thread.FailureLog;
import io.autorecharge.store.RechargeStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds refunds and disputes that no webhook reported: polls the provider at intervals and settles what was refunded or disputed as a
 * webhook would. A reversal that a webhook or an earlier poll has settled is recognized by the id of its notice and not fetched again.
 */
public final class ReversalPoller {
    /** How far back the provider keeps events. */
    public static final Duration FARTHEST = Duration.ofDays(30);

    /** Events appear late, and the last poll may have been made by a clock that was a day ahead. */
    private static final Duration OVERLAP = Duration.ofHours(25);

    private static final Duration RETRY = Duration.ofMinutes(5);

    private static final Logger log = LoggerFactory.getLogger(ReversalPoller.class);
    private static final FailureLog FAILURES = new FailureLog(log, System::nanoTime);

    private final PaymentHistoryGateway history;
    private final RechargeStore store;
    private final Function<ProviderReport, Settled> settle;
    private final RateLimiter rateLimiter;
    private final Clock clock;
    private final AutoRechargeObserver observer;
    private final Duration every;
    private final Map<String, Set<ReversalNotice>> unsettled = new LinkedHashMap<>();
    private final LongSupplier nanos;
    private @Nullable Instant readUntil;
    private volatile @Nullable Long next;

    /**
     * @param settle applies a report
     * @param nanos a clock that is never set
     */
    public ReversalPoller(
            PaymentHistoryGateway history,
            RechargeStore store,
            Function<ProviderReport, Settled> settle,
            RateLimiter rateLimiter,
            Clock clock,
            LongSupplier nanos,
            AutoRechargeObserver observer,
            Duration every) {
        this.history = history;
        this.store = store;
        this.settle = settle;
        this.rateLimiter = rateLimiter;
        this.clock = clock;
        this.nanos = nanos;
        this.observer = observer;
        this.every = every;
    }

    /** Polls when it is time. */
    public void tick() {
        Long due = next;
        if (due == null || nanos.getAsLong() - due >= 0) {
            poll();
        }
    }

    /** Polls now. Failures are retried soon; nothing is skipped. Never throws. */
    public synchronized void poll() {
        Instant now = clock.instant();
        boolean complete = false;
        try {
            read(from(now));
            readUntil = now;
            complete = settleAll();
        } catch (RuntimeException e) {
            log.warn("Refunds and disputes could not be listed and will be retried: {}", e.toString());
        }
        observer.asked(Question.REVERSALS, complete);
        Duration wait = complete || every.compareTo(RETRY) < 0 ? every : RETRY;
        next = nanos.getAsLong() + wait.toNanos();
    }

    /** The first poll after a start reaches back as far as the provider keeps events. */
    private Instant from(Instant now) {
        Instant farthest = now.minus(FARTHEST);
        Instant wanted = readUntil == null ? farthest : readUntil.minus(OVERLAP);
        return wanted.isAfter(farthest) ? wanted : farthest;
    }

    private void read(Instant since) {
        rateLimiter.acquire();
        for (ReversalNotice notice : history.reversalsSince(since)) {
            if (!store.isHandled(notice.id())) {
                unsettled
                        .computeIfAbsent(notice.providerReference(), any -> new LinkedHashSet<>())
                        .add(notice);
            }
        }
    }

    /**
     * Reversals that could not be settled are kept here, so that the list need not be read again for them; a node that starts reads the
     * whole list.
     *
     * @return whether all of it could be settled
     */
    private boolean settleAll() {
        unsettled
                .entrySet()
                .removeIf(payment ->
                        !Thread.currentThread().isInterrupted() && settled(payment.getKey(), payment.getValue()));
        return unsettled.isEmpty();
    }

    private boolean settled(String payment, Set<ReversalNotice> notices) {
        try {
            if (concluded(payment, notices)) {
                Instant now = clock.instant();
                notices.forEach(it -> store.handled(it.id(), it.type(), now));
            }
            return true;
        } catch (GatewayException e) {
            FAILURES.failed(
                    "charge=" + payment + ": its refunds and disputes could not be read and will be retried", e);
        } catch (RuntimeException e) {
            FAILURES.failed(
                    "charge=" + payment + ": its refunds and disputes could not be settled and will be retried", e);
        }
        return false;
    }

    /** @return false for a payment that no account here knows: the account may be restored later; nothing is retried */
    private boolean concluded(String payment, Set<ReversalNotice> notices) {
        rateLimiter.acquire();
        Optional<ProviderReport.Reversal> found = history.reversalsOf(payment).map(it -> it.warnedBy(notices));
        if (found.isEmpty()) {
            return true;
        }
        Settled settled = settle.apply(found.get());
        if (settled == Settled.UNKNOWN) {
            log.error(
                    "account={} charge={} was refunded or disputed, but is unknown here",
                    found.get().account(),
                    payment);
        }
        // Another application's payment is not asked about again. One that no row names yet may be restored later.
        return settled == Settled.APPLIED || settled == Settled.OTHERS;
    }
}

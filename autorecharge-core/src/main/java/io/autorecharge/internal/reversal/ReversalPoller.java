package io.autorecharge.internal.reversal;

import io.autorecharge.credit.AccountId;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.event.AutoRechargeObserver.Question;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.PaymentHistoryGateway;
import io.autorecharge.gateway.PaymentReversals;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.gateway.ReversalNotice;
import io.autorecharge.internal.pacing.RateLimiter;
import io.autorecharge.store.RechargeStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of refunds and disputes without being told: asks the provider now and then what was refunded or disputed, and settles it as a
 * webhook would. What a webhook has settled, or an earlier look, is known by the id of its notice and not fetched again.
 */
public final class ReversalPoller {
    /** The provider keeps its word of what happened for so long. */
    public static final Duration FARTHEST = Duration.ofDays(30);

    /** Notices appear late, and clocks differ. */
    private static final Duration OVERLAP = Duration.ofHours(1);

    private static final Duration RETRY = Duration.ofMinutes(5);

    private static final Logger log = LoggerFactory.getLogger(ReversalPoller.class);

    private final PaymentHistoryGateway books;
    private final RechargeStore store;
    private final BiPredicate<AccountId, PaymentReversals> settle;
    private final RateLimiter throttle;
    private final Clock clock;
    private final AutoRechargeObserver observer;
    private final Duration every;
    private final Map<String, Set<ReversalNotice>> unsettled = new LinkedHashMap<>();
    private @Nullable Instant heardUntil;
    private volatile Instant next = Instant.MIN;

    /** @param settle false for a payment that its account does not know */
    public ReversalPoller(
            PaymentHistoryGateway books,
            RechargeStore store,
            BiPredicate<AccountId, PaymentReversals> settle,
            RateLimiter throttle,
            Clock clock,
            AutoRechargeObserver observer,
            Duration every) {
        this.books = books;
        this.store = store;
        this.settle = settle;
        this.throttle = throttle;
        this.clock = clock;
        this.observer = observer;
        this.every = every;
    }

    /** Looks when it is time. */
    public void tick() {
        if (!clock.instant().isBefore(next)) {
            poll();
        }
    }

    /** What fails is looked at again soon; nothing is passed over. Never throws. */
    public synchronized void poll() {
        Instant now = clock.instant();
        boolean complete = false;
        try {
            hear(from(now));
            heardUntil = now;
            complete = settleAll();
        } catch (RuntimeException e) {
            log.warn("Refunds and disputes could not be listed; tried again: {}", e.toString());
        }
        observer.asked(Question.REVERSALS, complete);
        next = now.plus(complete || every.compareTo(RETRY) < 0 ? every : RETRY);
    }

    /** The first look after a start reaches back as far as the provider's memory does. */
    private Instant from(Instant now) {
        Instant farthest = now.minus(FARTHEST);
        Instant wanted = heardUntil == null ? farthest : heardUntil.minus(OVERLAP);
        return wanted.isAfter(farthest) ? wanted : farthest;
    }

    private void hear(Instant since) {
        throttle.acquire();
        for (ReversalNotice notice : books.reversalsSince(since)) {
            if (!store.isHandled(notice.id())) {
                unsettled
                        .computeIfAbsent(notice.providerReference(), any -> new LinkedHashSet<>())
                        .add(notice);
            }
        }
    }

    /**
     * What was left over is kept here, so that the list need not be read again for it; a node that starts reads all of it anew.
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
            if (concluded(payment)) {
                Instant now = clock.instant();
                notices.forEach(it -> store.handled(it.id(), it.type(), now));
            }
            return true;
        } catch (GatewayException e) {
            log.warn("charge={}: its refunds and disputes could not be read; tried again: {}", payment, e.getMessage());
        } catch (RuntimeException e) {
            log.error("charge={}: its refunds and disputes could not be settled; tried again", payment, e);
        }
        return false;
    }

    /** @return false for a payment that no account here knows: an account may come back, and nothing else is to be done */
    private boolean concluded(String payment) {
        throttle.acquire();
        Optional<ProviderReport.Reversal> found = books.reversalsOf(payment);
        if (found.isEmpty()) {
            return true;
        }
        AccountId account = found.get().account();
        boolean known = settle.test(account, found.get().reversals());
        if (!known) {
            log.error("account={} charge={} was refunded or disputed, and is not known here", account, payment);
        }
        return known;
    }
}

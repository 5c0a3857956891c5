package io.autorecharge.internal.clock;

import io.autorecharge.gateway.ProviderClock;
import io.autorecharge.report.ClockReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the host's clock with the provider's. A key is repeated and a charge is given up by the host's clock, and payments are listed by
 * the provider's, so a node whose clock is wrong must not charge. Safe for use by many threads.
 */
public final class ClockCheck {
    /** The answers show seconds, and a request takes a while. */
    static final Duration WORTH_A_WARNING = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(ClockCheck.class);
    private static final long ASK_AGAIN = TimeUnit.MINUTES.toNanos(1);

    private final @Nullable ProviderClock provider;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Duration tolerance;
    private final ReentrantLock asking = new ReentrantLock();
    private @Nullable Long askedInVain;
    private volatile boolean warned;
    private volatile boolean refusing;

    /**
     * @param provider null when the gateway does not show the provider's time: then nothing is compared
     * @param nanos a clock that is never set
     * @param tolerance the greatest difference with which charges are sent
     */
    public ClockCheck(@Nullable ProviderClock provider, Clock clock, LongSupplier nanos, Duration tolerance) {
        this.provider = provider;
        this.clock = clock;
        this.nanos = nanos;
        this.tolerance = tolerance;
    }

    /** Never waits. */
    public ClockReport report() {
        Duration ahead = known();
        return new ClockReport(ahead, ahead == null || !isTooFar(ahead));
    }

    /**
     * Asks the provider for its time if that is not known yet, or before it refuses; at most once a minute while that does not help.
     *
     * @return how far the host's clock is ahead (negative: behind) if that is too far to charge. Empty if the provider does not show its time:
     *     then a charge would fail as well, or nothing can be compared
     */
    public Optional<Duration> tooFar() {
        Duration ahead = known();
        if (provider != null && (ahead == null || isTooFar(ahead))) {
            ahead = asked(provider);
        }
        tell(ahead);
        return Optional.ofNullable(ahead).filter(this::isTooFar);
    }

    /** One thread asks; the others wait for its answer. */
    private @Nullable Duration asked(ProviderClock from) {
        asking.lock();
        try {
            Duration ahead = known();
            boolean good = ahead != null && !isTooFar(ahead);
            boolean again = askedInVain == null || nanos.getAsLong() - askedInVain >= ASK_AGAIN;
            if (!good && again) {
                ahead = from.askProviderTime().map(this::aheadOf).orElse(ahead);
                askedInVain = ahead == null || isTooFar(ahead) ? nanos.getAsLong() : null;
            }
            return ahead;
        } finally {
            asking.unlock();
        }
    }

    private @Nullable Duration known() {
        return provider == null
                ? null
                : provider.providerTime().map(this::aheadOf).orElse(null);
    }

    private Duration aheadOf(Instant providerTime) {
        return Duration.between(providerTime, clock.instant());
    }

    private boolean isTooFar(Duration ahead) {
        return ahead.abs().compareTo(tolerance) > 0;
    }

    /** One line per change, not one per check. */
    private void tell(@Nullable Duration ahead) {
        boolean tooFar = ahead != null && isTooFar(ahead);
        boolean off = ahead != null && ahead.abs().compareTo(WORTH_A_WARNING) > 0;
        if (ahead != null && tooFar && !refusing) {
            log.error(
                    "The clock of this node is {} the payment provider's, more than {}: it charges no account until its clock is set."
                            + " Synchronize it with a time server.",
                    described(ahead),
                    tolerance);
        } else if (ahead != null && off && !tooFar && !warned) {
            log.warn(
                    "The clock of this node is {} the payment provider's. Synchronize it with a time server.",
                    described(ahead));
        } else if (!off && warned) {
            log.info("The clock of this node agrees with the payment provider's again");
        }
        refusing = tooFar;
        warned = off;
    }

    private static String described(Duration ahead) {
        return ahead.abs().truncatedTo(ChronoUnit.SECONDS) + (ahead.isNegative() ? " behind" : " ahead of");
    }
}

package io.autorecharge.stripe;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stripe's clock, from the {@code Date} header of its last answer and the time that has passed since. The header shows whole seconds, and was
 * written at some moment of the request: the middle of both is taken. Thread-safe.
 */
final class StripeClock {
    private static final Logger log = LoggerFactory.getLogger(StripeClock.class);
    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

    private final LongSupplier nanos;
    private volatile @Nullable Reading last;

    /** @param nanos a clock that is never set */
    StripeClock(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private record Reading(Instant time, long at) {}

    /** To be given to {@link #answered} when the answer to a request that is sent now has come. */
    long sent() {
        return nanos.getAsLong();
    }

    /** Reads the time from an answer. One without a time, or with a damaged one, changes nothing. */
    void answered(HttpHeaders headers, long sent) {
        headers.firstValue("Date").ifPresent(date -> {
            try {
                Instant time = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
                last = new Reading(time.plus(HALF_A_SECOND), sent + (nanos.getAsLong() - sent) / 2);
            } catch (DateTimeParseException e) {
                log.debug("The date of an answer cannot be read: {}", date);
            }
        });
    }

    /** Stripe's time now; empty before the first answer. */
    Optional<Instant> now() {
        Reading known = last;
        return known == null ? Optional.empty() : Optional.of(known.time().plusNanos(nanos.getAsLong() - known.at()));
    }
}

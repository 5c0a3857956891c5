package io.autorecharge.jdbc;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Fits times to the precision and range of the databases. */
final class SqlTimes {
    /** The precision that is kept. */
    static final int DIGITS = 6;

    // The range that all databases hold. A time outside of it means "always" or "never".
    private static final Instant FIRST = Instant.parse("0001-01-02T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-30T23:59:59.999999Z");

    private SqlTimes() {}

    /** Rounds down to microseconds, so that what is due in memory is due in the database. */
    static Instant stored(Instant time) {
        if (time.isBefore(FIRST)) {
            return FIRST;
        }
        return time.isAfter(LAST) ? LAST : time.truncatedTo(ChronoUnit.MICROS);
    }

    static @Nullable Instant storedOrNull(@Nullable Instant time) {
        return time == null ? null : stored(time);
    }
}

package io.autorecharge.jdbc;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The one place that fits times to what the databases hold. */
final class SqlTimes {
    /** Of the fractions of a second that are kept. */
    static final int DIGITS = 6;

    // The range that all of the databases hold; a time outside is not a time but somebody's "always" or "never".
    private static final Instant FIRST = Instant.parse("0001-01-02T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-30T23:59:59.999999Z");

    private SqlTimes() {}

    /** Cut to microseconds, always downwards, so that what was due in memory is due in the database. */
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

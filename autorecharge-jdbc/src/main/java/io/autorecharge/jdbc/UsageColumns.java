package io.autorecharge.jdbc;

import io.autorecharge.account.Usage;
import io.autorecharge.credit.Credits;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of the state's row that say how an account uses its credits. */
final class UsageColumns {
    private UsageColumns() {}

    static @Nullable Usage read(SqlRow row) throws SQLException {
        Instant at = row.timeOrNull("usage_measured_at");
        Credits raise = row.creditsOrNull("threshold_raise");
        Credits most = row.creditsOrNull("threshold_raise_max");
        return at == null || raise == null || most == null
                ? null
                : new Usage(row.creditsOrNull("usage_per_hour"), at, raise, most);
    }

    /** In the order of the columns: rate, time, raise and the most that it can be. */
    static List<@Nullable Object> values(@Nullable Usage usage) {
        return usage == null
                ? Arrays.asList(null, null, null, null)
                : Arrays.asList(usage.perHour(), usage.measuredAt(), usage.raise(), usage.maxRaise());
    }

    /** As the database will return it, with the time cut to microseconds. */
    static @Nullable Usage stored(@Nullable Usage usage) {
        return usage == null
                ? null
                : new Usage(usage.perHour(), SqlTimes.stored(usage.measuredAt()), usage.raise(), usage.maxRaise());
    }
}

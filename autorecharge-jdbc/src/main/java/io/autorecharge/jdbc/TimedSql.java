package io.autorecharge.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement with times that are relative to its execution: {@code :now}, {@code :now+3d}, {@code :now-60d}. Immutable.
 *
 * @param text with a parameter for each time
 * @param offsets of the parameters, in their order
 */
record TimedSql(String text, List<Duration> offsets) {
    private static final Pattern TIME = Pattern.compile(":now(?:([+-]\\d+)d)?");

    static TimedSql of(String sql) {
        List<Duration> offsets = new ArrayList<>();
        Matcher times = TIME.matcher(sql);
        while (times.find()) {
            offsets.add(times.group(1) == null ? Duration.ZERO : Duration.ofDays(Long.parseLong(times.group(1))));
        }
        return new TimedSql(times.replaceAll("?"), List.copyOf(offsets));
    }

    @Nullable
    Object[] times(Instant now) {
        return offsets.stream().map(now::plus).toArray();
    }
}

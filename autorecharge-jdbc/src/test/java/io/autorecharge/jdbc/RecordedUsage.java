package io.autorecharge.jdbc;

import io.autorecharge.credit.Credits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * How many credits an account wants to use in each hour of three weeks, from a Monday on. From {@code usage/NAME.csv}.
 *
 * @param perHour the credits of each hour; zero where none are used
 */
record RecordedUsage(String name, List<Credits> perHour) {
    static final int HOURS = 21 * 24;
    static final List<RecordedUsage> ALL = List.of(of("steady"), of("bursts"), of("growing"), of("weekly"));

    private static final String HEADER = "hour,credits";

    RecordedUsage {
        if (perHour.size() != HOURS) {
            throw new IllegalArgumentException(name + " has " + perHour.size() + " hours instead of " + HOURS);
        }
    }

    static RecordedUsage of(String name) {
        List<String> lines = text(name).lines().toList();
        if (!lines.get(0).equals(HEADER)) {
            throw new IllegalStateException(name + " must begin with " + HEADER);
        }
        return new RecordedUsage(
                name, lines.stream().skip(1).map(RecordedUsage::credits).toList());
    }

    private static Credits credits(String line) {
        return Credits.of(line.substring(line.indexOf(',') + 1));
    }

    private static String text(String name) {
        try (InputStream file = RecordedUsage.class.getResourceAsStream("usage/" + name + ".csv")) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

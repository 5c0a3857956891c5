package io.autorecharge.examples.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs rounds, each with its own database, provider and seed: {@code -Dnemesis="MINUTES SEED"}. {@code -Dnemesis.report=FILE} names the file
 * for the counts.
 */
@EnabledIfSystemProperty(
        named = "nemesis",
        matches = "\\d+ \\d+",
        disabledReason = "runs only when its duration is given")
@Tag("process")
class LongNemesisTest {
    private static final Duration ROUND = Duration.ofSeconds(75);

    @TempDir
    private Path folder;

    @Test
    void nothing_is_charged_twice_lost_or_left_alone_for_as_long_as_asked() throws Exception {
        String[] words = System.getProperty("nemesis").split(" ");
        long seed = Long.parseLong(words[1]);
        Duration time = Duration.ofMinutes(Long.parseLong(words[0]));
        Totals totals = new Totals(seed);
        long end = System.nanoTime() + time.toNanos();
        try (Postgres postgres = new Postgres(folder.resolve("postgres"))) {
            for (int round = 0; System.nanoTime() < end; round++) {
                totals.add(seed + round, round(seed + round, postgres));
                System.out.println(totals.lastLine());
            }
        }
        String report = System.getProperty("nemesis.report");
        if (report != null) {
            Files.writeString(Path.of(report), totals.report());
        }
        assertThat(totals.violations()).isEmpty();
    }

    private Nemesis.Result round(long seed, Postgres postgres) throws Exception {
        try (Children children = new Children(folder);
                Site site = new Site("round_" + seed, folder, postgres, children);
                Nemesis nemesis = new Nemesis(seed, site, postgres, children)) {
            return nemesis.run(ROUND);
        }
    }
}

package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.autorecharge.jdbc.UsageReplay.Replayed;
import io.autorecharge.jdbc.UsageReplay.Result;
import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import io.autorecharge.policy.SmartThreshold;
import io.autorecharge.policy.ThresholdMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The smart threshold beside the fixed one, on PostgreSQL, with three weeks of recorded use. The table in docs/policies.md is what this test
 * computes. A normal build computes the rows of one case, and the long sets all; {@code ./mvnw -Psoak -pl autorecharge-jdbc -am test
 * -Dtest=SmartThresholdReplayTest -Dsurefire.failIfNoSpecifiedTests=false -Dreport.write=true} writes them.
 */
@Tag("database")
final class SmartThresholdReplayTest {
    private static final Path PAGE = Path.of("..", "docs", "policies.md");
    private static final String HEADER =
            "| payment arrives | lead time | use | refused debits | hours at zero | recharges | average balance |";

    private static final Case SIX_HOURS = new Case(6, 6);
    private static final List<Case> ALL = List.of(new Case(0, 6), SIX_HOURS, new Case(24, 6), new Case(24, 24));

    /**
     * @param arrival hours from a charge to its payment
     * @param leadTime of the smart threshold, in hours
     */
    private record Case(int arrival, int leadTime) {
        String cells() {
            return "| " + (arrival == 0 ? "at once" : "after " + arrival + " hours") + " | " + leadTime + " hours |";
        }
    }

    @Test
    void the_documentation_says_what_a_replay_gives() throws IOException {
        List<String> rows = rows(SIX_HOURS);

        assertThat(written()).containsSubsequence(rows);
    }

    @Test
    @Tag("soak")
    void the_documentation_says_what_all_replays_give() throws IOException {
        List<String> rows = ALL.stream().flatMap(it -> rows(it).stream()).toList();

        if (Boolean.getBoolean("report.write")) {
            write(rows);
        }
        assertThat(written()).isEqualTo(rows);
    }

    private static List<String> rows(Case replayed) {
        List<Result> fixed = replay(replayed, ThresholdMode.FIXED);
        List<Result> smart = replay(replayed, ThresholdMode.SMART);
        List<String> rows = new ArrayList<>();
        for (RecordedUsage usage : RecordedUsage.ALL) {
            int index = rows.size();
            Function<Function<Result, Object>, String> both =
                    figure -> figure.apply(fixed.get(index)) + " → " + figure.apply(smart.get(index));
            rows.add("%s %s | %s | %s | %s | %s |"
                    .formatted(
                            replayed.cells(),
                            usage.name(),
                            both.apply(Result::refused),
                            both.apply(Result::atZero),
                            both.apply(Result::recharges),
                            both.apply(Result::held)));
        }
        return rows;
    }

    private static List<Result> replay(Case replayed, ThresholdMode mode) {
        SmartThreshold smart =
                new SmartThreshold(Duration.ofHours(replayed.leadTime()), SmartThreshold.DEFAULT_RECENT_FACTOR);
        try (HikariDataSource pool = DatabaseContract.pool(PostgreSqlFixture.newDatabase(), true)) {
            Migrator.of(pool).migrate();
            try (UsageReplay replay = new UsageReplay(pool, Duration.ofHours(replayed.arrival()), mode, smart)) {
                List<Replayed> accounts =
                        RecordedUsage.ALL.stream().map(replay::add).toList();
                replay.run();
                assertThat(Verification.of(pool).verify(replay.now()).violations())
                        .isEmpty();
                return accounts.stream().map(replay::result).toList();
            }
        }
    }

    private static List<String> written() throws IOException {
        return table(Files.readAllLines(PAGE));
    }

    private static void write(List<String> rows) throws IOException {
        List<String> page = new ArrayList<>(Files.readAllLines(PAGE));
        List<String> table = table(page);
        table.clear();
        table.addAll(rows);
        Files.write(PAGE, page);
    }

    /** The rows, as a part of the page. */
    private static List<String> table(List<String> page) {
        int header = page.indexOf(HEADER);
        assertThat(header).as(HEADER).isNotNegative();
        List<String> rows = page.subList(header + 2, page.size());
        return rows.subList(0, rows.indexOf(""));
    }
}

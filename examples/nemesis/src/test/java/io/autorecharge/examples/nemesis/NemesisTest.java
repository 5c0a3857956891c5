package io.autorecharge.examples.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Half a minute of all faults together; {@code .ci/nemesis} runs longer. */
@Tag("process")
class NemesisTest {
    @TempDir
    private Path folder;

    @Test
    void nothing_is_charged_twice_lost_or_left_alone_whatever_dies_stops_or_is_cut_off() throws Exception {
        long seed = RandomGenerator.getDefault().nextInt(Integer.MAX_VALUE);
        try (Children children = new Children(folder);
                Postgres postgres = new Postgres(folder.resolve("postgres"));
                Site site = new Site("nemesis", folder, postgres, children);
                Nemesis nemesis = new Nemesis(seed, site, postgres, children)) {
            Nemesis.Result result = nemesis.run(Duration.ofSeconds(25));

            assertThat(result.findings().violations()).as("seed %d", seed).isEmpty();
            assertThat(result.findings().captures())
                    .as("captures, seed %d", seed)
                    .isPositive();
            assertThat(result.othersCaptures())
                    .as("captures of the other application, seed %d", seed)
                    .isPositive();
            assertThat(result.findings().debitsConfirmed())
                    .as("debits, seed %d", seed)
                    .isPositive();
        }
    }
}

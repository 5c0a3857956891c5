package io.autorecharge.examples.schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.autorecharge.examples.plain.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes with their own scheduler, and cron on two machines, process the same accounts at the same time. */
@Tag("process")
class NodesBesideCronTest {
    private static final int ACCOUNTS = 240;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** So slow that no process finishes before all have started, even on a busy machine: each process has eight charges in progress. */
    private static final Duration SLOW = Duration.ofSeconds(5);

    private static final Pattern RECHARGED = Pattern.compile("Checked \\d+ users: (\\d+) recharged, .* 0 failed");

    @TempDir
    Path folder;

    private final List<Path> nodeLogs = new ArrayList<>();
    private JobSite site;

    @BeforeEach
    void start() throws Exception {
        site = new JobSite(folder, ACCOUNTS);
        site.stripe().latency(SLOW);
    }

    @AfterEach
    void stop() throws Exception {
        site.close();
    }

    @Test
    void each_account_is_charged_once_and_the_next_run_finds_none() throws Exception {
        startNode();
        startNode();
        Map<Path, Process> jobs = new HashMap<>();
        for (int machine = 0; machine < 2; machine++) {
            Path log = folder.resolve("cron-" + machine + ".log");
            jobs.put(log, site.start(job(), site.installation().secrets(), log));
        }
        awaitThat(() -> nodeLogs.stream().allMatch(log -> has(log, "Background scheduler started"))
                && jobs.keySet().stream().allMatch(log -> has(log, "Starting auto-recharge job...")));
        assertThat(site.stripe().history().captures())
                .as("charged before all four had started")
                .hasSizeLessThan(ACCOUNTS * 3 / 4);
        site.stripe().latency(Duration.ofMillis(20));

        long byCron = 0;
        for (Map.Entry<Path, Process> job : jobs.entrySet()) {
            String log = job.getKey().toString();
            assertThat(job.getValue().waitFor()).as(log).isZero();
            long recharged = recharged(job.getKey());
            assertThat(recharged).as("recharged by the job of " + log).isPositive();
            byCron += recharged;
        }
        awaitThat(() -> site.charged().recharges() == ACCOUNTS);
        assertThat(byCron).as("recharged by cron, the rest by the nodes").isLessThan(ACCOUNTS);

        Processes.Run later = site.run(job(), site.installation().secrets());
        assertThat(later.exitCode()).as(later.output()).isZero();
        assertThat(later.output()).contains("No users need auto-recharge at this time.");
        site.charged().assertOnce(ACCOUNTS);
    }

    private void startNode() throws IOException {
        Path log = folder.resolve("node-" + nodeLogs.size() + ".log");
        nodeLogs.add(log);
        Map<String, String> environment = new HashMap<>(site.installation().secrets());
        environment.put("AUTORECHARGE_TIMING_POLL", "100ms");
        site.start(List.of(Installation.executable("java"), "-jar", "app.jar"), environment, log);
    }

    private static List<String> job() {
        // Without the check for refunds, during which the nodes could finish before the job begins.
        return List.of(
                Installation.executable("java"),
                "-jar",
                "app.jar",
                "--autorecharge.run-once",
                "--autorecharge.reversal-check=0s");
    }

    private static long recharged(Path log) throws IOException {
        String text = Files.readString(log);
        Matcher line = RECHARGED.matcher(text);
        assertThat(line.find()).as(text).isTrue();
        return Long.parseLong(line.group(1));
    }

    private void awaitThat(BooleanSupplier condition) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(condition.getAsBoolean())
                        .as(() -> "captures: "
                                + site.stripe().history().captures().size())
                        .isTrue());
    }

    private static boolean has(Path log, String text) {
        try {
            return Files.exists(log) && Files.readString(log).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

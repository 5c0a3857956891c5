package io.autorecharge.examples.schedulers;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.examples.plain.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
class CrontabTest {
    private static final Pattern LINE = Pattern.compile("#?((?:[0-9*/]+ ){4}[0-9*/]+) (\\S.*)");

    @TempDir
    Path folder;

    @Test
    void the_line_charges_due_accounts_once_and_the_next_run_charges_none() throws Exception {
        try (JobSite site = new JobSite(folder, 1)) {
            String command = site.installation().here(command("0 * * * *"));

            Processes.Run first = cron(site, command);
            Processes.Run second = cron(site, command);

            String log = Files.readString(site.installation().log());
            new Processes.Run(first.exitCode(), log).assertRechargedOne();
            assertThat(second.exitCode()).as(log).isZero();
            assertThat(log).containsOnlyOnce("No users need auto-recharge at this time.");
            assertThat(log.split("Starting auto-recharge job...", -1)).hasSize(3);
            assertThat(first.output() + second.output())
                    .as("what cron would send by mail")
                    .isEmpty();
            site.charged().assertOnce(1);
        }
    }

    @Test
    void a_rejected_key_ends_the_command_with_exit_code_3_and_a_log_line() throws Exception {
        try (JobSite site = new JobSite(folder, 1)) {
            site.stripe().acceptKeys("sk_test_other");

            Processes.Run run = cron(site, site.installation().here(command("0 * * * *")));

            String log = Files.readString(site.installation().log());
            assertThat(run.exitCode()).as(log).isEqualTo(3);
            assertThat(log)
                    .contains("The payment provider refused the configured key")
                    .doesNotContain("sk_test_simulator");
            assertThat(site.stripe().history().captures()).isEmpty();
        }
    }

    @Test
    void the_other_line_runs_the_same_command_more_often() throws IOException {
        assertThat(command("*/30 * * * *")).isEqualTo(command("0 * * * *"));
    }

    @Test
    void one_line_is_active_so_that_the_file_can_be_used_unchanged() throws IOException {
        List<String> active = Files.readAllLines(Installation.FILES.resolve("crontab")).stream()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();

        assertThat(active).singleElement().asString().startsWith("0 * * * * ");
        // Cron treats a percent sign as the end of the line.
        assertThat(active.get(0)).doesNotContain("%");
    }

    private static String command(String schedule) throws IOException {
        try (Stream<String> lines = Files.lines(Installation.FILES.resolve("crontab"))) {
            return lines.map(LINE::matcher)
                    .filter(Matcher::matches)
                    .filter(line -> line.group(1).equals(schedule))
                    .map(line -> line.group(2))
                    .findAny()
                    .orElseThrow(() -> new AssertionError("crontab has no line for " + schedule));
        }
    }

    private Processes.Run cron(JobSite site, String command) throws IOException, InterruptedException {
        return site.run(List.of("/bin/sh", "-c", command), Map.of("HOME", folder.toString(), "LOGNAME", "app"));
    }
}

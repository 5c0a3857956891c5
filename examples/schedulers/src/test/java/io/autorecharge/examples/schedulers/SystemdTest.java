package io.autorecharge.examples.schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autorecharge.examples.plain.Processes;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
class SystemdTest {
    private static final Path SERVICE = Installation.FILES.resolve("auto-recharge.service");
    private static final Path TIMER = Installation.FILES.resolve("auto-recharge.timer");
    private static final Pattern EXPOSURE = Pattern.compile("Overall exposure level for \\S+: ([0-9.]+)");

    @TempDir
    Path folder;

    @Test
    void the_service_charges_due_accounts_once() throws Exception {
        UnitFile service = new UnitFile(SERVICE);
        try (JobSite site = new JobSite(folder, 1)) {
            Installation installation = site.installation();
            assertThat(installation.here(service.get("Service.WorkingDirectory")))
                    .isEqualTo(installation.home().toString());

            Processes.Run run = site.run(
                    List.of(installation.here(service.get("Service.ExecStart")).split(" ")),
                    environment(Path.of(installation.here(service.get("Service.EnvironmentFile")))));

            run.assertRechargedOne();
            site.charged().assertOnce(1);
        }
    }

    @Test
    void the_service_runs_once_without_privileges_for_a_bounded_time() throws IOException {
        UnitFile service = new UnitFile(SERVICE);

        assertThat(service.get("Service.Type")).isEqualTo("oneshot");
        assertThat(service.get("Service.User")).isNotIn("", "root", "0");
        assertThat(service.get("Service.TimeoutStartSec")).isEqualTo("30min");
    }

    @Test
    void the_timer_runs_it_after_the_boot_and_every_hour() throws IOException {
        UnitFile timer = new UnitFile(TIMER);

        assertThat(timer.get("Timer.OnBootSec")).isEqualTo("5min");
        assertThat(timer.get("Timer.OnUnitActiveSec")).isEqualTo("1h");
        assertThat(timer.get("Install.WantedBy")).isEqualTo("timers.target");
    }

    @Test
    void systemd_verifies_the_units_without_complaint() throws Exception {
        assumeSystemd();
        try (JobSite site = new JobSite(folder, 0)) {
            for (Path unit : List.of(SERVICE, TIMER)) {
                Files.writeString(
                        folder.resolve(unit.getFileName()), site.installation().here(Files.readString(unit)));
            }

            Processes.Run verified = site.run(
                    List.of(
                            "systemd-analyze",
                            "verify",
                            "--man=no",
                            folder.resolve("auto-recharge.service").toString(),
                            folder.resolve("auto-recharge.timer").toString()),
                    Map.of());

            assertThat(verified).isEqualTo(new Processes.Run(0, ""));
        }
    }

    /** The scale ends at 10; a service without these settings has 9.6. */
    @Test
    void systemd_rates_the_exposure_of_the_service_as_low() throws Exception {
        assumeSystemd();
        try (JobSite site = new JobSite(folder, 0)) {
            Processes.Run security = site.run(
                    List.of("systemd-analyze", "security", "--offline=true", "--no-pager", SERVICE.toString()),
                    Map.of());

            Matcher exposure = EXPOSURE.matcher(security.output());
            // Versions before 250 cannot analyze a file.
            assumeTrue(exposure.find(), () -> "SKIPPED: systemd-analyze security: " + security.output());
            assertThat(Double.parseDouble(exposure.group(1))).isLessThan(2.5);
        }
    }

    private static void assumeSystemd() {
        boolean installed = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "systemd-analyze")));
        assumeTrue(installed, "SKIPPED: systemd-analyze is not installed");
    }

    private static Map<String, String> environment(Path file) throws IOException {
        Map<String, String> environment = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            int equals = line.indexOf('=');
            environment.put(line.substring(0, equals), line.substring(equals + 2, line.length() - 1));
        }
        return environment;
    }
}

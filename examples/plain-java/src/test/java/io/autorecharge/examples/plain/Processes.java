package io.autorecharge.examples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.testkit.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts commands as a scheduler does, and ends with the test whatever is still running. What they print gives no secret away. */
public final class Processes implements AutoCloseable {
    private static final int PATIENCE_MINUTES = 3;

    private final List<Process> processes = new ArrayList<>();
    private final List<Path> outputs = new ArrayList<>();

    /** What one run left behind. */
    public record Run(int exitCode, String output) {
        /** It is the seed's job, which found one account that was due. */
        public void assertRechargedOne() {
            assertThat(exitCode).as(output).isZero();
            assertThat(output)
                    .contains(
                            "=".repeat(80),
                            "Starting auto-recharge job...",
                            "Timestamp: ",
                            "Checked 1 users: 1 recharged");
        }
    }

    /** Runs a command to its end, which comes within three minutes. */
    public Run run(List<String> command, Map<String, String> environment, Path folder)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = start(command, environment, folder, output);
        boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
        assertThat(ended)
                .as("ended within %d minutes: %s%n%s", PATIENCE_MINUTES, command, Files.readString(output))
                .isTrue();
        return new Run(process.exitValue(), Files.readString(output));
    }

    /**
     * @param environment the whole of it: nothing is inherited, as from cron and systemd
     * @param folder that it runs in
     * @param output where both its outputs go
     */
    public Process start(List<String> command, Map<String, String> environment, Path folder, Path output)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().putAll(environment);
        Process process = builder.start();
        processes.add(process);
        outputs.add(output);
        return process;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        for (Path output : outputs) {
            if (Files.exists(output)) {
                assertThat(Secrets.in(Files.readString(output))).isEmpty();
            }
        }
    }
}

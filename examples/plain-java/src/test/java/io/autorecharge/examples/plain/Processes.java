package io.autorecharge.examples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.logwatch.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Starts commands as a scheduler does, ends those that still run after the test, and checks their output. */
public final class Processes implements AutoCloseable {
    private static final int PATIENCE_MINUTES = 3;

    private final List<Process> processes = new ArrayList<>();
    private final List<Path> outputs = new ArrayList<>();
    private final Consumer<String> outputCheck;

    /** Checks that no output contains a secret. */
    public Processes() {
        this(output -> assertThat(Secrets.in(output)).isEmpty());
    }

    /** @param outputCheck is called with the output of each process */
    public Processes(Consumer<String> outputCheck) {
        this.outputCheck = outputCheck;
    }

    /** The result of one run. */
    public record Run(int exitCode, String output) {
        /** The run printed what the seed's job prints, and recharged one due account. */
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

    /** Runs a command to its end, for three minutes at most. */
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
     * @param environment the complete environment: nothing is inherited, as with cron and systemd
     * @param folder the working directory
     * @param output the file for both output streams
     */
    public Process start(List<String> command, Map<String, String> environment, Path folder, Path output)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        // These processes are short-lived: optimizing their code takes longer than it saves.
        builder.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
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
                outputCheck.accept(Files.readString(output));
            }
        }
    }
}

package io.autorecharge.examples.schedulers;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.examples.plain.ChargedOnce;
import io.autorecharge.examples.plain.DueAccounts;
import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import io.autorecharge.stripe.simulator.SimulatorOptions;
import io.autorecharge.stripe.simulator.StripeSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;

/** A machine with the application installed, a PostgreSQL with accounts that are due, and the simulator in the place of Stripe. */
final class JobSite implements AutoCloseable {
    private static final int PATIENCE_MINUTES = 3;

    private final Path folder;
    private final StripeSimulator stripe = StripeSimulator.start(SimulatorOptions.defaults());
    private final ChargedOnce charged;
    private final Installation installation;
    private final List<Process> processes = new ArrayList<>();

    JobSite(Path folder, int dueAccounts) throws IOException, SQLException {
        this.folder = folder;
        String url = PostgreSqlFixture.newDatabaseUrl();
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setURL(url);
        new DueAccounts(database, stripe.baseUrl()).create(dueAccounts);
        charged = new ChargedOnce(database, stripe.books());
        Map<String, String> settings = new TreeMap<>();
        settings.put("SPRING_DATASOURCE_URL", url);
        settings.put("SPRING_DATASOURCE_USERNAME", "postgres");
        settings.put("SPRING_DATASOURCE_PASSWORD", "none is asked for");
        settings.put("STRIPE_SECRET_KEY", SimulatorOptions.SECRET_KEY);
        settings.put("AUTORECHARGE_STRIPE_APIBASE", stripe.baseUrl());
        settings.put("AUTORECHARGE_CALLSPERSECOND", "10000");
        installation = new Installation(folder, settings);
    }

    /** What one run left behind. */
    record Run(int exitCode, String output) {
        void assertRechargedOne() {
            assertThat(exitCode).as(output).isZero();
            assertThat(output)
                    .contains(
                            "=".repeat(80),
                            "Starting auto-recharge job...",
                            "Timestamp: ",
                            "Looked at 1 users: 1 recharged");
        }
    }

    Installation installation() {
        return installation;
    }

    StripeSimulator stripe() {
        return stripe;
    }

    ChargedOnce charged() {
        return charged;
    }

    /** Runs a command to its end, in the application's folder. */
    Run run(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = start(command, environment, output);
        boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
        assertThat(ended)
                .as("ended within %d minutes: %s%n%s", PATIENCE_MINUTES, command, Files.readString(output))
                .isTrue();
        return new Run(process.exitValue(), Files.readString(output));
    }

    /** @param environment the whole of it: nothing is inherited, as from cron and systemd */
    Process start(List<String> command, Map<String, String> environment, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(installation.home().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().putAll(environment);
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    @Override
    public void close() throws InterruptedException {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        stripe.close();
    }
}

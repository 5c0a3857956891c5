package io.autorecharge.examples.schedulers;

import io.autorecharge.examples.plain.ChargedOnce;
import io.autorecharge.examples.plain.DueAccounts;
import io.autorecharge.examples.plain.Processes;
import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import io.autorecharge.stripe.simulator.SimulatorOptions;
import io.autorecharge.stripe.simulator.StripeSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.postgresql.ds.PGSimpleDataSource;

/** An installed application, a PostgreSQL with due accounts, and the simulator in place of Stripe. */
final class JobSite implements AutoCloseable {
    private final StripeSimulator stripe = StripeSimulator.start(SimulatorOptions.defaults());
    private final ChargedOnce charged;
    private final Installation installation;
    private final Processes processes = new Processes();

    JobSite(Path folder, int dueAccounts) throws IOException, SQLException {
        String url = PostgreSqlFixture.newDatabaseUrl();
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setURL(url);
        new DueAccounts(database, stripe.baseUrl()).create(dueAccounts);
        charged = new ChargedOnce(database, stripe.history());
        Map<String, String> settings = new TreeMap<>();
        settings.put("SPRING_DATASOURCE_URL", url);
        settings.put("SPRING_DATASOURCE_USERNAME", "postgres");
        settings.put("SPRING_DATASOURCE_PASSWORD", "not required");
        settings.put("STRIPE_SECRET_KEY", SimulatorOptions.SECRET_KEY);
        settings.put("AUTORECHARGE_STRIPE_APIBASE", stripe.baseUrl());
        settings.put("AUTORECHARGE_CALLSPERSECOND", "10000");
        installation = new Installation(folder, settings);
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

    /** Runs a command to its end, in the directory of the application. */
    Processes.Run run(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        return processes.run(command, environment, installation.home());
    }

    Process start(List<String> command, Map<String, String> environment, Path output) throws IOException {
        return processes.start(command, environment, installation.home(), output);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        processes.close();
        stripe.close();
    }
}

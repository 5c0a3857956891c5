package io.autorecharge.examples.nemesis;

import io.autorecharge.AutoRecharge;
import io.autorecharge.jdbc.JdbcStore;
import io.autorecharge.jdbc.Migrator;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/**
 * Another application of the same company: the same account at the provider, users with the same ids, and a database of its own. Its nodes
 * never die, but it shares the faults of PostgreSQL and of the provider, and its webhooks reach the nodes of the first application.
 */
final class Neighbour implements AutoCloseable {
    private final AheadClock clock = new AheadClock(Duration.ZERO);
    private final Path file;
    private final AutoRecharge library;
    private final History history;
    private final Provider provider;
    private final Application application;
    private Spender spender;

    Neighbour(Site site, Postgres postgres) throws IOException, SQLException {
        String name = site.name + "_neighbour";
        postgres.create(name);
        DataSource database = postgres.database(name);
        Migrator.of(database).migrate();
        Charge.dateClaims(database);
        file = site.history("neighbour");
        history = new History(file);
        provider = site.provider;
        var gateway = Terms.gateway(provider.baseUrl());
        library = AutoRecharge.builder(Terms.POLICY, JdbcStore.of(database), gateway)
                .checkout(gateway)
                .clock(clock)
                .timing(Terms.TIMING)
                .concurrency(2)
                .listener(event -> history.write("delivered", event.id()))
                .build();
        application = new Application(database, library, clock, provider);
    }

    void start(long seed) {
        Crowd.settle(library, provider);
        library.start();
        spender = new Spender(library, history, seed, new Buyer(library, history, provider.baseUrl()));
        spender.start();
    }

    Application application() {
        return application;
    }

    List<Path> histories() {
        return List.of(file);
    }

    void ahead(Duration time) {
        clock.ahead(time);
    }

    /** Ends its users' work. */
    void quiet() {
        spender.stopAndResolve();
    }

    @Override
    public void close() {
        library.close();
    }
}

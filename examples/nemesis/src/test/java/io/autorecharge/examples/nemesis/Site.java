package io.autorecharge.examples.nemesis;

import static org.awaitility.Awaitility.await;

import io.autorecharge.AutoRecharge;
import io.autorecharge.jdbc.JdbcStore;
import io.autorecharge.jdbc.Migrator;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.awaitility.core.ConditionTimeoutException;

/** What the nodes of one run share: a database, a provider and a clock. Audits the result. */
final class Site implements AutoCloseable {
    /** How long all due work may take after the faults have ended. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** How long work in progress may take to end. */
    private static final Duration MOMENT = Duration.ofSeconds(3);

    /** The same before the day is over, when some work still waits for its time anyway. */
    private static final Duration SHORT_MOMENT = Duration.ofSeconds(1);

    private static final Duration A_DAY = Duration.ofHours(25);

    /**
     * Waits end one after the other: leases and first look-ups, the grace period of the outbox, later look-ups, what only a day decides;
     * then the retries of checks that failed in those moments.
     */
    private static final List<Duration> TIMES = List.of(
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            Duration.ofHours(2),
            Duration.ofHours(28),
            Duration.ofHours(30),
            Duration.ofHours(32),
            Duration.ofHours(60),
            Duration.ofHours(62));

    final String name;
    final Path folder;
    final Postman postman;
    final Provider provider;
    final DataSource database;
    final AutoRecharge library;
    private final AheadClock clock = new AheadClock(Duration.ZERO);
    private final Application application;
    private Duration ahead = Duration.ZERO;

    Site(String name, Path folder, Postgres postgres, Children children) throws IOException, SQLException {
        this.name = name;
        this.folder = folder;
        postgres.create(name);
        database = postgres.database(name);
        Migrator.of(database).migrate();
        Charge.dateClaims(database);
        postman = new Postman();
        provider = new Provider(children, name + "-provider", postman.url());
        // Never started: creates the accounts, and shows at the end which decisions are outstanding.
        library = AutoRecharge.builder(
                        Terms.POLICY, JdbcStore.of(OneUrl.of(database)), Terms.gateway(provider.baseUrl()))
                .clock(clock)
                .timing(Terms.TIMING)
                .build();
        application = new Application(database, library, clock, provider);
    }

    Path history(String node) {
        return folder.resolve(name + "-" + node + ".history");
    }

    Duration ahead() {
        return ahead;
    }

    /** Lets days pass, in steps, until no work remains; at least one day. @param nodes whose clocks are set */
    void rest(List<NodeProcess> nodes) throws InterruptedException {
        rest(nodes, List.of(application), any -> {});
    }

    /** The same, together with another application on the same account of the provider. */
    void rest(List<NodeProcess> nodes, Neighbour neighbour) throws InterruptedException {
        rest(nodes, List.of(application, neighbour.application()), neighbour::ahead);
    }

    private void rest(List<NodeProcess> nodes, List<Application> applications, Consumer<Duration> others)
            throws InterruptedException {
        for (Duration time : TIMES) {
            provider.advance(time.minus(ahead));
            ahead = time;
            clock.ahead(time);
            others.accept(time);
            for (NodeProcess node : nodes) {
                node.send("/ahead", time.toString());
            }
            boolean processed = holdsWithin(PATIENCE, applications, it -> it.due() == 0);
            boolean lastDay = time.compareTo(A_DAY) > 0;
            boolean atRest = holdsWithin(lastDay ? MOMENT : SHORT_MOMENT, applications, it -> it.sum() == 0);
            if (!processed || (atRest && lastDay)) {
                return;
            }
        }
    }

    /** The audit reports what is missing, because it reads the same counts. */
    private static boolean holdsWithin(
            Duration atMost, List<Application> applications, Predicate<Application.Remaining> condition) {
        try {
            await().atMost(atMost)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> applications.stream().allMatch(it -> condition.test(it.remaining())));
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    /** Violations that the database alone shows. It must never show one, whatever is in progress. */
    List<String> breaches() {
        return application.breaches();
    }

    Application application() {
        return application;
    }

    /** The full audit, when no process works any more. */
    Findings audit(List<Path> histories) throws SQLException {
        return audit(histories, Set.of());
    }

    /** @param foreign the books of another application on the same account of the provider */
    Findings audit(List<Path> histories, Set<String> foreign) throws SQLException {
        return application.audit(histories, foreign);
    }

    @Override
    public void close() {
        library.close();
        postman.close();
    }
}

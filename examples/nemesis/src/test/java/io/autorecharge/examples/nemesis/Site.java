package io.autorecharge.examples.nemesis;

import static org.awaitility.Awaitility.await;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.jdbc.JdbcStore;
import io.autorecharge.jdbc.Migrator;
import io.autorecharge.jdbc.Verification;
import io.autorecharge.jdbc.Violation;
import io.autorecharge.policy.Decision;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.awaitility.core.ConditionTimeoutException;

/** What the nodes of one run share: a database, a provider and a clock. Audits the result. */
final class Site implements AutoCloseable {
    /** How long all due work may take after the faults have ended. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Remaining work: open recharges, due accounts, events that were not delivered. */
    private static final String TO_DO = """
            select (select count(*) from auto_recharge_recharges where state = 'OPEN') as open,
                   (select count(*) from auto_recharge_state where due_at <= ?) as due,
                   (select count(*) from auto_recharge_outbox where delivered_at is null) as undelivered
            """;

    private static final String OPEN =
            "select concat(account_id, ' ', id, ' ', sends, ' sends, ', looks, ' looks, ', detail, ', next look at ', look_at)"
                    + " from auto_recharge_attempts where state = 'OPEN'";

    /** How long work in progress may take to end. */
    private static final Duration MOMENT = Duration.ofSeconds(3);

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
    private Duration ahead = Duration.ZERO;

    Site(String name, Path folder, Postgres postgres, Children children) throws IOException, SQLException {
        this.name = name;
        this.folder = folder;
        postgres.create(name);
        database = postgres.database(name);
        Migrator.of(database).migrate();
        postman = new Postman();
        provider = new Provider(children, name + "-provider", postman.url());
        // Never started: creates the accounts, and shows at the end which decisions are outstanding.
        library = AutoRecharge.builder(Terms.POLICY, JdbcStore.of(database), Terms.gateway(provider.baseUrl()))
                .clock(clock)
                .timing(Terms.TIMING)
                .build();
    }

    Path history(String node) {
        return folder.resolve(name + "-" + node + ".history");
    }

    Duration ahead() {
        return ahead;
    }

    /** Lets days pass, in steps, until no work remains; at least one day. @param nodes whose clocks are set */
    void rest(List<NodeProcess> nodes) throws InterruptedException {
        for (Duration time : TIMES) {
            provider.advance(time.minus(ahead));
            ahead = time;
            clock.ahead(time);
            for (NodeProcess node : nodes) {
                node.send("/ahead", time.toString());
            }
            boolean processed = holdsWithin(PATIENCE, it -> it.due() == 0);
            boolean atRest = holdsWithin(MOMENT, it -> it.sum() == 0);
            if (!processed || (atRest && time.compareTo(A_DAY) > 0)) {
                return;
            }
        }
    }

    /** The audit reports what is missing, because it reads the same counts. */
    private boolean holdsWithin(Duration atMost, Predicate<Remaining> condition) {
        try {
            await().atMost(atMost).pollInterval(Duration.ofMillis(50)).until(() -> condition.test(remaining()));
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    private record Remaining(long open, long due, long undelivered) {
        long sum() {
            return open + due + undelivered;
        }
    }

    private Remaining remaining() {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(TO_DO)) {
            statement.setObject(1, OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Remaining(row.getLong("open"), row.getLong("due"), row.getLong("undelivered"));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the remaining work cannot be read", e);
        }
    }

    /** Violations that the database alone shows. It must never show one, whatever is in progress. */
    List<String> breaches() {
        return Verification.of(database).verify(clock.instant()).violations().stream()
                .map(Violation::toString)
                .toList();
    }

    /** The full audit, when no process works any more. */
    Findings audit(List<Path> histories) throws SQLException {
        Set<String> violations = new TreeSet<>(breaches());
        List<Charge> charges = Charge.all(database);
        Entries entries = new Entries(database);
        List<com.google.gson.JsonObject> captures = provider.captures();
        List<com.google.gson.JsonObject> requests = provider.charges();
        MoneyAudit money = new MoneyAudit(charges, entries, violations::add);
        money.captures(captures);
        money.requests(requests);
        new LimitAudit(Terms.POLICY.limits(), violations::add).check(charges);
        List<List<String[]>> lines = histories.stream().map(History::read).toList();
        DebitAudit debits = new DebitAudit(lines);
        debits.check(entries, violations::add);
        new SwitchAudit(lines, violations::add).check(charges);
        notified(lines, violations);
        remainingWork(violations);
        return new Findings(
                new ArrayList<>(violations),
                charges.size(),
                requests.size(),
                captures.size(),
                entries.references("PURCHASE").size(),
                debits.confirmed(),
                debits.refused(),
                debits.unanswered());
    }

    private void notified(List<List<String[]>> histories, Set<String> violations) throws SQLException {
        Set<String> delivered = new HashSet<>();
        histories.forEach(lines ->
                lines.stream().filter(line -> line[0].equals("delivered")).forEach(line -> delivered.add(line[1])));
        for (String event : texts("select event_id from auto_recharge_outbox where type like 'RECHARGE%'")) {
            if (!delivered.contains(event)) {
                violations.add("not delivered to a listener: " + event);
            }
        }
    }

    private void remainingWork(Set<String> violations) throws SQLException {
        Remaining remaining = remaining();
        if (remaining.sum() > 0) {
            violations.add("not at rest after " + ahead + ": " + remaining + texts(OPEN));
        }
        for (String account : texts("select id from credit_accounts")) {
            if (library.preview(AccountId.of(account)) instanceof Decision.Recharge decision) {
                violations.add(account + " must be recharged and was not: " + decision);
            }
        }
    }

    private List<String> texts(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        return found;
    }

    @Override
    public void close() {
        library.close();
        postman.close();
    }
}

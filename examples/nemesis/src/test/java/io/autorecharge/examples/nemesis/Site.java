package io.autorecharge.examples.nemesis;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.examples.plain.Waiting;
import io.autorecharge.jdbc.Breach;
import io.autorecharge.jdbc.JdbcStore;
import io.autorecharge.jdbc.Migrator;
import io.autorecharge.jdbc.Verification;
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
import javax.sql.DataSource;

/** What the nodes of one run have in common: a database, a provider, a clock; and the audit of them all. */
final class Site implements AutoCloseable {
    /** How long everything that is due may take, when nothing is broken any more. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** What is still to be done: recharges that are open, accounts that are due, events that nobody was told of. */
    private static final String TO_DO = """
            select (select count(*) from auto_recharge_recharges where state = 'OPEN') as open,
                   (select count(*) from auto_recharge_state where due_at <= ?) as due,
                   (select count(*) from auto_recharge_outbox where delivered_at is null) as untold
            """;

    /** Waits end one after the other: leases and first look-ups, the outbox's grace, later look-ups, and what only a day decides. */
    private static final List<Duration> TIMES =
            List.of(Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofHours(2), Duration.ofHours(27));

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
        // Never started: it makes the accounts, and says in the end what is still to be decided.
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

    /** Lets a day pass, in steps, and waits after each until there is nothing to do. @param nodes that are told of the time */
    void rest(List<NodeProcess> nodes) throws InterruptedException {
        awaitNothingToDo(Duration.ofSeconds(1));
        for (Duration time : TIMES) {
            provider.advance(time.minus(ahead));
            ahead = time;
            clock.ahead(time);
            for (NodeProcess node : nodes) {
                node.tell("/ahead", time.toString());
            }
            awaitNothingToDo(PATIENCE);
        }
    }

    /** Before the last time it is no failure that something is left: it is what the next one is for. */
    private void awaitNothingToDo(Duration atMost) {
        long[] left = new long[3];
        try {
            Waiting.until(
                    atMost,
                    () -> {
                        toDo(left);
                        return left[1] == 0 && (left[0] + left[2] == 0 || !isLast());
                    },
                    () -> "");
        } catch (AssertionError e) {
            // Told by the audit, which looks at the same.
            return;
        }
    }

    private boolean isLast() {
        return ahead.equals(TIMES.get(TIMES.size() - 1));
    }

    private void toDo(long... left) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(TO_DO)) {
            statement.setObject(1, OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                left[0] = row.getLong("open");
                left[1] = row.getLong("due");
                left[2] = row.getLong("untold");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("what is to be done cannot be read", e);
        }
    }

    /** What the database alone tells, which must hold at any moment. */
    List<String> breaches() {
        return Verification.of(database).verify(clock.instant()).breaches().stream()
                .map(Breach::toString)
                .toList();
    }

    /** Everything, when nobody does anything any more. */
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
        told(lines, violations);
        leftOver(violations);
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

    private void told(List<List<String[]>> histories, Set<String> violations) throws SQLException {
        Set<String> told = new HashSet<>();
        histories.forEach(
                lines -> lines.stream().filter(line -> line[0].equals("told")).forEach(line -> told.add(line[1])));
        for (String event : texts("select event_id from auto_recharge_outbox where type like 'RECHARGE%'")) {
            if (!told.contains(event)) {
                violations.add("nobody was told of " + event);
            }
        }
    }

    private void leftOver(Set<String> violations) throws SQLException {
        long[] left = new long[3];
        toDo(left);
        if (left[0] + left[1] + left[2] > 0) {
            violations.add("not at rest: " + left[0] + " recharges are open, " + left[1] + " accounts due, " + left[2]
                    + " events untold");
        }
        for (String account : texts("select id from credit_accounts")) {
            if (library.preview(AccountId.of(account)) instanceof Decision.Recharge decision) {
                violations.add(account + " is to be recharged and was left alone: " + decision);
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

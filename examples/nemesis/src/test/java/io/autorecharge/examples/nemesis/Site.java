package io.autorecharge.examples.nemesis;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.examples.plain.Waiting;
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

    private static final String OPEN =
            "select concat(account_id, ' ', id, ' ', sends, ' sends, ', looks, ' looks, ', detail, ', next look at ', look_at)"
                    + " from auto_recharge_attempts where state = 'OPEN'";

    /** How long what is under way may take to end. */
    private static final Duration MOMENT = Duration.ofSeconds(3);

    private static final Duration A_DAY = Duration.ofHours(25);

    /**
     * Waits end one after the other: leases and first look-ups, the outbox's grace, later look-ups, what only a day decides; and where
     * a look in those few moments failed, the next ones.
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

    /** Lets days pass, in steps, until nothing is left to do, a day at least. @param nodes that are told of the time */
    void rest(List<NodeProcess> nodes) throws InterruptedException {
        for (Duration time : TIMES) {
            provider.advance(time.minus(ahead));
            ahead = time;
            clock.ahead(time);
            for (NodeProcess node : nodes) {
                node.tell("/ahead", time.toString());
            }
            boolean taken = within(PATIENCE, left -> left.due() == 0);
            boolean nothingLeft = within(MOMENT, left -> left.sum() == 0);
            if (!taken || (nothingLeft && time.compareTo(A_DAY) > 0)) {
                return;
            }
        }
    }

    /** What does not come is told by the audit, which looks at the same. */
    private boolean within(Duration atMost, Predicate<Left> condition) {
        try {
            Waiting.until(atMost, () -> condition.test(left()), () -> "");
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    private record Left(long open, long due, long untold) {
        long sum() {
            return open + due + untold;
        }
    }

    private Left left() {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(TO_DO)) {
            statement.setObject(1, OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Left(row.getLong("open"), row.getLong("due"), row.getLong("untold"));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("what is to be done cannot be read", e);
        }
    }

    /** What the database alone tells, which must hold at any moment. */
    List<String> breaches() {
        return Verification.of(database).verify(clock.instant()).breaches().stream()
                .map(Violation::toString)
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
        new SwitchAudit(lines, violations::add).check(charges);
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
        Left left = left();
        if (left.sum() > 0) {
            violations.add("not at rest after " + ahead + ": " + left + texts(OPEN));
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

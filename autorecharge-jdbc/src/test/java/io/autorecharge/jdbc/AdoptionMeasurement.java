package io.autorecharge.jdbc;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.testkit.Race;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Measures the adoption of a large table of users on PostgreSQL, writing through to the disk: how long each statement takes, how long
 * writers wait meanwhile, and what a foreign key costs a debit. A program, run by hand; its figures stand in
 * docs/adopting-a-table.md. Arguments: users, seconds of each rate.
 */
public final class AdoptionMeasurement {
    private static final AccountsTable USERS =
            AccountsTable.of("users", "id", IdType.INTEGER, "credits", BalanceType.numeric(12, 2));
    private static final int WRITERS = 4;

    private final DataSource database;
    private final int users;
    private final Duration each;

    private AdoptionMeasurement(DataSource database, int users, Duration each) {
        this.database = database;
        this.users = users;
        this.each = each;
    }

    public static void main(String... arguments) throws Exception {
        int users = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_wal_size", "4GB")
                .start()) {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setURL(server.getJdbcUrl("postgres", "postgres"));
            try (var pool = DatabaseContract.pool(source, true)) {
                new AdoptionMeasurement(pool, users, Duration.ofSeconds(seconds)).run();
            }
        }
    }

    private void run() throws Exception {
        makeUsers();
        say("users: " + users + ", " + text("select pg_size_pretty(pg_table_size('users'))") + ", "
                + text("select version()"));
        try (Race threads = new Race()) {
            quiet("each statement, without other sessions", this::statementByStatement);
            makeUsers();
            watched(threads, "whole migration, " + WRITERS + " writers", this::migrate);
            makeUsers();
            watched(
                    threads,
                    "whole migration, " + WRITERS + " writers and a transaction of 10 s that has read the table",
                    () -> {
                        try (Connection old = database.getConnection()) {
                            old.setAutoCommit(false);
                            run(old, "select count(*) from users where id < 10");
                            Future<Boolean> end = threads.start(() -> {
                                rest(Duration.ofSeconds(10));
                                old.rollback();
                                return true;
                            });
                            migrate();
                            Race.result(end);
                        }
                    });
            quiet("the plain way, for comparison: index in a transaction", () -> {
                run("drop index auto_recharge_enabled_accounts");
                watched(
                        threads,
                        "create index, not concurrently",
                        () -> run(
                                "create index auto_recharge_enabled_accounts on users (id) where auto_recharge_enabled"));
            });
            rates(threads);
        }
    }

    private void makeUsers() throws SQLException {
        run("drop table if exists credit_transactions, users");
        for (String table :
                texts("select relname from pg_class where relkind = 'r' and relname like 'auto_recharge_%'")) {
            run("drop table " + table);
        }
        run("create table users (id integer primary key, email varchar(255) not null, name text, credits numeric(12, 2)"
                + " default 0 not null, created_at timestamp with time zone default current_timestamp)");
        run(
                "insert into users (id, email, name, credits) select n, 'user' || n || '@example.org', repeat('x', 60), 1000000"
                        + " from generate_series(1, " + users + ") n");
        run("vacuum analyze users");
        run("checkpoint");
    }

    private void statementByStatement() throws SQLException {
        AccountsTable tied = USERS.withForeignKey();
        for (SchemaFile file : SchemaFile.ALL) {
            for (SchemaStep step : file.steps(TableNames.configured(Dialect.POSTGRESQL, tied))) {
                long began = System.nanoTime();
                run(step.statement());
                if (!step.place().isEmpty()) {
                    say("  %-60s %8.1f ms".formatted(step.nameAndPlace(), (System.nanoTime() - began) / 1e6));
                }
            }
        }
    }

    private void migrate() {
        Migrator.create(ConnectionPort.of(database), Dialect.POSTGRESQL, USERS).migrate();
    }

    private void quiet(String what, Piece piece) throws Exception {
        say(what);
        piece.run();
    }

    private interface Piece {
        void run() throws Exception;
    }

    /** Runs it while writers update users one by one and a thread records which locks are held on the table. */
    private void watched(Race threads, String what, Piece piece) throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        List<Long> waits = Collections.synchronizedList(new ArrayList<>());
        List<Future<Boolean>> running = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            running.add(threads.start(() -> writeUntil(stop, waits)));
        }
        rest(Duration.ofSeconds(2));
        List<Long> before = List.copyOf(waits);
        waits.clear();
        long began = System.nanoTime();
        piece.run();
        long took = System.nanoTime() - began;
        stop.set(true);
        for (Future<Boolean> one : running) {
            Race.result(one);
        }
        say("%s: %.1f s; writes before: %s; during: %s".formatted(what, took / 1e9, spread(before), spread(waits)));
    }

    private boolean writeUntil(AtomicBoolean stop, List<Long> waits) throws SQLException {
        try (Connection connection = database.getConnection();
                var update = connection.prepareStatement("update users set credits = credits - 1 where id = ?")) {
            while (!stop.get()) {
                update.setInt(1, ThreadLocalRandom.current().nextInt(1, users + 1));
                long began = System.nanoTime();
                update.executeUpdate();
                waits.add(System.nanoTime() - began);
                rest(Duration.ofMillis(2));
            }
        }
        return true;
    }

    private static String spread(List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return sorted.isEmpty()
                ? "none"
                : "%d, median %.1f ms, 99%% %.1f ms, longest %.0f ms"
                        .formatted(
                                sorted.size(),
                                sorted.get(sorted.size() / 2) / 1e6,
                                sorted.get(sorted.size() * 99 / 100) / 1e6,
                                sorted.get(sorted.size() - 1) / 1e6);
    }

    /** Debits a second without and with the foreign key, in turns, so that both meet the same machine. */
    private void rates(Race threads) throws Exception {
        run("alter system set synchronous_commit = off");
        run("select pg_reload_conf()");
        rate(threads, "warm-up");
        for (int round = 1; round <= 6; round++) {
            // Every other round the other way about, so that neither always comes first.
            boolean tiedFirst = round % 2 == 0;
            double first = rate(threads, tiedFirst, "a" + round);
            double second = rate(threads, !tiedFirst, "b" + round);
            double with = tiedFirst ? first : second;
            double without = tiedFirst ? second : first;
            say("debits a second, round %d: %.0f without foreign key, %.0f with (%.0f %%)"
                    .formatted(round, without, with, 100 * with / without));
        }
    }

    private double rate(Race threads, boolean tied, String name) throws SQLException {
        run("alter table credit_transactions drop constraint if exists credit_transactions_user");
        if (tied) {
            for (SchemaStep step :
                    SchemaFile.hostForeignKey(TableNames.configured(Dialect.POSTGRESQL, USERS.withForeignKey()))) {
                run(step.statement());
            }
        }
        return rate(threads, name);
    }

    private double rate(Race threads, String name) {
        JdbcStore store = JdbcStore.create(ConnectionPort.of(database), Dialect.POSTGRESQL, USERS, Credits.of(10));
        AtomicLong count = new AtomicLong();
        long began = System.nanoTime();
        List<Future<Boolean>> running = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            running.add(threads.start(() -> {
                while (System.nanoTime() - began < each.toNanos()) {
                    long number = count.incrementAndGet();
                    AccountId user = AccountId.of(
                            String.valueOf(ThreadLocalRandom.current().nextInt(1, users + 1)));
                    store.debit(
                            Debit.of(user, Credits.of(1), name + "-" + number, "Job"),
                            false,
                            Instant.parse("2026-11-02T10:00:00Z"));
                }
                return true;
            }));
        }
        running.forEach(Race::result);
        return count.get() / ((System.nanoTime() - began) / 1e9);
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = database.getConnection()) {
            run(connection, sql);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String text(String query) throws SQLException {
        return texts(query).get(0);
    }

    private List<String> texts(String query) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    private static void rest(Duration time) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(time.toMillis()));
    }

    private static void say(String line) {
        System.out.println(line);
    }
}

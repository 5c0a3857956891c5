package io.autorecharge.jdbc.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One PostgreSQL per JVM, started on the first request and stopped with the JVM, and a new database in it for every caller. The server
 * does not flush to disk, so tests that kill a server need one of their own. Thread-safe.
 */
public final class PostgreSqlFixture {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final Map<String, String> TEMPLATES = new ConcurrentHashMap<>();

    /** Creates tables and rows in a new database. */
    @FunctionalInterface
    public interface Preparation {
        void prepare(DataSource database) throws Exception;
    }

    /** Made by the test that runs on this thread, while {@link DropsDatabases} watches it. */
    private static final ThreadLocal<@Nullable List<String>> MADE = new ThreadLocal<>();

    private PostgreSqlFixture() {}

    /** Drops the databases that each test of a class has made: otherwise their files are deleted when the JVM ends, which takes long. */
    public static final class DropsDatabases implements BeforeEachCallback, AfterEachCallback {
        @Override
        public void beforeEach(ExtensionContext context) {
            MADE.set(new ArrayList<>());
        }

        @Override
        public void afterEach(ExtensionContext context) throws SQLException {
            List<String> made = MADE.get();
            MADE.remove();
            try (Connection connection = Server.INSTANCE.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                for (String name : made == null ? List.<String>of() : made) {
                    statement.execute("drop database " + name + " with (force)");
                }
            }
        }
    }

    private static final class Server {
        private static final EmbeddedPostgres INSTANCE = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setPGStartupWait(START_TIMEOUT)
                        .setServerConfig("full_page_writes", "off")
                        .setServerConfig("wal_level", "minimal")
                        .setServerConfig("max_wal_senders", "0")
                        .setServerConfig("jit", "off")
                        // A deadlock is noticed after this time; tests make some on purpose.
                        .setServerConfig("deadlock_timeout", "100ms")
                        // With hundreds of databases it starts a process several times a second.
                        .setServerConfig("autovacuum", "off")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL did not start", e);
            }
        }
    }

    /** A new, empty database. Every call to the data source opens a connection of its own. */
    public static DataSource newDatabase() {
        return dataSource(createForTest("template1"));
    }

    /**
     * A new database, prepared. The preparation runs once per key and JVM; every caller gets a copy of its result, which costs a fraction of
     * running a migration.
     *
     * @param key names the preparation
     */
    public static DataSource newDatabase(String key, Preparation preparation) {
        return dataSource(createForTest(template(key, preparation)));
    }

    /** The JDBC URL of a new, empty database, including the user. */
    public static String newDatabaseUrl() {
        return url(createForTest("template1"));
    }

    /** The JDBC URL of a new database, prepared as by {@link #newDatabase(String, Preparation)}. */
    public static String newDatabaseUrl(String key, Preparation preparation) {
        return url(createForTest(template(key, preparation)));
    }

    private static String template(String key, Preparation preparation) {
        return TEMPLATES.computeIfAbsent(key, added -> prepared(preparation));
    }

    private static String prepared(Preparation preparation) {
        String name = create("template1");
        try {
            preparation.prepare(dataSource(name));
        } catch (Exception e) {
            throw new IllegalStateException("database " + name + " could not be prepared", e);
        }
        return name;
    }

    private static String createForTest(String template) {
        String name = create(template);
        List<String> made = MADE.get();
        if (made != null) {
            made.add(name);
        }
        return name;
    }

    private static String create(String template) {
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection = Server.INSTANCE.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            // Copying the files takes about half as long as logging their pages.
            statement.execute("create database " + name + " template " + template + " strategy file_copy");
        } catch (SQLException e) {
            throw new IllegalStateException("database " + name + " could not be created", e);
        }
        return name;
    }

    private static DataSource dataSource(String name) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setURL(url(name));
        return dataSource;
    }

    private static String url(String name) {
        return Server.INSTANCE.getJdbcUrl("postgres", name);
    }
}

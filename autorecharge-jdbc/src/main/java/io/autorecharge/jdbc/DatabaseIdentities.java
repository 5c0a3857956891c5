package io.autorecharge.jdbc;

import io.autorecharge.store.DatabaseIdentity;
import io.autorecharge.store.DatabaseIdentity.Server;
import io.autorecharge.store.StoreException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which database this is. Each question is asked by itself: one that the database refuses, for want of rights or because it does not know it,
 * leaves a part unknown. Thread-safe.
 */
final class DatabaseIdentities {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseIdentities.class);
    private static final String WHAT = "reading which database this is";

    /** Oids stay the same when a table is altered or rewritten and its database is renamed, and on standbys. */
    private static final String POSTGRESQL = """
            select d.oid || '/' || i.tableoid as id,
                   host(pg_catalog.inet_server_addr()) || ':' || pg_catalog.inet_server_port() as address,
                   pg_catalog.to_char(pg_catalog.pg_postmaster_start_time() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') as run
            from auto_recharge_installation i
            join pg_catalog.pg_database d on d.datname = pg_catalog.current_database()
            where i.singleton = 1
            """;

    private static final String POSTGRESQL_CLUSTER =
            "select system_identifier::text as answer from pg_catalog.pg_control_system()";

    /** A file that the server never writes again; its status changes when it is copied. */
    private static final String POSTGRESQL_FILES = """
            select pg_catalog.to_char(change at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS') as answer
            from pg_catalog.pg_stat_file('PG_VERSION')
            """;

    private static final String POSTGRESQL_MAY =
            "select pg_catalog.has_function_privilege(?, 'execute')::text as answer";

    private static final String MARIADB = """
            select lower(concat(coalesce(?, database()), '/', ?)) as id,
                   concat(@@hostname, ':', @@port, ':', @@server_id) as address
            """;

    /** Both are relative to the start of the statement, so their difference is exact. */
    private static final String MARIADB_RUN = """
            select cast(unix_timestamp() - variable_value as unsigned) as answer
            from information_schema.global_status where variable_name = 'UPTIME'
            """;

    private static final String MYSQL_RUN = """
            select cast(unix_timestamp() - variable_value as unsigned) as answer
            from performance_schema.global_status where variable_name = 'Uptime'
            """;

    /** The table's file: its status changes when it is copied, and when the table is rebuilt. */
    private static final String MARIADB_FILES = """
            select unix_timestamp(create_time) as answer from information_schema.tables
            where table_schema = coalesce(?, database()) and table_name = ?
            """;

    private static final String H2 = """
            select coalesce(database_path(), 'mem:' || current_catalog) || '/' || coalesce(cast(? as varchar), current_schema)
                   || '/' || cast(? as varchar) as answer
            """;

    private static final Pattern USER = Pattern.compile("//[^/@]*@");

    private final JdbcTransactions transactions;
    private final TableNames names;
    private final AtomicBoolean warned = new AtomicBoolean();
    private final String table;

    DatabaseIdentities(JdbcTransactions transactions, TableNames names) {
        this.transactions = transactions;
        this.names = names;
        this.table = names.prefixed("auto_recharge_installation").name();
    }

    /** @throws StoreException if the database fails */
    DatabaseIdentity read() {
        DatabaseIdentity identity = switch (names.dialect()) {
            case POSTGRESQL -> postgresql();
            case MARIADB -> mariadb();
            case H2 -> h2();
        };
        boolean complete = identity.database() != null
                && switch (names.dialect()) {
                    case POSTGRESQL -> identity.cluster() != null;
                    case MARIADB -> identity.server().run() != null;
                    case H2 -> true;
                };
        if (!complete && warned.compareAndSet(false, true)) {
            LOG.warn("The database does not tell this user all that its copies differ in, only: {}", identity);
        }
        return IdentityText.stored(identity);
    }

    private DatabaseIdentity postgresql() {
        DatabaseIdentity known = asked(
                        POSTGRESQL,
                        (session, row) -> new DatabaseIdentity(
                                null,
                                "postgresql:" + row.text("id"),
                                new Server(location(session.url()), row.textOrNull("address"), null, row.text("run"))))
                .orElse(DatabaseIdentity.NONE);
        Server server = known.server();
        String cluster = may("pg_control_system()") ? text(POSTGRESQL_CLUSTER) : null;
        String files = may("pg_stat_file(text)") ? text(POSTGRESQL_FILES) : null;
        return new DatabaseIdentity(
                cluster, known.database(), new Server(server.url(), server.address(), files, server.run()));
    }

    private boolean may(String function) {
        return "true".equals(text(POSTGRESQL_MAY, "pg_catalog." + function));
    }

    private DatabaseIdentity mariadb() {
        DatabaseIdentity known = asked(
                        MARIADB,
                        (session, row) -> new DatabaseIdentity(
                                null,
                                "mariadb:" + row.text("id"),
                                new Server(location(session.url()), row.text("address"), null, null)),
                        schema(),
                        table)
                .orElse(DatabaseIdentity.NONE);
        Server server = known.server();
        String started = Optional.ofNullable(text(MARIADB_RUN)).orElseGet(() -> text(MYSQL_RUN));
        String files = text(MARIADB_FILES, schema(), table);
        String run = started == null ? null : server.address() + ":" + started;
        return new DatabaseIdentity(null, known.database(), new Server(server.url(), server.address(), files, run));
    }

    private DatabaseIdentity h2() {
        String path = text(H2, schema(), table);
        return path == null ? DatabaseIdentity.NONE : new DatabaseIdentity(null, "h2:" + path, Server.UNKNOWN);
    }

    /** Null for the current one. */
    private @Nullable String schema() {
        return names.schema().map(Identifier::name).orElse(null);
    }

    private @Nullable String text(String query, @Nullable Object... values) {
        return asked(query, (session, row) -> Optional.ofNullable(row.textOrNull("answer")), values)
                .flatMap(value -> value)
                .orElse(null);
    }

    @FunctionalInterface
    private interface Answer<T> {
        T read(SqlSession session, SqlRow row) throws SQLException;
    }

    /** Empty if the database works and does not answer this. */
    private <T> Optional<T> asked(String query, Answer<T> answer, @Nullable Object... values) {
        try {
            return transactions.alone(WHAT, session -> session.first(query, row -> answer.read(session, row), values));
        } catch (StoreException e) {
            if (!isRefused(e)) {
                throw e;
            }
            LOG.debug("Refused: {}", query, e);
            return Optional.empty();
        }
    }

    private static boolean isRefused(StoreException e) {
        return !e.isRetryable() && (e.isRefusal() || (e.getCause() instanceof SQLException sql && isUnknown(sql)));
    }

    private static boolean isUnknown(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.startsWith("0A") || state.startsWith("HY") || state.startsWith("58"));
    }

    /** Without user, password and options. */
    static @Nullable String location(@Nullable String url) {
        if (url == null) {
            return null;
        }
        String place = url.split("[?;]", 2)[0];
        return USER.matcher(place).replaceFirst("//");
    }
}

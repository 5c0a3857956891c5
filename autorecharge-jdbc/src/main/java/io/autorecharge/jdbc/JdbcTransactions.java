package io.autorecharge.jdbc;

import io.autorecharge.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs work in a transaction of the library or of the host. After a deadlock or serialization failure, a transaction of the library is run
 * again as a whole. The host decides about its own. Thread-safe.
 */
final class JdbcTransactions {
    /** How often a transaction of the library is run before the database counts as too busy. */
    static final int RUNS = 10;

    private static final long PAUSE_MICROS = 2_000;

    private final ConnectionPort connections;
    private final TableNames names;
    private final @Nullable SessionLimits limits;
    private final DefaultIsolation usual = new DefaultIsolation();

    /** @param limits null for work that may take any time */
    JdbcTransactions(ConnectionPort connections, TableNames names, @Nullable TimeLimits limits) {
        this.connections = connections;
        this.names = names;
        this.limits = limits == null ? null : new SessionLimits(names.dialect(), limits);
    }

    Dialect dialect() {
        return names.dialect();
    }

    /** Runs work in a transaction of the library. */
    <T> T own(String what, Function<SqlSession, T> work) {
        return repeated(what, OwnedConnection.Mode.TRANSACTION, work);
    }

    /** Runs a single statement on a connection of the library, with auto-commit. */
    <T> T alone(String what, Function<SqlSession, T> work) {
        return repeated(what, OwnedConnection.Mode.STATEMENT, work);
    }

    /** Runs work in the host's transaction if one is open on this thread, otherwise in a transaction of the library. */
    <T> T joined(String what, Function<SqlSession, T> work) {
        Connection host = connections.hostTransaction();
        return host == null ? own(what, work) : inHosts(host, what, work);
    }

    /** As {@link #joined}; of work that fails nothing remains in the host's transaction, which can go on. */
    <T> T joinedAtomically(String what, Function<SqlSession, T> work) {
        Connection host = connections.hostTransaction();
        return host == null
                ? own(what, work)
                : inHosts(host, what, session -> {
                    session.readCurrentRows();
                    return session.atomically(work);
                });
    }

    /** As {@link #joined}, for a single statement. */
    <T> T joinedAlone(String what, Function<SqlSession, T> work) {
        Connection host = connections.hostTransaction();
        return host == null ? alone(what, work) : inHosts(host, what, work);
    }

    boolean isHostTransactionOpen() {
        return connections.hostTransaction() != null;
    }

    private <T> T inHosts(Connection host, String what, Function<SqlSession, T> work) {
        try {
            if (host.getAutoCommit()) {
                throw new IllegalStateException(
                        "the connection of the host's transaction commits every statement by itself");
            }
            return worked(new SqlSession(host, names), work);
        } catch (SQLException e) {
            throw failed(what, e);
        }
    }

    private <T> T repeated(String what, OwnedConnection.Mode mode, Function<SqlSession, T> work) {
        for (int run = 1; ; run++) {
            try {
                return once(mode, work);
            } catch (SQLException e) {
                giveUpOrPause(what, e, run);
            }
        }
    }

    private <T> T once(OwnedConnection.Mode mode, Function<SqlSession, T> work) throws SQLException {
        try (OwnedConnection lease = OwnedConnection.take(connections, mode, usual, limits)) {
            SqlSession session = new SqlSession(lease.connection(), names, limits);
            try {
                T result = worked(session, work);
                lease.commit();
                return result;
            } catch (Throwable t) {
                lease.rollback(t);
                throw t;
            }
        }
    }

    /** Throws the database's failure even if the work swallowed it: half of a transaction must not be committed. */
    private static <T> T worked(SqlSession session, Function<SqlSession, T> work) throws SQLException {
        T result;
        try {
            result = work.apply(session);
        } catch (SqlFailure e) {
            throw e.failure();
        } catch (RuntimeException e) {
            SQLException failure = session.failure();
            if (failure == null) {
                throw e;
            }
            throw failure;
        }
        SQLException failure = session.failure();
        if (failure != null) {
            throw failure;
        }
        return result;
    }

    private static void giveUpOrPause(String what, SQLException e, int run) {
        // A lock that was not released within its limit would hold up this thread once more.
        if (run == RUNS || !SqlStates.isRetryable(e) || SqlStates.isTimeout(e)) {
            throw failed(what, e);
        }
        long longest = PAUSE_MICROS << Math.min(run, 6);
        LockSupport.parkNanos(
                TimeUnit.MICROSECONDS.toNanos(ThreadLocalRandom.current().nextLong(longest / 2, longest)));
    }

    static StoreException failed(String what, SQLException e) {
        if (SqlStates.isReadOnly(e)) {
            return new StoreException(false, what + " failed: the transaction is read-only", e);
        }
        return SqlStates.isRefusal(e)
                ? StoreException.refused(what + " was refused", e)
                : new StoreException(SqlStates.isRetryable(e) || SqlStates.isTimeout(e), what + " failed", e);
    }
}

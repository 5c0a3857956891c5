package io.autorecharge.spring.web;

import io.autorecharge.store.StoreException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why the database cannot serve a request at the moment. The name is the reason in the answer. */
enum DatabaseFailure {
    /** All connections of the pool are in use, or no connection can be opened. */
    NO_CONNECTION,
    /** A connection broke, or another transaction holds the account. */
    BUSY,
    /** Any other failure of the library's own work in the database. */
    FAILED;

    /** How long a client should wait, in seconds. */
    static final long RETRY_AFTER = 5;

    /** Names of exceptions of Spring and Hibernate, neither of which must be present. */
    private static final Set<String> UNCONNECTED =
            Set.of("CannotGetJdbcConnectionException", "CannotCreateTransactionException", "JDBCConnectionException");

    private static final int DEPTH = 20;

    /** @return null when the failure is not the database's, and therefore a bug */
    static @Nullable DatabaseFailure of(Throwable failure) {
        DatabaseFailure found = null;
        Throwable cause = failure;
        for (int i = 0; cause != null && i < DEPTH; i++) {
            if (isUnconnected(cause)) {
                return NO_CONNECTION;
            }
            if (cause instanceof StoreException store) {
                found = store.isRetryable() ? BUSY : FAILED;
            }
            cause = cause.getCause();
        }
        return found;
    }

    private static boolean isUnconnected(Throwable cause) {
        if (cause instanceof SQLException sql) {
            String state = sql.getSQLState();
            return sql instanceof SQLTransientConnectionException
                    || sql instanceof SQLNonTransientConnectionException
                    || (state != null && (state.startsWith("08") || state.equals("53300")));
        }
        return UNCONNECTED.contains(cause.getClass().getSimpleName());
    }
}

package io.autorecharge.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Provides connections. A host that wants debits to be part of its own transactions returns the open one here. Everything else runs on
 * connections of the library's own. Implementations are safe for use by many threads.
 */
public interface ConnectionPort {
    /**
     * The connection of the transaction that the host has open on the calling thread, or null when it has none. The library neither
     * commits, rolls back nor closes it, and leaves its settings alone.
     */
    @Nullable
    Connection hostTransaction();

    /**
     * A connection for the library alone, which is never part of a transaction of the host. The library commits or rolls back, restores the
     * settings that it changed, and closes the connection. Auto-commit may be on or off.
     */
    Connection open() throws SQLException;

    /** Connections from a pool, for hosts whose transactions the library does not join. */
    static ConnectionPort of(DataSource dataSource) {
        Objects.requireNonNull(dataSource, "dataSource");
        return new ConnectionPort() {
            @Override
            public @Nullable Connection hostTransaction() {
                return null;
            }

            @Override
            public Connection open() throws SQLException {
                return dataSource.getConnection();
            }
        };
    }
}

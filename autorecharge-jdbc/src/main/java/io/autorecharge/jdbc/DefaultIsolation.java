package io.autorecharge.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The default isolation of the pool's connections. It is read only once, because reading it is a round trip on PostgreSQL. A connection with
 * another isolation does no harm, since the unique keys hold under every isolation. Thread-safe.
 */
final class DefaultIsolation {
    private static final int NOT_ASKED = -1;

    private volatile int usual = NOT_ASKED;

    int of(Connection connection) throws SQLException {
        int known = usual;
        if (known == NOT_ASKED) {
            known = connection.getTransactionIsolation();
            usual = known;
        }
        return known;
    }
}

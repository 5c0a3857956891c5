package io.autorecharge.jdbc;

import io.autorecharge.store.DatabaseIdentity;

/** Which database this is. No database is asked yet: none can be told from its copies. Thread-safe. */
final class DatabaseIdentities {
    private DatabaseIdentities() {}

    static DatabaseIdentity of(SqlSession session) {
        return DatabaseIdentity.NONE;
    }
}

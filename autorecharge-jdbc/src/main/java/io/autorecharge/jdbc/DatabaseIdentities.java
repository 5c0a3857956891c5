package io.autorecharge.jdbc;

import io.autorecharge.store.DatabaseIdentity;

/** Asks a database which one it is. Thread-safe. */
final class DatabaseIdentities {
    private DatabaseIdentities() {}

    static DatabaseIdentity of(SqlSession session) {
        return DatabaseIdentity.NONE;
    }
}

package io.autorecharge.jdbc;

import java.sql.SQLException;

/** Wraps a failure of the database for code that declares no checked exception. It never leaves this package. */
final class SqlFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SQLException failure;

    SqlFailure(SQLException failure) {
        super(failure);
        this.failure = failure;
    }

    /** A row violates a unique key, but the row with that key is not visible yet. The transaction must run again. */
    static SqlFailure unseen(String what) {
        return new SqlFailure(new SQLException(what + " is held by a row that cannot be seen yet", "40001"));
    }

    SQLException failure() {
        return failure;
    }
}

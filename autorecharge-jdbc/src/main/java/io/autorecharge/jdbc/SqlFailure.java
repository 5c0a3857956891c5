package io.autorecharge.jdbc;

import java.sql.SQLException;

/** Carries a database's failure through code that declares none; never leaves this package. */
final class SqlFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SQLException failure;

    SqlFailure(SQLException failure) {
        super(failure);
        this.failure = failure;
    }

    /** A unique key refused a row, but the row that holds the key cannot be seen yet: the transaction is to be run again. */
    static SqlFailure unseen(String what) {
        return new SqlFailure(new SQLException(what + " is held by a row that cannot be seen yet", "40001"));
    }

    SQLException failure() {
        return failure;
    }
}

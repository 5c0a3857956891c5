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

    SQLException failure() {
        return failure;
    }
}

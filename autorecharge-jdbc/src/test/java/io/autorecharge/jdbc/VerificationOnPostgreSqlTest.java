package io.autorecharge.jdbc;

import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import javax.sql.DataSource;

final class VerificationOnPostgreSqlTest extends VerificationContract {
    @Override
    DataSource newDatabase() {
        return PostgreSqlFixture.newDatabase();
    }
}

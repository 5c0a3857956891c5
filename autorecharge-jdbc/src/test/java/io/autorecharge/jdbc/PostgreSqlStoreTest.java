package io.autorecharge.jdbc;

import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import javax.sql.DataSource;

final class PostgreSqlStoreTest extends DatabaseContract {
    @Override
    DataSource newDatabase() {
        return PostgreSqlFixture.newDatabase();
    }
}

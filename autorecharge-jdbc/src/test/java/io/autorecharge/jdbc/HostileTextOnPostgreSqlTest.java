package io.autorecharge.jdbc;

import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import javax.sql.DataSource;

final class HostileTextOnPostgreSqlTest extends HostileTextContract {
    @Override
    DataSource newDatabase() {
        return PostgreSqlFixture.newDatabase();
    }
}

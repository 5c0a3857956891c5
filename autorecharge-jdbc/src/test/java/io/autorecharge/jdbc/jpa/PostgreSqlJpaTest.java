package io.autorecharge.jdbc.jpa;

import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import javax.sql.DataSource;

final class PostgreSqlJpaTest extends JpaContract {
    @Override
    DataSource newDatabase() {
        return PostgreSqlFixture.newDatabase();
    }
}

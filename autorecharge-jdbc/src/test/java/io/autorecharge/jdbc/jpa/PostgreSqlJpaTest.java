package io.autorecharge.jdbc.jpa;

import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("database")
@ExtendWith(PostgreSqlFixture.DropsDatabases.class)
final class PostgreSqlJpaTest extends JpaContract {
    @Override
    DataSource newDatabase() {
        return PostgreSqlFixture.newDatabase();
    }

    @Override
    DataSource newTables() {
        return PostgreSqlFixture.newDatabase("own tables and orders", JpaContract::makeTables);
    }
}

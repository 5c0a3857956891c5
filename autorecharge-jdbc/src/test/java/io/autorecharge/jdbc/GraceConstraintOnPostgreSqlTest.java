package io.autorecharge.jdbc;

import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;

@Tag("database")
final class GraceConstraintOnPostgreSqlTest extends GraceConstraintContract {
    @Override
    DataSource newDatabase() {
        return PostgreSqlFixture.newDatabase();
    }
}

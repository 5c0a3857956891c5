package io.autorecharge.jdbc;

import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;

@Tag("database")
final class OtherSchemaOnPostgreSqlTest extends OtherSchemaContract {
    @Override
    Database newDatabase() {
        DataSource database = PostgreSqlFixture.newDatabase();
        Schemas.execute(database, "create schema t2", "create schema t3", "create schema nowhere");
        return new Database(Schemas.withSearchPath(database, "nowhere"));
    }

    @Override
    Dialect dialect() {
        return Dialect.POSTGRESQL;
    }

    @Override
    List<String> schemasWithTables(Connection connection) throws SQLException {
        return Schemas.of(connection);
    }
}

package io.autorecharge.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;

@Tag("database")
final class OtherSchemaOnMariaDbTest extends OtherSchemaContract {
    @Override
    DataSource newDatabase() {
        String failure = MariaDbServer.failure();
        assumeTrue(failure.isEmpty(), () -> "SKIPPED: MariaDB does not start on this machine: " + failure);
        DataSource database = MariaDbServer.newDatabase();
        Schemas.execute(
                database,
                "drop database if exists t2",
                "create database t2",
                "drop database if exists t3",
                "create database t3");
        return database;
    }

    @Override
    Dialect dialect() {
        return Dialect.MARIADB;
    }

    @Override
    List<String> schemasWithTables(Connection connection) throws SQLException {
        // Other tests have databases of their own on the same server.
        String current = connection.getCatalog();
        return Schemas.of(connection).stream()
                .filter(schema -> !schema.startsWith("test_") || schema.equals(current))
                .toList();
    }
}

package io.autorecharge.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;

@Tag("database")
final class OtherSchemaOnMariaDbTest extends OtherSchemaContract {
    @Override
    Database newDatabase() {
        DataSource database = MariaDbServer.newDatabase();
        // Schemas belong to the server, which other tests use as well.
        String current = Schemas.current(database);
        String schema = current + "_a";
        String otherSchema = current + "_b";
        for (String name : List.of(schema, otherSchema)) {
            Schemas.execute(database, "drop database if exists " + name, "create database " + name);
        }
        return new Database(database, schema, otherSchema);
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
                .filter(schema -> schema.equals(current) || schema.startsWith(current + "_"))
                .toList();
    }
}

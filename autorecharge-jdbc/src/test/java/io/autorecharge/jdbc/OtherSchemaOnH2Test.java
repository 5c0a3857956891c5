package io.autorecharge.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;

final class OtherSchemaOnH2Test extends OtherSchemaContract {
    @Override
    Database newDatabase() {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL(
                "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;INIT=create schema if not exists t2\\;"
                        + "create schema if not exists t3\\;create schema if not exists nowhere\\;set schema nowhere");
        return new Database(dataSource);
    }

    @Override
    Dialect dialect() {
        return Dialect.H2;
    }

    @Override
    List<String> schemasWithTables(Connection connection) throws SQLException {
        return Schemas.of(connection);
    }
}

package io.autorecharge.examples.plain;

import io.autorecharge.jdbc.Migrator;
import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** The databases that must hold the same rows. */
enum GoldenDatabase {
    H2 {
        @Override
        DataSource create() {
            JdbcDataSource database = new JdbcDataSource();
            database.setURL("jdbc:h2:mem:golden-" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
            return database;
        }
    },
    POSTGRESQL {
        @Override
        DataSource create() {
            return PostgreSqlFixture.newDatabase();
        }
    };

    abstract DataSource create();

    DataSource migrated() {
        DataSource database = create();
        Migrator.of(database).migrate();
        return database;
    }
}

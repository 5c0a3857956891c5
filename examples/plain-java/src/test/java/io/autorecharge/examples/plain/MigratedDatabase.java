package io.autorecharge.examples.plain;

import io.autorecharge.jdbc.Migrator;
import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A new PostgreSQL database with the library's tables: a copy, which takes a fraction of the time of a migration. */
final class MigratedDatabase {
    private MigratedDatabase() {}

    static DataSource create() {
        return PostgreSqlFixture.newDatabase(
                "migrated", database -> Migrator.of(database).migrate());
    }

    /** The JDBC URL of a new database, including the user. */
    static String createUrl() {
        PGSimpleDataSource database = (PGSimpleDataSource) create();
        return database.getURL() + (database.getURL().contains("?") ? "&" : "?") + "user=" + database.getUser();
    }
}

package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.store.DatabaseIdentity;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CopiedDatabaseOnH2Test extends CopiedDatabaseContract {
    @TempDir
    private Path folder;

    @Override
    DataSource newDatabase() {
        return at("jdbc:h2:file:" + folder.resolve("original-" + UUID.randomUUID()));
    }

    @Override
    DataSource restored(DataSource original) throws SQLException {
        Path script = folder.resolve("dump.sql");
        execute(original, "script to '" + script + "'");
        DataSource copy = at("jdbc:h2:file:" + folder.resolve("copy"));
        execute(copy, "runscript from '" + script + "'");
        return copy;
    }

    @Override
    String[] maintenance() {
        return new String[] {"alter table auto_recharge_installation add column note varchar(10)", "analyze"};
    }

    private static DataSource at(String url) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL(url);
        database.setUser("sa");
        return database;
    }

    @Test
    void a_database_in_memory_cannot_be_copied() throws SQLException {
        DataSource database = at("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        Migrator.of(database).migrate();

        assertThat(identity(database)).isEqualTo(DatabaseIdentity.NONE);
        execute(database, "shutdown");
    }
}

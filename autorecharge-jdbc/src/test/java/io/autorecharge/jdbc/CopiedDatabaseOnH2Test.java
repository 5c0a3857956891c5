package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.gateway.KeyMode;
import io.autorecharge.policy.RechargePolicy;
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
    void a_script_that_is_run_in_another_database_in_memory_charges_nobody() throws SQLException {
        gateway.setMode(KeyMode.LIVE);
        DataSource original = at("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        use(original);
        Path script = folder.resolve("memory.sql");
        execute(original, "script to '" + script + "'");
        DataSource copy = at("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        execute(copy, "runscript from '" + script + "'");

        assertHeld(copy);
        assertCharged(original);
        execute(original, "shutdown");
        execute(copy, "shutdown");
    }

    @Test
    void tables_that_are_copied_under_a_prefix_are_others() {
        DataSource database = usedDatabase();
        AccountsTable prefixed = AccountsTable.own().withTablePrefix("t2_");
        Migrator.create(ConnectionPort.of(database), Dialect.H2, prefixed).migrate();
        JdbcStore store =
                JdbcStore.create(ConnectionPort.of(database), Dialect.H2, prefixed, RechargePolicy.DEFAULT_THRESHOLD);

        assertThat(store.identity().database()).isNotEqualTo(identity(database).database());
    }
}

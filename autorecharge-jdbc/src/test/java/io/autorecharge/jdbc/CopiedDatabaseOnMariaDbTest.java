package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.AutoRecharge;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("database")
final class CopiedDatabaseOnMariaDbTest extends CopiedDatabaseContract {
    @Override
    DataSource newDatabase() {
        return MariaDbServer.newDatabase();
    }

    /** Another database of the same server. */
    @Override
    DataSource restored(DataSource original) throws SQLException {
        DataSource copy = MariaDbServer.newDatabase();
        String from = name(original);
        List<String> statements = new ArrayList<>();
        try (Connection connection = original.getConnection();
                Statement statement = connection.createStatement();
                ResultSet tables = statement.executeQuery("show tables")) {
            while (tables.next()) {
                String table = tables.getString(1);
                statements.add("create table `" + table + "` like " + from + ".`" + table + "`");
                statements.add("insert into `" + table + "` select * from " + from + ".`" + table + "`");
            }
        }
        execute(copy, statements.toArray(String[]::new));
        return copy;
    }

    @Override
    String[] maintenance() {
        return new String[] {"analyze table auto_recharge_installation", "check table auto_recharge_installation"};
    }

    /** In another second than the one in which it was built, because file systems may keep no less. */
    private static void rebuild(DataSource database) throws SQLException {
        String before = identity(database).server().files();
        Instant end = Instant.now().plusSeconds(60);
        do {
            execute(database, "optimize table auto_recharge_installation");
        } while (identity(database).server().files().equals(before)
                && Instant.now().isBefore(end));
    }

    private static String name(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return connection.getCatalog();
        }
    }

    @Test
    void the_run_of_a_server_is_the_same_in_every_session() throws SQLException {
        DataSource database = usedDatabase();
        String first = identity(database).server().run();

        assertThat(first).isNotNull();
        rebuild(database);
        assertThat(identity(database).server().run()).isEqualTo(first);
    }

    @Test
    void a_dump_that_is_restored_into_the_same_database_charges_nobody() throws SQLException {
        DataSource original = usedDatabase();
        execute(
                original,
                "create table saved like auto_recharge_installation",
                "insert into saved select * from auto_recharge_installation",
                "drop table auto_recharge_installation",
                "create table auto_recharge_installation like saved",
                "insert into auto_recharge_installation select * from saved",
                "drop table saved");
        rebuild(original);
        clock.advance(Duration.ofHours(1));

        assertHeld(original);
    }

    @Test
    void a_table_that_is_rebuilt_while_a_process_uses_it_stops_nothing() throws SQLException {
        DataSource original = usedDatabase();
        try (AutoRecharge running = node(original)) {
            running.database();
            rebuild(original);
            running.check(ANN);
        }

        assertThat(gateway.captures()).hasSize(1);
    }

    @Test
    void the_user_needs_no_right_to_know_the_server() throws SQLException {
        DataSource database = usedDatabase();
        assertThat(identity(database).server().files()).isNotNull();
        assertThat(identity(database).server().address()).matches("[^:]+:\\d+:\\d+");
    }
}

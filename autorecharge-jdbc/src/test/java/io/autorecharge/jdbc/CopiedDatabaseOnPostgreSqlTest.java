package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.AutoRecharge;
import io.autorecharge.gateway.KeyMode;
import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import io.autorecharge.store.DatabaseIdentity;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

@Tag("database")
final class CopiedDatabaseOnPostgreSqlTest extends CopiedDatabaseContract {
    @Override
    DataSource newDatabase() {
        return PostgreSqlFixture.newDatabase();
    }

    /** Another database of the same server. */
    @Override
    DataSource restored(DataSource original) throws SQLException {
        String name = name(original);
        DataSource server = onDatabase(original, "postgres");
        execute(server, "create database " + name + "_copy template " + name);
        return onDatabase(original, name + "_copy");
    }

    @Override
    String[] maintenance() {
        return new String[] {
            "alter table auto_recharge_installation add column note text",
            "alter table auto_recharge_installation alter column note type varchar(10)",
            "vacuum full auto_recharge_installation",
            "cluster auto_recharge_installation using auto_recharge_installation_pkey",
            "reindex table auto_recharge_installation"
        };
    }

    private static DataSource onDatabase(DataSource original, String name) {
        return as("postgres", original, name);
    }

    private static DataSource as(String user, DataSource original, String name) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setPortNumbers(((PGSimpleDataSource) original).getPortNumbers());
        database.setDatabaseName(name);
        database.setUser(user);
        return database;
    }

    private static String name(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return connection.getCatalog();
        }
    }

    @Test
    void a_dump_that_is_restored_into_the_same_database_charges_nobody() throws SQLException {
        DataSource original = usedDatabase();
        execute(
                original,
                "alter table auto_recharge_installation rename to saved",
                "create table auto_recharge_installation (like saved including all)",
                "insert into auto_recharge_installation select * from saved",
                "drop table saved");

        assertHeld(original);
    }

    @Test
    void a_renamed_database_is_the_same() throws SQLException {
        DataSource original = usedDatabase();
        String name = name(original);
        execute(onDatabase(original, "postgres"), "alter database " + name + " rename to " + name + "_new");

        assertCharged(onDatabase(original, name + "_new"));
    }

    @Test
    void a_user_without_rights_reads_less_and_charges() throws SQLException {
        DataSource original = usedDatabase();
        DatabaseIdentity before = identity(original);
        execute(
                original,
                "drop role if exists weak",
                "create role weak login",
                "grant select, insert, update, delete on all tables in schema public to weak",
                "grant usage on all sequences in schema public to weak",
                "revoke execute on function pg_control_system() from public");
        try {
            DataSource weak = as("weak", original, name(original));

            DatabaseIdentity read = identity(weak);
            assertThat(read.cluster()).isNull();
            assertThat(read.database()).isEqualTo(before.database());
            assertThat(read.server().files()).isNull();
            assertThat(read.server().run()).isEqualTo(before.server().run());
            assertCharged(weak);
        } finally {
            execute(original, "grant execute on function pg_control_system() to public", "drop owned by weak");
        }
    }

    /** As a snapshot of a volume, or a base backup: the same files, served by another server. */
    @Test
    void a_copy_of_the_files_on_another_server_charges_nobody(@TempDir Path folder) throws Exception {
        Path files = folder.resolve("original");
        Path copied = folder.resolve("copy");
        gateway.setMode(KeyMode.LIVE);
        int port;
        DatabaseIdentity before;
        try (EmbeddedPostgres server = server(files, 0)) {
            port = server.getPort();
            use(server.getPostgresDatabase());
            before = identity(server.getPostgresDatabase());
        }
        copy(files, copied);

        try (EmbeddedPostgres server = server(copied, 0)) {
            DatabaseIdentity copy = identity(server.getPostgresDatabase());
            assertThat(copy.onAnyServer())
                    .as("nothing in the files tells them apart")
                    .isEqualTo(before.onAnyServer());
            assertThat(before.cluster()).isNotNull();
            assertThat(copy.server().files()).isNotEqualTo(before.server().files());
            assertHeld(server.getPostgresDatabase());
        }
        try (EmbeddedPostgres server = server(files, port)) {
            clock.advance(Duration.ofDays(1));
            assertThat(identity(server.getPostgresDatabase()).server().run())
                    .isNotEqualTo(before.server().run());
            try (AutoRecharge node = node(server.getPostgresDatabase())) {
                assertThat(node.database().difference())
                        .as("a restart of the original")
                        .isNull();
            }
        }
    }

    private static EmbeddedPostgres server(Path files, int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(60))
                .setDataDirectory(files)
                .setCleanDataDirectory(false);
        return (port == 0 ? builder : builder.setPort(port)).start();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}

package io.autorecharge.examples.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts whose tables Flyway creates, on PostgreSQL. */
@Tag("database")
class FlywayTest {
    private static final String ON = "spring.flyway.enabled=true";
    private static final String BY_FLYWAY = "autorecharge.jdbc.migrate=false";

    private final String database = PostgreSqlFixture.newDatabaseUrl();

    @TempDir
    private Path folder;

    @Test
    void runs_the_files_of_the_jar_unchanged() {
        String[] properties = {ON, BY_FLYWAY, "spring.flyway.locations=classpath:db/orders"};
        for (int start = 1; start <= 2; start++) {
            try (Application host = Application.start(FlywayHost.class, database, properties)) {
                assertThat(host.use("ann")).isEqualTo("22.5");
                assertThat(host.column("select script from flyway_schema_history"))
                        .containsExactly("V1__orders.sql");
                assertThat(
                                host.column(
                                        "select script from auto_recharge_flyway_history where version <> '0' order by installed_rank"))
                        .startsWith("V1__tables.sql", "V2__ledger_sequence.sql");
            }
        }
    }

    @Test
    void runs_what_the_schema_command_printed_for_a_table_of_the_host() throws Exception {
        List<String> parts = SchemaProcess.print(Application.USERS);
        for (int i = 0; i < parts.size(); i++) {
            Files.writeString(folder.resolve("V" + (i + 2) + "__auto_recharge.sql"), parts.get(i));
        }
        String[] properties = Application.withUsers(
                ON,
                BY_FLYWAY,
                "spring.flyway.locations=classpath:db/users,filesystem:" + folder,
                // Otherwise an index that is built concurrently waits for Flyway's own transaction, forever.
                "spring.flyway.postgresql.transactional-lock=false");
        for (int start = 1; start <= 2; start++) {
            try (Application host = Application.start(Host.class, database, properties)) {
                assertThat(host.use("1")).isEqualTo("72.5");
                assertThat(host.column("select credits from users")).containsExactly("72.50");
                assertThat(host.column("select script from flyway_schema_history order by installed_rank"))
                        .startsWith("V1__users.sql", "V2__auto_recharge.sql")
                        .hasSize(1 + parts.size());
            }
        }
    }

    @Test
    void and_the_librarys_own_migration_coexist_and_the_hosts_runs_first() {
        // On an empty database. If the library's migration ran first, Flyway would find a schema that is not empty and
        // has no history, and the library no table to add columns to.
        String[] properties = Application.withUsers(ON, "spring.flyway.locations=classpath:db/users");
        for (int start = 1; start <= 2; start++) {
            try (Application host = Application.start(Host.class, database, properties)) {
                assertThat(host.use("1")).isEqualTo("72.5");
                assertThat(host.column("select script from flyway_schema_history"))
                        .containsExactly("V1__users.sql");
            }
        }
    }

    @Test
    void existing_tables_are_adopted_by_the_librarys_own_migration() {
        String[] properties = {ON, BY_FLYWAY, "spring.flyway.locations=classpath:db/orders"};
        try (Application host = Application.start(FlywayHost.class, database, properties)) {
            host.use("ann");
        }
        try (Application host = Application.start(Host.class, database)) {
            assertThat(host.use("ann")).isEqualTo("22.5");
            assertThat(host.column("select amount from credit_transactions order by seq"))
                    .containsExactly("30.000000", "-7.500000");
            assertThat(host.column("select file_name from auto_recharge_schema where version > 0 order by version"))
                    .isEqualTo(
                            host.column(
                                    "select script from auto_recharge_flyway_history where version <> '0' order by version::int"));
        }
    }

    @Test
    void a_host_without_the_librarys_files_does_not_start_and_the_error_names_what_is_missing() {
        assertThatThrownBy(() -> Application.start(
                        Host.class, database, ON, BY_FLYWAY, "spring.flyway.locations=classpath:db/orders"))
                .hasStackTraceContaining("autorecharge.jdbc.migrate")
                .hasStackTraceContaining("table credit_accounts");
    }
}

package io.autorecharge.examples.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hosts whose tables Liquibase creates, on PostgreSQL. */
@Tag("database")
class LiquibaseTest {
    private static final String ON = "spring.liquibase.enabled=true";
    private static final String BY_LIQUIBASE = "autorecharge.jdbc.migrate=false";

    private final String database = PostgreSqlFixture.newDatabaseUrl();

    @Test
    void runs_the_files_of_the_jar_unchanged() {
        String[] properties = {ON, BY_LIQUIBASE, "spring.liquibase.change-log=classpath:db/changelog.yaml"};
        for (int start = 1; start <= 2; start++) {
            try (Application host = Application.start(Host.class, database, properties)) {
                assertThat(host.use("ann")).isEqualTo("22.5");
                assertThat(host.column("select id from databasechangelog order by orderexecuted"))
                        .startsWith("orders", "auto-recharge-1", "auto-recharge-2");
            }
        }
    }

    @Test
    void runs_what_the_schema_command_printed_for_a_table_of_the_host() throws Exception {
        String name = "generated/" + UUID.randomUUID() + ".sql";
        Path file = Path.of(URI.create(String.valueOf(LiquibaseTest.class.getResource("/"))))
                .resolve(name);
        Files.createDirectories(file.getParent());
        String users = Files.readString(file.getParent().resolveSibling("db/users/V1__users.sql"));
        List<String> parts = SchemaProcess.print(Application.USERS);
        StringBuilder changes = new StringBuilder("--liquibase formatted sql\n--changeset shop:users\n").append(users);
        for (int i = 0; i < parts.size(); i++) {
            changes.append("\n--changeset shop:auto-recharge-" + (i + 1))
                    .append(i == 0 ? "\n" : " runInTransaction:false\n")
                    .append(parts.get(i));
        }
        Files.writeString(file, changes);
        String[] properties = Application.withUsers(ON, BY_LIQUIBASE, "spring.liquibase.change-log=classpath:" + name);

        for (int start = 1; start <= 2; start++) {
            try (Application host = Application.start(Host.class, database, properties)) {
                assertThat(host.use("1")).isEqualTo("72.5");
                assertThat(host.column("select id from databasechangelog order by orderexecuted"))
                        .startsWith("users", "auto-recharge-1")
                        .hasSize(1 + parts.size());
            }
        }
    }

    @Test
    void and_the_librarys_own_migration_coexist() {
        for (int start = 1; start <= 2; start++) {
            try (Application host =
                    Application.start(Host.class, database, ON, "spring.liquibase.change-log=classpath:db/own.yaml")) {
                assertThat(host.use("ann")).isEqualTo("22.5");
                assertThat(host.column("select id from databasechangelog")).containsExactly("orders");
            }
        }
    }
}

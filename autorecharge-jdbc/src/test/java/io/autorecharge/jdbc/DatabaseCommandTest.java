package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import io.autorecharge.store.RechargeStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

@Tag("process")
class DatabaseCommandTest {
    private static final List<String> USERS = List.of(
            "--table",
            "users",
            "--id-column",
            "id",
            "--id-type",
            "integer",
            "--balance-column=credits",
            "--balance-type=integer");

    private @Nullable String url;
    private String out = "";
    private String err = "";

    @Test
    void migrates_the_hosts_table_as_a_process_any_number_of_times() throws Exception {
        execute("create table users (id integer primary key, email varchar(100), credits integer not null default 0)");
        execute("insert into users values (1, 'ann@example.org', 7)");

        assertThat(command("check", USERS)).isEqualTo(DatabaseCommand.FAILED);
        assertThat(err)
                .contains("column \"users\".auto_recharge_enabled", "table auto_recharge_state")
                .doesNotContain("column \"users\".credits");

        assertThat(process("migrate", USERS)).as(err).isEqualTo(DatabaseCommand.DONE);
        assertThat(out).isEqualTo("The tables are at version " + SchemaFile.NEWEST + ".\n");
        assertThat(command("migrate", USERS)).as(err).isEqualTo(DatabaseCommand.DONE);
        assertThat(out).isEqualTo("The tables are at version " + SchemaFile.NEWEST + ".\n");

        assertThat(process("check", USERS)).as(err).isEqualTo(DatabaseCommand.DONE);
        assertThat(out)
                .isEqualTo("The schema is complete.\nThe database was not used yet, so it contains no installation.\n");
        assertThat(first(
                        "select id || email || credits || auto_recharge_enabled || auto_recharge_threshold from users"))
                .isEqualTo("1ann@example.org7false10");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void prints_what_makes_the_tables_and_can_run_twice(boolean hosts) throws Exception {
        execute("create table users (id integer primary key, email varchar(100), credits integer not null default 0)");
        List<String> options = new ArrayList<>(hosts ? USERS : List.of());
        options.addAll(List.of("--dialect", "postgresql"));

        assertThat(run(Map.of(), "schema", options)).as(err).isEqualTo(DatabaseCommand.DONE);
        String script = out;
        for (int run = 1; run <= 2; run++) {
            for (String part : script.split("(?m)^-- Each of these by itself.*$")) {
                execute(part);
            }
        }

        assertThat(command("check", hosts ? USERS : List.of())).as(err).isEqualTo(DatabaseCommand.DONE);
        assertThat(script.contains("create table if not exists credit_accounts"))
                .isEqualTo(!hosts);
        assertThat(first("select data_type from information_schema.columns"
                        + " where table_name = 'credit_transactions' and column_name = 'user_id'"))
                .isEqualTo(hosts ? "integer" : "character varying");
    }

    @ParameterizedTest
    @CsvSource({"h2", "mariadb"})
    void prints_the_sql_of_the_other_databases_too(String dialect) {
        assertThat(run(Map.of(), "schema", List.of("--dialect", dialect))).isEqualTo(DatabaseCommand.DONE);

        assertThat(out).contains("-- V1__tables.sql", "open_slot", "create table if not exists auto_recharge_outbox");
    }

    @Test
    void prints_only_what_came_after_a_version() {
        assertThat(run(Map.of(), "schema", List.of("--dialect", "postgresql", "--from", "2")))
                .isEqualTo(DatabaseCommand.DONE);

        assertThat(out)
                .contains("-- V2__ledger_sequence.sql", "alter table auto_recharge_state add column")
                .doesNotContain("V1__", "create table if not exists credit_accounts");
    }

    @Test
    void lists_what_is_missing_in_tables_that_another_tool_created() throws Exception {
        run(Map.of(), "schema", List.of("--dialect", "postgresql"));
        execute(out);
        execute("drop index auto_recharge_one_open");
        execute("alter table auto_recharge_state drop column ledger_seq");
        execute("drop table auto_recharge_outbox");

        assertThat(command("check", List.of())).isEqualTo(DatabaseCommand.FAILED);

        assertThat(err)
                .contains("lacks what auto-recharge needs: column auto_recharge_state.ledger_seq,"
                        + " unique index auto_recharge_one_open on auto_recharge_recharges,"
                        + " table auto_recharge_outbox;");
    }

    @Test
    void lists_what_can_stand_in_the_way_and_fails_where_nothing_can_be_written() throws Exception {
        assertThat(command("migrate", List.of())).as(err).isEqualTo(DatabaseCommand.DONE);
        execute("alter table credit_accounts add constraint small check (credits < 100)");

        assertThat(command("check", List.of())).as(err).isEqualTo(DatabaseCommand.DONE);
        assertThat(out)
                .isEqualTo("The schema is complete.\nThe database was not used yet, so it contains no installation.\n"
                        + "WARNING: table credit_accounts: the check constraint small"
                        + " (CHECK ((credits < (100)::numeric))): a row that breaks it is refused\n");

        execute("alter table auto_recharge_state replica identity nothing");
        execute("create publication changes for table auto_recharge_state");
        assertThat(command("check", List.of())).isEqualTo(DatabaseCommand.FAILED);
        assertThat(out).contains("REFUSED: table auto_recharge_state: no replica identity for the publication changes");
        assertThat(command("status", List.of()))
                .as("an operator need not write: " + err)
                .isEqualTo(DatabaseCommand.DONE);
    }

    @Test
    void stops_all_charges_tells_of_it_and_ends_the_stop() throws Exception {
        assertThat(command("migrate", List.of())).as(err).isEqualTo(DatabaseCommand.DONE);
        assertThat(command("status", List.of())).as(err).isEqualTo(DatabaseCommand.DONE);
        assertThat(out).startsWith("Charges are not stopped.\n");

        List<String> stop = List.of("--reason", "key leaked", "--actor", "ops");
        assertThat(command("pause", stop)).as(err).isEqualTo(DatabaseCommand.DONE);
        assertThat(out).isEqualTo("All charges are stopped. No charge is under way.\n");
        assertThat(command("status", List.of())).isEqualTo(DatabaseCommand.DONE);
        assertThat(out.lines().findFirst().orElseThrow())
                .matches("Charges are stopped since 20\\S+Z by ops: key leaked");
        assertThat(command("pause", List.of("--reason", "key leaked"))).isEqualTo(DatabaseCommand.MISUSED);
        assertThat(err).contains("--actor must be given");

        execute("insert into credit_accounts (id, auto_recharge_threshold, auto_recharge_enabled, stripe_customer_id,"
                + " stripe_payment_method_id) values ('ann', 10, true, 'cus_1', 'pm_1')");
        assertThat(command("resume", List.of("--actor", "ops"))).as(err).isEqualTo(DatabaseCommand.DONE);
        assertThat(out).isEqualTo("Charges go on. Accounts that are due now: 1.\n");
        assertThat(command("resume", List.of("--actor", "ops"))).isEqualTo(DatabaseCommand.DONE);
        assertThat(out).isEqualTo("Charges were not stopped.\n");
    }

    @Test
    void confirms_the_database_and_tells_what_it_is_bound_to() throws Exception {
        assertThat(command("migrate", List.of())).as(err).isEqualTo(DatabaseCommand.DONE);
        assertThat(command("confirm", List.of("--id", "shop/1"))).isEqualTo(DatabaseCommand.MISUSED);
        assertThat(err).startsWith("--id must be 1 to 64 letters");
        execute("insert into auto_recharge_installation (singleton, id, database_identity, server_identity, key_mode,"
                + " created_at, bound_at, seen_at)"
                + " values (1, 'shop', 'database=postgresql:1/2', 'url=elsewhere', 'LIVE', now(), now(), now())");
        execute("insert into auto_recharge_state (account_id, stamped_customer) values ('ann', 'cus_1')");
        assertThat(command("status", List.of())).isEqualTo(DatabaseCommand.DONE);
        assertThat(out)
                .contains(
                        "Installation: shop\nBound to: database=postgresql:1/2 url=elsewhere, with a LIVE key, since 20")
                .containsPattern(
                        "This database: cluster=\\d+ database=postgresql:\\d+/\\d+ url=jdbc:postgresql://\\S+ ");

        assertThat(process("confirm", List.of())).as(err).isEqualTo(DatabaseCommand.DONE);

        assertThat(out)
                .isEqualTo("Installation shop is confirmed in this database. Its accounts are charged within a"
                        + " minute, with the kind of key that the next process has.\n");
        assertThat(command("check", List.of())).isEqualTo(DatabaseCommand.DONE);
        assertThat(out)
                .containsPattern(
                        "Bound to: cluster=\\d+ database=postgresql:\\d+/\\d+, with any key, since 20\\S+Z, last used 20");
        assertThat(first("select stamped_customer from auto_recharge_state")).isEqualTo("cus_1");

        assertThat(command("confirm", List.of("--key", "real"))).isEqualTo(DatabaseCommand.MISUSED);
        assertThat(err).startsWith("--key must be live or test");
        assertThat(command("confirm", List.of("--key", "test"))).isEqualTo(DatabaseCommand.DONE);
        assertThat(first("select key_mode from auto_recharge_installation")).isEqualTo("TEST");

        assertThat(command("confirm", List.of("--id", "shop-2"))).as(err).isEqualTo(DatabaseCommand.DONE);
        assertThat(out).contains("Before, it was installation shop. Customers of that installation are not charged.");
        assertThat(first("select id from auto_recharge_installation")).isEqualTo("shop-2");
        assertThat(first("select stamped_customer from auto_recharge_state")).isNull();
    }

    @Test
    void lists_which_account_violates_which_invariant() throws Exception {
        assertThat(command("migrate", List.of())).as(err).isEqualTo(DatabaseCommand.DONE);
        assertThat(command("verify", List.of())).as(err).isEqualTo(DatabaseCommand.DONE);
        assertThat(out).isEqualTo("Every invariant holds.\n");
        execute("insert into credit_accounts (id, credits) values ('ann', 7)");

        assertThat(process("verify", List.of())).isEqualTo(DatabaseCommand.VIOLATED);

        assertThat(out).isEqualTo("LEDGER_ADDS_UP account=ann: balance 7.000000, entries add up to 0\n");
        assertThat(err).endsWith("Violations: 1, listed: 1.\n");
    }

    @Test
    void verifies_nothing_where_a_table_is_missing() throws Exception {
        assertThat(command("verify", List.of())).isEqualTo(DatabaseCommand.FAILED);
        assertThat(err).contains("The database failed: verifying LEDGER_ADDS_UP was refused: ", "credit_accounts");
    }

    @Test
    void takes_the_password_from_the_environment_and_shows_it_nowhere() throws SQLException {
        String protectedUrl = "jdbc:h2:mem:" + UUID.randomUUID();
        try (Connection keptOpen = DriverManager.getConnection(protectedUrl, "ann", "s3cret")) {
            List<String> login = List.of("--url", protectedUrl, "--user", "ann");

            assertThat(run(Map.of(CommandConnections.PASSWORD, "s3cret"), "migrate", login))
                    .as(err)
                    .isEqualTo(DatabaseCommand.DONE);
            assertThat(run(Map.of(CommandConnections.PASSWORD, "s3cret"), "check", login))
                    .as(err)
                    .isEqualTo(DatabaseCommand.DONE);
            assertThat(run(Map.of(CommandConnections.PASSWORD, "wr0ng"), "check", login))
                    .isEqualTo(DatabaseCommand.FAILED);

            assertThat(err).startsWith("The database failed: ").doesNotContain("wr0ng", "s3cret", "\tat ");
            assertThat(keptOpen.isValid(1)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "frobnicate | command must be one of schema, migrate, check, verify, pause, resume, lift, status, confirm, help: frobnicate",
                "schema | --dialect must be given",
                "schema --dialect oracle | --dialect must be one of postgresql, h2, mariadb: oracle",
                "schema --dialect h2 --from 0 | --from must be between 1 and",
                "schema --dialect h2 --from x | --from must be a version number: x",
                "schema --dialect | --dialect must be given",
                "schema --dialect h2 --dialect h2 | --dialect must be given only once",
                "schema --dialect h2 --colour red | option must be one of --balance-column, --balance-type, --dialect, --email-column,",
                "schema --dialect h2 red | option must be one of",
                "schema --dialect h2 --table users | --id-column must be given for your own accounts table",
                "schema --dialect h2 --id-type uuid | --table must be given for your own accounts table",
                "schema --dialect h2 --table a;b --id-column id --id-type text --balance-column c --balance-type integer"
                        + " | --table must be an identifier",
                "migrate --user ann | --url must be given",
                "migrate --url jdbc:postgresql://h/d?password=x | --url must not contain a password, which belongs in",
            })
    void refuses_what_it_does_not_understand_by_its_name(String line, String refusal) {
        String[] args = line.split(" ");

        assertThat(run(Map.of(), args[0], List.of(args).subList(1, args.length)))
                .isEqualTo(DatabaseCommand.MISUSED);

        assertThat(err).startsWith(refusal);
        assertThat(out).isEmpty();
    }

    @Test
    void names_a_bad_type_and_the_option() {
        List<String> options = new ArrayList<>(USERS);
        options.set(options.indexOf("integer"), "smallint");
        options.addAll(List.of("--dialect", "h2"));

        assertThat(run(Map.of(), "schema", options)).isEqualTo(DatabaseCommand.MISUSED);

        assertThat(err).startsWith("--id-type must be one of text, integer, bigint, uuid: smallint");
    }

    @Test
    void explains_itself() {
        assertThat(run(Map.of(), "help", List.of())).isEqualTo(DatabaseCommand.DONE);
        assertThat(out).contains("schema ", "migrate ", "check ", CommandConnections.PASSWORD);
        AccountsTableSettings.NAMES.forEach(name -> assertThat(out).contains("--" + name));
    }

    @Test
    void says_that_no_driver_takes_the_url() {
        assertThat(run(Map.of(), "migrate", List.of("--url", "jdbc:nothing:x"))).isEqualTo(DatabaseCommand.FAILED);
        assertThat(err).contains("No suitable driver found for jdbc:nothing:x");
    }

    /** Of a new database per test, created by those tests that need one. */
    private String url() {
        if (url == null) {
            url = PostgreSqlFixture.newDatabaseUrl();
        }
        return url;
    }

    private int command(String command, List<String> options) {
        return run(Map.of(), command, onDatabase(options));
    }

    private List<String> onDatabase(List<String> options) {
        String withoutUser = url().substring(0, url().indexOf('?'));
        return Stream.concat(Stream.of("--url", withoutUser, "--user", "postgres"), options.stream())
                .toList();
    }

    private int run(Map<String, String> environment, String command, List<String> options) {
        ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        int code = new DatabaseCommand(
                        environment,
                        Clock.systemUTC(),
                        new PrintStream(stdout, true, StandardCharsets.UTF_8),
                        new PrintStream(stderr, true, StandardCharsets.UTF_8))
                .run(arguments(command, options));
        out = stdout.toString(StandardCharsets.UTF_8);
        err = stderr.toString(StandardCharsets.UTF_8);
        return code;
    }

    private static String[] arguments(String command, List<String> options) {
        return Stream.concat(Stream.of(command), options.stream()).toArray(String[]::new);
    }

    /** In a JVM of its own, which takes a second: with nothing but the library, what it depends on, and a driver. */
    private int process(String command, List<String> options) throws IOException, InterruptedException {
        String classPath = Stream.of(JdbcStore.class, RechargeStore.class, Logger.class, org.postgresql.Driver.class)
                .map(DatabaseCommandTest::location)
                .collect(Collectors.joining(java.io.File.pathSeparator));
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                DatabaseCommand.class.getName(),
                command));
        line.addAll(onDatabase(options));
        Process process = new ProcessBuilder(line).start();
        out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor();
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String first(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}

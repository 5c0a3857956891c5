package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.credit.Credits;
import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The guide's queries, letter by letter as they stand in it, on a table of users as the guide has it. */
@Tag("database")
final class GuideQueriesTest {
    private static final AccountsTable USERS = AccountsTable.of(
                    "users", "id", IdType.INTEGER, "credits", BalanceType.DOUBLE)
            .withEmail("email");

    private final DataSource database = PostgreSqlFixture.newDatabase();

    @BeforeEach
    void makeUsers() throws Exception {
        execute("create table users (id serial primary key, email varchar(255) not null, credits float default 0)");
        Migrator.create(ConnectionPort.of(database), Dialect.POSTGRESQL, USERS).migrate();
        execute("insert into users (email, credits) values ('off@example.org', 5)");
        execute(user("rich@example.org", "10", "true", "'cus_2'", "'pm_2'"));
        execute(user("poor@example.org", "9.5", "true", "'cus_3'", "'pm_3'"));
        execute(user("no-customer@example.org", "5", "true", "null", "'pm_4'"));
        execute(user("no-card@example.org", "5", "true", "'cus_5'", "null"));
        execute(user("switched-off@example.org", "5", "false", "'cus_6'", "'pm_6'"));
        execute(user("broke@example.org", "-2", "true", "'cus_7'", "'pm_7'"));
    }

    private static String user(String email, String credits, String enabled, String customer, String method) {
        return "insert into users (email, credits, auto_recharge_enabled, auto_recharge_credits, stripe_customer_id,"
                + " stripe_payment_method_id) values ('" + email + "', " + credits + ", " + enabled + ", 100, "
                + customer
                + ", " + method + ")";
    }

    @Test
    void verification_reports_the_five_columns() throws Exception {
        assertThat(rows("verification"))
                .containsExactlyInAnyOrder(
                        "auto_recharge_enabled|boolean|NO|false",
                        "auto_recharge_credits|integer|YES|null",
                        "auto_recharge_threshold|double precision|NO|10.0",
                        "stripe_customer_id|character varying|YES|null",
                        "stripe_payment_method_id|character varying|YES|null");
    }

    @Test
    void enabled_users_are_those_with_the_switch_on() throws Exception {
        assertThat(rows("enabled"))
                .containsExactlyInAnyOrder(
                        "2|rich@example.org|t|100|10|10",
                        "3|poor@example.org|t|100|10|9.5",
                        "4|no-customer@example.org|t|100|10|5",
                        "5|no-card@example.org|t|100|10|5",
                        "7|broke@example.org|t|100|10|-2");
    }

    @Test
    void users_in_need_are_those_who_are_charged_and_have_a_transaction_afterwards() throws Exception {
        assertThat(rows("needing"))
                .containsExactlyInAnyOrder("3|poor@example.org|9.5|10|100", "7|broke@example.org|-2|10|100");
        assertThat(rows("recent")).isEmpty();
        execute(GuideApplication.resource("guide/consent.sql"));
        JdbcStore store = JdbcStore.create(ConnectionPort.of(database), Dialect.POSTGRESQL, USERS, Credits.of(10));

        assertThat(new GuideApplication(store).run())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("3", "7");

        assertThat(rows("needing")).isEmpty();
        assertThat(rows("recent").stream().map(row -> row.substring(0, row.lastIndexOf('|'))))
                .containsExactlyInAnyOrder(
                        "poor@example.org|100.000000|109.500000|Auto-recharge: 100 credits",
                        "poor@example.org|20.000000|129.500000|Auto-recharge bonus: 20 credits",
                        "broke@example.org|100.000000|98.000000|Auto-recharge: 100 credits",
                        "broke@example.org|20.000000|118.000000|Auto-recharge bonus: 20 credits");
    }

    @Test
    void the_documentation_shows_the_statement_that_records_consent_as_it_is_run_here() throws Exception {
        String statement = GuideApplication.resource("guide/consent.sql").replaceAll("(?m)^--.*\\R", "");

        assertThat(Files.readString(Path.of("..", "docs", "adopting-a-table.md")))
                .contains(statement.strip() + ";");
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> rows(String query) throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(GuideApplication.resource("guide/" + query + ".sql"))) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.add(rows.getString(i));
                }
                found.add(String.join("|", row.stream().map(String::valueOf).toList()));
            }
            return found;
        }
    }
}

package io.autorecharge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.jdbc.AccountsTable;
import io.autorecharge.jdbc.BalanceType;
import io.autorecharge.jdbc.IdType;
import io.autorecharge.jdbc.JdbcStore;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where a host configures the table of its accounts, and that it creates the tables itself. */
class AccountsTableTest {
    private static final List<String> USERS = List.of(
            "table=users", "id-column=id", "id-type=bigint", "balance-column=credits", "balance-type=numeric(12,2)");

    @Configuration(proxyBeanMethods = false)
    @EnableLibraryOnly
    static class Host {
        @Bean
        JdbcDataSource database(@Value("${database}") String url) {
            JdbcDataSource database = new JdbcDataSource();
            database.setURL(url);
            return database;
        }

        @Bean
        FakeShop shop() {
            return new FakeShop();
        }
    }

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(Host.class)
            .withPropertyValues(
                    "autorecharge.scheduler.enabled=false",
                    "database=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");

    @Test
    void is_the_librarys_own_by_default() {
        runner.run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(JdbcStore.class);
            assertThat(context.getBean(AccountsTable.class)).isSameAs(AccountsTable.own());
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void is_the_hosts_if_configured_and_must_exist(boolean migrate) {
        runner.withPropertyValues(users())
                .withPropertyValues("autorecharge.jdbc.migrate=" + migrate)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("autorecharge.accounts")
                        .hasStackTraceContaining("table must be a table of the database: users"));
    }

    @Test
    void may_be_a_bean() {
        AccountsTable table = AccountsTable.of("users", "id", IdType.UUID, "credits", BalanceType.BIGINT);
        runner.withBean(AccountsTable.class, () -> table)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("table must be a table of the database: users"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "table | | accounts.table | must be given",
                "table | users; drop | accounts.table | must be an identifier",
                "table | a.b.c | accounts.table | must be an identifier",
                "id-column | | accounts.id-column | must be given",
                "id-column | 1d | accounts.id-column | must be an identifier",
                "id-type | | accounts.id-type | must be given",
                "id-type | serial | accounts.id-type | serial",
                "balance-column | | accounts.balance-column | must be given",
                "balance-type | | accounts.balance-type | must be given",
                "balance-type | money | accounts.balance-type | must be one of integer, bigint",
                "balance-type | numeric(2,3) | accounts.balance-type | must be valid: its scale",
                "email-column | e mail | accounts.email-column | must be an identifier",
                "foreign-key | perhaps | accounts.foreign-key | perhaps",
            })
    void what_cannot_work_is_refused_by_property_and_value(String name, String value, String property, String why) {
        String[] others = Arrays.stream(users())
                .filter(it -> !it.startsWith("autorecharge.accounts." + name + "="))
                .toArray(String[]::new);
        runner.withPropertyValues(others)
                .withPropertyValues("autorecharge.accounts." + name + "=" + (value == null ? "" : value))
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("autorecharge." + property)
                        .hasStackTraceContaining(why));
    }

    @Test
    void tables_that_the_host_creates_are_checked_at_the_start() {
        runner.withPropertyValues("autorecharge.jdbc.migrate=false")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("autorecharge.jdbc.migrate")
                        .hasStackTraceContaining("table credit_accounts, table credit_transactions"));
    }

    @Test
    void tables_that_are_there_are_taken_as_they_are() {
        runner.run(first -> assertThat(first).hasNotFailed());
        runner.withPropertyValues("autorecharge.jdbc.migrate=false")
                .run(second -> assertThat(second).hasNotFailed().hasSingleBean(JdbcStore.class));
    }

    private static String[] users() {
        return USERS.stream().map(it -> "autorecharge.accounts." + it).toArray(String[]::new);
    }
}

package io.autorecharge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import io.autorecharge.jdbc.JdbcStore;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An application with two databases, of which one holds the credits. */
class ChosenDataSourceTest {
    private static final AccountId ANN = AccountId.of("ann");

    @Configuration(proxyBeanMethods = false)
    @EnableLibraryOnly
    static class Host {
        @Bean
        DataSource reports() {
            return database();
        }

        @Bean
        DataSource shopDatabase() {
            return database();
        }

        @Bean
        PlatformTransactionManager reportsTransactions(@Qualifier("reports") DataSource database) {
            return new JdbcTransactionManager(database);
        }

        @Bean
        PlatformTransactionManager shopTransactions(@Qualifier("shopDatabase") DataSource database) {
            return new JdbcTransactionManager(database);
        }

        @Bean
        FakeShop shop() {
            return new FakeShop();
        }

        private static DataSource database() {
            JdbcDataSource database = new JdbcDataSource();
            database.setURL(
                    "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;INIT=create schema if not exists credit");
            return database;
        }
    }

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(Host.class)
            .withPropertyValues("autorecharge.scheduler.enabled=false");

    @Test
    void one_of_several_must_be_named() {
        runner.run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("autorecharge.jdbc.data-source")
                .hasMessageContaining("reports, shopDatabase"));
    }

    @Test
    void the_name_must_be_that_of_a_bean() {
        runner.withPropertyValues("autorecharge.jdbc.data-source=shop")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("autorecharge.jdbc.data-source")
                        .hasMessageContaining("reports, shopDatabase"));
    }

    @Test
    void only_the_named_one_gets_tables_and_only_its_transactions_are_joined() {
        runner.withPropertyValues("autorecharge.jdbc.data-source=shopDatabase").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(tables(context, "reports")).isEmpty();
            assertThat(tables(context, "shopDatabase")).contains("PUBLIC.CREDIT_TRANSACTIONS");
            JdbcStore store = context.getBean(JdbcStore.class);

            rolledBack(context, "shopTransactions", store, "first");
            assertThat(store.entries(ANN, Long.MAX_VALUE, 10)).isEmpty();
            rolledBack(context, "reportsTransactions", store, "second");
            assertThat(store.balance(ANN)).isEqualTo(Credits.of(5));
        });
    }

    @Test
    void schema_and_prefix_are_properties() {
        runner.withPropertyValues(
                        "autorecharge.jdbc.data-source=shopDatabase",
                        "autorecharge.jdbc.schema=credit",
                        "autorecharge.jdbc.table-prefix=shop_")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(tables(context, "shopDatabase"))
                            .contains("CREDIT.SHOP_CREDIT_ACCOUNTS", "CREDIT.SHOP_AUTO_RECHARGE_STATE")
                            .allMatch(table -> table.startsWith("CREDIT.SHOP_"));
                });
    }

    @Test
    void a_schema_that_does_not_exist_is_reported_under_its_property() {
        runner.withPropertyValues("autorecharge.jdbc.data-source=shopDatabase", "autorecharge.jdbc.schema=missing")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("autorecharge.jdbc.schema")
                        .hasMessageContaining("must be a schema of the database"));
    }

    private static void rolledBack(ApplicationContext context, String manager, JdbcStore store, String reference) {
        new TransactionTemplate(context.getBean(manager, PlatformTransactionManager.class))
                .executeWithoutResult(transaction -> {
                    store.grant(
                            new Grant(ANN, Credits.of(5), Category.PROMOTIONAL, reference, "Gift"),
                            Instant.parse("2026-11-02T10:00:00Z"));
                    transaction.setRollbackOnly();
                });
    }

    private static List<String> tables(ApplicationContext context, String database) {
        return new JdbcTemplate(context.getBean(database, DataSource.class))
                .queryForList(
                        "select table_schema || '.' || table_name from information_schema.tables"
                                + " where table_schema <> 'INFORMATION_SCHEMA'",
                        String.class);
    }
}

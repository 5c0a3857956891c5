package io.autorecharge.spring;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.jdbc.AccountsTable;
import io.autorecharge.jdbc.ConnectionPort;
import io.autorecharge.jdbc.Dialect;
import io.autorecharge.jdbc.JdbcStore;
import io.autorecharge.jdbc.Migrator;
import io.autorecharge.jdbc.TimeLimits;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.store.RechargeStore;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.ConfigurableTransactionManager;

/**
 * The store in the host's database, unless the host has a {@link RechargeStore} bean. It must come after Spring Boot's own configurations,
 * which have other names in 3.5 than in 4; hence the names as strings, where a missing class is no error.
 */
@AutoConfiguration(
        after = StripeAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration",
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
            "org.springframework.boot.autoconfigure.liquibase.LiquibaseAutoConfiguration",
            "org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration"
        })
@ConditionalOnBooleanProperty(name = "autorecharge.enabled", matchIfMissing = true)
@ConditionalOnClass(ConnectionHolder.class)
@ConditionalOnBean({Gateway.class, DataSource.class})
@ConditionalOnMissingBean(RechargeStore.class)
@EnableConfigurationProperties(AutoRechargeProperties.class)
class StoreAutoConfiguration {
    static final String MIGRATION = "autoRechargeMigration";

    @Bean
    @ConditionalOnMissingBean
    ConnectionPort autoRechargeConnections(ListableBeanFactory beans, AutoRechargeProperties properties) {
        return new SpringConnections(DataSources.chosen(beans, properties.jdbc().dataSource()));
    }

    /** So that the end of a transaction is known before the host's callbacks run. */
    @Bean
    SmartInitializingSingleton autoRechargeTransactionPhases(
            ConnectionPort connections, ObjectProvider<ConfigurableTransactionManager> managers) {
        return () -> {
            if (connections instanceof SpringConnections spring) {
                managers.orderedStream().forEach(manager -> manager.addListener(spring.phases()));
            }
        };
    }

    @Bean
    @ConditionalOnMissingBean
    AccountsTable autoRechargeAccountsTable(AutoRechargeProperties properties) {
        return AccountsFactory.placed(AccountsFactory.table(properties.accounts()), properties.jdbc());
    }

    /** After the host's own migrations: Flyway refuses a database that is neither empty nor known to it. */
    @Bean(MIGRATION)
    @DependsOnDatabaseInitialization
    MigratedDatabase autoRechargeMigration(
            ConnectionPort connections, AccountsTable table, AutoRechargeProperties properties) {
        Dialect dialect = Dialect.detect(connections);
        AccountsTable accounts = AccountsFactory.placed(table, properties.jdbc());
        Migrator migrator = Migrator.create(connections, dialect, accounts);
        try {
            if (properties.jdbc().migrate()) {
                migrator.migrate();
            } else {
                check(migrator);
            }
        } catch (InvalidValueException e) {
            throw AccountsFactory.invalid(accounts, e);
        }
        return new MigratedDatabase(dialect, accounts);
    }

    /** Reports at startup what is missing if another tool creates the tables. */
    private static void check(Migrator migrator) {
        try {
            migrator.check();
        } catch (IllegalStateException e) {
            throw PropertyErrors.invalid("jdbc.migrate", false, String.valueOf(e.getMessage()));
        }
    }

    @Bean
    @ConditionalOnMissingBean(RechargeStore.class)
    JdbcStore autoRechargeStore(
            ConnectionPort connections,
            RechargePolicy policy,
            MigratedDatabase database,
            AutoRechargeProperties properties) {
        return JdbcStore.create(
                connections,
                database.dialect(),
                database.accounts(),
                policy.threshold(),
                timeLimits(properties.jdbc()));
    }

    static TimeLimits timeLimits(AutoRechargeProperties.Jdbc given) {
        return PropertyErrors.properties(
                field -> "jdbc." + field + "-timeout",
                () -> new TimeLimits(given.lockTimeout(), given.statementTimeout(), given.networkTimeout()));
    }

    /**
     * The database, once the tables exist.
     *
     * @param dialect which database it is
     * @param accounts where the tables are
     */
    record MigratedDatabase(Dialect dialect, AccountsTable accounts) {}

    /** Only if the host uses JPA. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "jakarta.persistence.EntityManagerFactory")
    static class Jpa {
        @Bean
        static SchemaBeforeValidation autoRechargeSchemaBeforeValidation(Environment environment) {
            return new SchemaBeforeValidation(environment);
        }
    }
}

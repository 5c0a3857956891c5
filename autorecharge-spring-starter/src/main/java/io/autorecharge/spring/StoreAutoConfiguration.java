package io.autorecharge.spring;

import io.autorecharge.gateway.Gateway;
import io.autorecharge.jdbc.AccountsTable;
import io.autorecharge.jdbc.ConnectionPort;
import io.autorecharge.jdbc.Dialect;
import io.autorecharge.jdbc.JdbcStore;
import io.autorecharge.jdbc.Migrator;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.store.RechargeStore;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.ConnectionHolder;

/**
 * The store in the host's database. The classes that it comes after stand by name, the older line's and the newer line's of Spring Boot:
 * a class that is not there is no error, but an order that is lost switches everything off.
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
@ConditionalOnBean(Gateway.class)
@ConditionalOnSingleCandidate(DataSource.class)
@ConditionalOnMissingBean(RechargeStore.class)
@EnableConfigurationProperties(AutoRechargeProperties.class)
class StoreAutoConfiguration {
    static final String MIGRATION = "autoRechargeMigration";

    @Bean
    @ConditionalOnMissingBean
    ConnectionPort autoRechargeConnections(DataSource dataSource) {
        return new SpringConnections(dataSource);
    }

    @Bean
    @ConditionalOnMissingBean
    AccountsTable autoRechargeAccountsTable(AutoRechargeProperties properties) {
        return AccountsFactory.table(properties.accounts());
    }

    /** After the host's own migrations: Flyway refuses a database that is not empty and that it does not know. */
    @Bean(MIGRATION)
    @DependsOnDatabaseInitialization
    MigratedDatabase autoRechargeMigration(
            ConnectionPort connections, AccountsTable accounts, AutoRechargeProperties properties) {
        Dialect dialect = Dialect.detect(connections);
        Migrator migrator = Migrator.create(connections, dialect, accounts);
        // A table that is not as configured is refused by both.
        Property.of("accounts", accounts).apply(() -> {
            if (properties.jdbc().migrate()) {
                migrator.migrate();
            } else {
                check(migrator);
            }
            return migrator;
        });
        return new MigratedDatabase(dialect);
    }

    /** Who makes the tables by other means is to hear now what is missing, not at the first charge. */
    private static void check(Migrator migrator) {
        try {
            migrator.check();
        } catch (IllegalStateException e) {
            throw Property.of("jdbc.migrate", false).refuse(String.valueOf(e.getMessage()));
        }
    }

    @Bean
    @ConditionalOnMissingBean(RechargeStore.class)
    JdbcStore autoRechargeStore(
            ConnectionPort connections, AccountsTable accounts, RechargePolicy policy, MigratedDatabase database) {
        return JdbcStore.create(connections, database.dialect(), accounts, policy.threshold());
    }

    /**
     * The database, once its tables are there.
     *
     * @param dialect what it is
     */
    record MigratedDatabase(Dialect dialect) {}

    /** Where the host has JPA. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "jakarta.persistence.EntityManagerFactory")
    static class Jpa {
        @Bean
        static SchemaBeforeValidation autoRechargeSchemaBeforeValidation(Environment environment) {
            return new SchemaBeforeValidation(environment);
        }
    }
}

package io.autorecharge.examples.migrations;

import org.flywaydb.core.Flyway;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Flyway runs the library's files from the jar, with a separate history: both histories have a version 1. */
@Configuration(proxyBeanMethods = false)
@Import(Host.class)
class FlywayHost {
    @Bean
    FlywayMigrationStrategy oursThenTheLibrarys() {
        return ours -> {
            ours.migrate();
            Flyway.configure()
                    .dataSource(ours.getConfiguration().getDataSource())
                    .locations("classpath:io/autorecharge/jdbc/postgresql")
                    .table("auto_recharge_flyway_history")
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
        };
    }
}

package io.autorecharge.examples.demo;

import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import java.util.Map;
import org.junit.jupiter.api.Tag;

@Tag("database")
class SeedFlowOnPostgreSqlTest extends SeedFlowContract {
    @Override
    Map<String, String> database() {
        return Map.of("spring.datasource.url", PostgreSqlFixture.newDatabaseUrl());
    }
}

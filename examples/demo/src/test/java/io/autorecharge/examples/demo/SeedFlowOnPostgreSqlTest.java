package io.autorecharge.examples.demo;

import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import java.util.Map;

class SeedFlowOnPostgreSqlTest extends SeedFlowContract {
    @Override
    Map<String, String> database() {
        return Map.of("spring.datasource.url", PostgreSqlFixture.newDatabaseUrl());
    }
}

package io.autorecharge.jdbc;

import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;

@Tag("database")
final class TimeLimitsOnPostgreSqlTest extends TimeLimitsContract {
    @Override
    DataSource newDatabase() {
        return PostgreSqlFixture.newDatabase();
    }

    @Override
    String limitsOfSession() {
        return "select current_setting('lock_timeout'), current_setting('statement_timeout')";
    }
}

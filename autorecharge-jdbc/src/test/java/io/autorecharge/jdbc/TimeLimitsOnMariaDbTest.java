package io.autorecharge.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;

@Tag("database")
final class TimeLimitsOnMariaDbTest extends TimeLimitsContract {
    @Override
    DataSource newDatabase() {
        String failure = MariaDbServer.failure();
        assumeTrue(failure.isEmpty(), () -> "SKIPPED: MariaDB does not start on this machine: " + failure);
        return MariaDbServer.newDatabase();
    }

    @Override
    String limitsOfSession() {
        return "select @@innodb_lock_wait_timeout, @@lock_wait_timeout, @@max_statement_time";
    }
}

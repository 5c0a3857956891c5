package io.autorecharge.jdbc;

import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;

@Tag("database")
final class TimeLimitsOnMariaDbTest extends TimeLimitsContract {
    @Override
    DataSource newDatabase() {
        return MariaDbServer.newDatabase();
    }

    @Override
    String limitsOfSession() {
        return "select @@innodb_lock_wait_timeout, @@lock_wait_timeout, @@max_statement_time";
    }
}

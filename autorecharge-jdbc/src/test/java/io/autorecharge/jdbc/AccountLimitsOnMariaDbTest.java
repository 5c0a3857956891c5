package io.autorecharge.jdbc;

import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;

@Tag("database")
final class AccountLimitsOnMariaDbTest extends AccountLimitsContract {
    @Override
    DataSource newDatabase() {
        return MariaDbServer.newDatabase();
    }
}

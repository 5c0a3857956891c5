package io.autorecharge.jdbc;

import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;

@Tag("database")
final class HostileTextOnMariaDbTest extends HostileTextContract {
    @Override
    DataSource newDatabase() {
        return MariaDbServer.newDatabase();
    }
}

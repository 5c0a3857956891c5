package io.autorecharge.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;

@Tag("database")
final class ForeignTablesOnMariaDbTest extends ForeignTablesContract {
    @Override
    DataSource newDatabase() {
        String failure = MariaDbServer.failure();
        assumeTrue(failure.isEmpty(), () -> "SKIPPED: MariaDB does not start on this machine: " + failure);
        return MariaDbServer.newDatabase();
    }
}

package io.autorecharge.jdbc;

import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;

@Tag("database")
final class GraceConstraintOnMariaDbTest extends GraceConstraintContract {
    @Override
    DataSource newDatabase() {
        return MariaDbServer.newDatabase();
    }
}

package io.autorecharge.jdbc;

import javax.sql.DataSource;

final class HostTableMigrationOnH2Test extends HostTableMigrationContract {
    @Override
    DataSource newDatabase() {
        return H2StoreTest.emptyDatabase();
    }
}

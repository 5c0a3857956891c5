package io.autorecharge.jdbc;

import javax.sql.DataSource;

final class HostMigrationOnH2Test extends HostMigrationContract {
    @Override
    DataSource newDatabase() {
        return H2StoreTest.emptyDatabase();
    }
}

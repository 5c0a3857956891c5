package io.autorecharge.jdbc;

import javax.sql.DataSource;

final class HostileTextOnH2Test extends HostileTextContract {
    @Override
    DataSource newDatabase() {
        return H2StoreTest.emptyDatabase();
    }
}

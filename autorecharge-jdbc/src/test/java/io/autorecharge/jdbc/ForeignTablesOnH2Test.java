package io.autorecharge.jdbc;

import javax.sql.DataSource;

final class ForeignTablesOnH2Test extends ForeignTablesContract {
    @Override
    DataSource newDatabase() {
        return H2StoreTest.emptyDatabase();
    }
}

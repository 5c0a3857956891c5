package io.autorecharge.jdbc;

import javax.sql.DataSource;

final class SeveralMethodsOnH2Test extends SeveralMethodsContract {
    @Override
    DataSource newDatabase() {
        return H2StoreTest.emptyDatabase();
    }
}

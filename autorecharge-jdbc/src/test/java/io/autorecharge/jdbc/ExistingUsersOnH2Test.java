package io.autorecharge.jdbc;

import javax.sql.DataSource;

final class ExistingUsersOnH2Test extends ExistingUsersContract {
    @Override
    DataSource newDatabase() {
        return H2StoreTest.emptyDatabase();
    }
}

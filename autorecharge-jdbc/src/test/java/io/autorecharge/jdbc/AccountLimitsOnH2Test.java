package io.autorecharge.jdbc;

import javax.sql.DataSource;

final class AccountLimitsOnH2Test extends AccountLimitsContract {
    @Override
    DataSource newDatabase() {
        return H2StoreTest.emptyDatabase();
    }
}

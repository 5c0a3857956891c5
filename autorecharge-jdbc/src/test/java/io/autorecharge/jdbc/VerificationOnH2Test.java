package io.autorecharge.jdbc;

import javax.sql.DataSource;

final class VerificationOnH2Test extends VerificationContract {
    @Override
    DataSource newDatabase() {
        return H2StoreTest.emptyDatabase();
    }
}

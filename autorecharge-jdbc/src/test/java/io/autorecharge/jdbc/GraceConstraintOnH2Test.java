package io.autorecharge.jdbc;

import javax.sql.DataSource;

final class GraceConstraintOnH2Test extends GraceConstraintContract {
    @Override
    DataSource newDatabase() {
        return H2StoreTest.emptyDatabase();
    }
}

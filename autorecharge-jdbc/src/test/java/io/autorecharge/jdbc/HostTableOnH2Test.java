package io.autorecharge.jdbc;

import javax.sql.DataSource;

final class HostTableOnH2Test extends HostTableContract {
    HostTableOnH2Test() {
        super(IdType.BIGINT, BalanceType.DOUBLE);
    }

    @Override
    DataSource newDatabase() {
        return H2StoreTest.emptyDatabase();
    }
}

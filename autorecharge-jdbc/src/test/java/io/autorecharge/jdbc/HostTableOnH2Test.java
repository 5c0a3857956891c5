package io.autorecharge.jdbc;

import javax.sql.DataSource;

final class HostTableOnH2Test extends HostTableInUseContract {
    HostTableOnH2Test() {
        super(IdType.BIGINT, BalanceType.DOUBLE);
    }

    @Override
    DataSource newDatabase() {
        return H2StoreTest.emptyDatabase();
    }
}

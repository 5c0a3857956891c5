package io.autorecharge.jdbc;

import javax.sql.DataSource;

final class TimeLimitsOnH2Test extends TimeLimitsContract {
    @Override
    DataSource newDatabase() {
        return H2StoreTest.emptyDatabase();
    }

    @Override
    String limitsOfSession() {
        return "select lock_timeout(), coalesce(max(setting_value), '0') from information_schema.settings"
                + " where setting_name = 'QUERY_TIMEOUT'";
    }
}

package io.autorecharge.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;

final class FacadeInTransactionOnH2Test extends FacadeInTransactionContract {
    private final HikariDataSource pool = DatabaseContract.pool(H2StoreTest.emptyDatabase(), true);

    FacadeInTransactionOnH2Test() {
        Migrator.of(pool).migrate();
    }

    @Override
    DataSource database() {
        return pool;
    }

    @AfterEach
    void closePool() {
        pool.close();
    }
}

package io.autorecharge.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

@Tag("database")
final class FacadeInTransactionOnPostgreSqlTest extends FacadeInTransactionContract {
    private final HikariDataSource pool = DatabaseContract.pool(PostgreSqlFixture.newDatabase(), true);

    FacadeInTransactionOnPostgreSqlTest() {
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

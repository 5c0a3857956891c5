package io.autorecharge.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("database")
@Tag("simulation")
final class PostgreSqlSimulationTest extends SimulationContract {
    private static HikariDataSource pool;

    @BeforeAll
    static void open() {
        pool = DatabaseContract.pool(PostgreSqlFixture.newDatabase(), true);
        Migrator.of(pool).migrate();
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    @Override
    DataSource database() {
        return pool;
    }

    @Override
    long world() {
        return 59;
    }

    @Override
    int sample() {
        return 6;
    }
}

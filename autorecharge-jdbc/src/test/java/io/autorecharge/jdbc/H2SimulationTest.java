package io.autorecharge.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("simulation")
final class H2SimulationTest extends SimulationContract {
    private static HikariDataSource pool;

    @BeforeAll
    static void open() {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;QUERY_CACHE_SIZE=200");
        pool = DatabaseContract.pool(dataSource, true);
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
        return 51;
    }

    @Override
    int sample() {
        return 12;
    }
}

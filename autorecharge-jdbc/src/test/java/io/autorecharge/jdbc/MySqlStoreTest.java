package io.autorecharge.jdbc;

import com.mysql.cj.jdbc.MysqlDataSource;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.mysql.MySQLContainer;

/** Needs Docker, and is skipped without. */
@Tag("database")
@Testcontainers(disabledWithoutDocker = true)
final class MySqlStoreTest extends DatabaseContract {
    @Container
    private static final MySQLContainer SERVER = new MySQLContainer("mysql:8.4");

    @Override
    DataSource newDatabase() {
        MysqlDataSource dataSource = new MysqlDataSource();
        dataSource.setUrl(SERVER.getJdbcUrl());
        dataSource.setUser(SERVER.getUsername());
        dataSource.setPassword(SERVER.getPassword());
        return dataSource;
    }
}

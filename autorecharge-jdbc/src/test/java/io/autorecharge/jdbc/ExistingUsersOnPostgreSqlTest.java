package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

final class ExistingUsersOnPostgreSqlTest extends ExistingUsersContract {
    @Override
    DataSource newDatabase() {
        return PostgreSqlFixture.newDatabase();
    }

    @Test
    void the_hosts_rows_go_on_referring_to_a_user_whose_account_is_locked() throws SQLException {
        host.execute("create table orders (id integer primary key, user_id integer references users (id))");

        store.inTransaction(ANN, tx -> {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("set lock_timeout = '1s'");
                statement.execute("insert into orders values (1, 1)");
            } catch (SQLException e) {
                throw new AssertionError("the host had to wait", e);
            }
            return true;
        });

        assertThat(store.balance(ANN).isPositive()).isTrue();
    }
}

package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import io.autorecharge.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("database")
@ExtendWith(PostgreSqlFixture.DropsDatabases.class)
final class ExistingUsersOnPostgreSqlTest extends ExistingUsersContract {
    @Override
    DataSource newDatabase() {
        return PostgreSqlFixture.newDatabase();
    }

    @Override
    DataSource newUsers(IdType idType, BalanceType type) {
        return PostgreSqlFixture.newDatabase(
                "users " + idType + " " + type, database -> new HostTable(database, idType, type).make());
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

    @Test
    void a_balance_that_a_trigger_of_the_hosts_keeps_is_an_error_and_nothing_is_written() throws SQLException {
        host.execute("create function keep() returns trigger language plpgsql as 'begin return null; end'");
        host.execute("create trigger keep before update on users for each row execute function keep()");

        assertThatThrownBy(() -> store.grant(new Grant(ANN, Credits.of(5), Category.PAID, "gift", "Gift"), NOW))
                .isInstanceOf(StoreException.class)
                .hasStackTraceContaining("did not change the balance of account '1'");
        assertThat(store.entries(ANN, Long.MAX_VALUE, 10)).isEmpty();
    }
}

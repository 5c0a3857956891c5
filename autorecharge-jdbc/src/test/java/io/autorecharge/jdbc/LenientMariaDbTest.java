package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import io.autorecharge.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A MariaDB whose sessions are not in strict mode: they cut what does not fit, and write an empty value where one is missing. */
@Tag("database")
final class LenientMariaDbTest {
    private static final AccountId ANN = AccountId.of("ann");

    private static DataSource database;

    @BeforeAll
    static void makeDatabase() {
        database = MariaDbServer.lenient(MariaDbServer.newDatabase());
        Migrator.of(database).migrate();
    }

    @BeforeEach
    void empty() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : DatabaseContract.TABLES) {
                statement.execute("delete from " + table);
            }
        }
    }

    /** The version before does not name the strict mode. Its claims are refused all the same. */
    @Nested
    class RunsBesideTheVersionBefore extends MixedVersionsContract {
        @Override
        DataSource database() {
            return database;
        }
    }

    @Test
    void an_entry_that_does_not_fit_is_refused_and_not_cut() throws SQLException {
        JdbcStore store = JdbcStore.of(database);
        store.grant(new Grant(ANN, Credits.of(5), Category.PAID, "first", "First"), UsedAccounts.NOW);
        Schemas.execute(database, "alter table credit_transactions modify amount decimal(3, 1) not null");
        try {
            for (boolean hosts : List.of(false, true)) {
                try (Connection connection = database.getConnection()) {
                    connection.setAutoCommit(false);
                    JdbcStore narrow = hosts ? inTransactionOf(connection) : store;
                    Grant grant = new Grant(ANN, Credits.of(120), Category.PAID, "second", "Second");
                    assertThatThrownBy(() -> narrow.grant(grant, UsedAccounts.NOW))
                            .isInstanceOfSatisfying(
                                    StoreException.class,
                                    e -> assertThat(e.isRefusal()).isTrue());
                    connection.rollback();
                }
                assertThat(store.balance(ANN)).isEqualTo(Credits.of(5));
            }
        } finally {
            Schemas.execute(database, "alter table credit_transactions modify amount decimal(19, 6) not null");
        }
    }

    private static JdbcStore inTransactionOf(Connection connection) {
        ConnectionPort own = ConnectionPort.of(database);
        ConnectionPort port = new ConnectionPort() {
            @Override
            public Connection hostTransaction() {
                return connection;
            }

            @Override
            public Connection open() throws SQLException {
                return own.open();
            }
        };
        TableNames names = SchemaResolver.resolve(port, Dialect.MARIADB, AccountsTable.own());
        return JdbcStore.onChecked(port, names, Credits.of(10));
    }
}

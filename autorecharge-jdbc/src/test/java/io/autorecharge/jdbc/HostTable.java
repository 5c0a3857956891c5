package io.autorecharge.jdbc;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.Grant;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.RechargeStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** A host's own table of users in a database, and its users as accounts. */
final class HostTable {
    private final DataSource database;
    private final Dialect dialect;
    private final AccountsTable table;
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();

    HostTable(DataSource database, IdType idType, BalanceType balanceType) {
        this.database = database;
        this.dialect = Dialect.detect(ConnectionPort.of(database));
        this.table = AccountsTable.of("users", "id", idType, "credits", balanceType);
    }

    AccountsTable table() {
        return table;
    }

    /** Makes the table as a host has it, and the library's tables beside it. */
    void make() throws SQLException {
        execute("create table users (id " + table.idType().sqlType() + " not null, name varchar(50), credits "
                + table.balanceType() + " default 0, primary key (id))");
        migrator().migrate();
    }

    Migrator migrator() {
        return Migrator.create(ConnectionPort.of(database), dialect, table);
    }

    JdbcStore store() {
        return store(ConnectionPort.of(database));
    }

    JdbcStore store(ConnectionPort connections) {
        return JdbcStore.create(connections, dialect, table, RechargePolicy.DEFAULT_THRESHOLD);
    }

    void empty() throws SQLException {
        for (String name : DatabaseContract.TABLES) {
            execute("delete from " + (name.equals("credit_accounts") ? "users" : name));
        }
    }

    /** The id that stands for a name. */
    AccountId account(String name) {
        return switch (table.idType()) {
            case TEXT -> AccountId.of(name);
            case INTEGER, BIGINT ->
                AccountId.of(String.valueOf(numbers.computeIfAbsent(name, added -> numbers.size() + 1)));
            case UUID ->
                AccountId.of(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                        .toString());
        };
    }

    /** The host's own user, made once. */
    void signUp(AccountId account) {
        String insert =
                "insert into users (id) values (?)" + (dialect == Dialect.POSTGRESQL ? " on conflict do nothing" : "");
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setObject(1, table.idType().value(account));
            statement.executeUpdate();
        } catch (SQLException e) {
            if (!SqlStates.isDuplicate(e)) {
                throw new IllegalStateException(e);
            }
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    BigDecimal number(String query) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getBigDecimal(1);
        }
    }

    /** The store as contracts know it, which make accounts by using them: here the host makes each first. */
    RechargeStore storeThatSignsUp() {
        JdbcStore store = store();
        return (RechargeStore) Proxy.newProxyInstance(
                HostTable.class.getClassLoader(), new Class<?>[] {RechargeStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("inTransaction")
                            || method.getName().equals("markDue")) {
                        signUp((AccountId) arguments[0]);
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** As {@link #storeThatSignsUp}, for the ledger. */
    Ledger ledgerThatSignsUp() {
        JdbcStore store = store();
        return (Ledger) Proxy.newProxyInstance(
                HostTable.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("grant")) {
                        signUp(((Grant) arguments[0]).account());
                    }
                    if (method.getName().equals("post")) {
                        signUp((AccountId) arguments[0]);
                    }
                    if (method.getName().equals("debit") && ((Debit) arguments[0]).overdraft()) {
                        signUp(((Debit) arguments[0]).account());
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}

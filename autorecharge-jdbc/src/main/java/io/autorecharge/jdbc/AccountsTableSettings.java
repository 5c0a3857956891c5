package io.autorecharge.jdbc;

import io.autorecharge.credit.InvalidValueException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads an {@link AccountsTable} from settings of any source. */
final class AccountsTableSettings {
    static final String TABLE = "table";
    static final String ID_COLUMN = "id-column";
    static final String ID_TYPE = "id-type";
    static final String BALANCE_COLUMN = "balance-column";
    static final String BALANCE_TYPE = "balance-type";
    static final String EMAIL_COLUMN = "email-column";
    static final String FOREIGN_KEY = "foreign-key";
    static final String SCHEMA = "schema";
    static final String TABLE_PREFIX = "table-prefix";

    /** All settings. */
    static final Set<String> NAMES = Set.of(
            TABLE, ID_COLUMN, ID_TYPE, BALANCE_COLUMN, BALANCE_TYPE, EMAIL_COLUMN, FOREIGN_KEY, SCHEMA, TABLE_PREFIX);

    private final Map<String, String> given = new TreeMap<>();

    private AccountsTableSettings(UnaryOperator<@Nullable String> setting) {
        for (String name : NAMES) {
            String value = setting.apply(name);
            if (value != null && !value.isBlank()) {
                given.put(name, value.strip());
            }
        }
    }

    static AccountsTable read(UnaryOperator<@Nullable String> setting) {
        return new AccountsTableSettings(setting).placed();
    }

    private AccountsTable placed() {
        String schema = given.remove(SCHEMA);
        String prefix = given.remove(TABLE_PREFIX);
        AccountsTable table = table();
        AccountsTable placed = schema == null ? table : table.withSchema(schema);
        return prefix == null ? placed : placed.withTablePrefix(prefix);
    }

    private AccountsTable table() {
        boolean foreignKey = foreignKey();
        if (!foreignKey) {
            given.remove(FOREIGN_KEY);
        }
        if (given.isEmpty()) {
            return AccountsTable.own();
        }
        AccountsTable table = AccountsTable.of(
                required(TABLE, AccountsTable.TABLE),
                required(ID_COLUMN, AccountsTable.ID_COLUMN),
                IdType.of(required(ID_TYPE, AccountsTable.ID_TYPE)),
                required(BALANCE_COLUMN, AccountsTable.BALANCE_COLUMN),
                BalanceType.of(required(BALANCE_TYPE, AccountsTable.BALANCE_TYPE)));
        AccountsTable tied = foreignKey ? table.withForeignKey() : table;
        String email = given.get(EMAIL_COLUMN);
        return email == null ? tied : tied.withEmail(email);
    }

    private boolean foreignKey() {
        String value = given.getOrDefault(FOREIGN_KEY, "false");
        if (!value.equals("true") && !value.equals("false")) {
            throw new InvalidValueException(AccountsTable.FOREIGN_KEY, value, "must be true or false");
        }
        return value.equals("true");
    }

    private String required(String name, String field) {
        String value = given.get(name);
        if (value == null) {
            throw new InvalidValueException(field, null, "must be given for your own accounts table");
        }
        return value;
    }
}

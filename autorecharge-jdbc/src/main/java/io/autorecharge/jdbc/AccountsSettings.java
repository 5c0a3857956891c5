package io.autorecharge.jdbc;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads an {@link AccountsTable} from settings, whatever they are written in. */
final class AccountsSettings {
    static final String TABLE = "table";
    static final String ID_COLUMN = "id-column";
    static final String ID_TYPE = "id-type";
    static final String BALANCE_COLUMN = "balance-column";
    static final String BALANCE_TYPE = "balance-type";
    static final String EMAIL_COLUMN = "email-column";
    static final String FOREIGN_KEY = "foreign-key";

    /** All settings that there are. */
    static final Set<String> NAMES =
            Set.of(TABLE, ID_COLUMN, ID_TYPE, BALANCE_COLUMN, BALANCE_TYPE, EMAIL_COLUMN, FOREIGN_KEY);

    private final Map<String, String> given = new TreeMap<>();

    private AccountsSettings(UnaryOperator<@Nullable String> setting) {
        for (String name : NAMES) {
            String value = setting.apply(name);
            if (value != null && !value.isBlank()) {
                given.put(name, value.strip());
            }
        }
    }

    static AccountsTable read(UnaryOperator<@Nullable String> setting) {
        return new AccountsSettings(setting).table();
    }

    private AccountsTable table() {
        boolean foreignKey = flag(FOREIGN_KEY);
        if (!foreignKey) {
            given.remove(FOREIGN_KEY);
        }
        if (given.isEmpty()) {
            return AccountsTable.own();
        }
        AccountsTable table = AccountsTable.of(
                qualified(TABLE),
                identifier(ID_COLUMN),
                read(ID_TYPE, IdType::of),
                identifier(BALANCE_COLUMN),
                read(BALANCE_TYPE, BalanceType::of));
        AccountsTable tied = foreignKey ? table.withForeignKey() : table;
        return given.containsKey(EMAIL_COLUMN) ? tied.withEmail(identifier(EMAIL_COLUMN)) : tied;
    }

    private String identifier(String name) {
        return read(name, value -> {
            Identifier.of("it", value);
            return value;
        });
    }

    private String qualified(String name) {
        return read(name, value -> {
            for (String part : value.split("\\.", 2)) {
                Identifier.of("it", part);
            }
            return value;
        });
    }

    private boolean flag(String name) {
        String value = given.getOrDefault(name, "false");
        if (!value.equals("true") && !value.equals("false")) {
            throw refused(name, "it is not true or false: '" + value + "'", null);
        }
        return value.equals("true");
    }

    private <T> T read(String name, Function<String, T> reader) {
        String value = given.get(name);
        if (value == null) {
            throw refused(name, "it is missing, and a table of accounts needs it", null);
        }
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException e) {
            throw refused(name, String.valueOf(e.getMessage()), e);
        }
    }

    private static IllegalArgumentException refused(String name, String why, @Nullable Throwable cause) {
        return new IllegalArgumentException(name + ": " + why, cause);
    }
}

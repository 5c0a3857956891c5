package io.autorecharge.spring;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.jdbc.AccountsTable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the accounts table from the properties. */
final class AccountsFactory {
    private AccountsFactory() {}

    static AccountsTable table(AutoRechargeProperties.Accounts accounts) {
        return PropertyErrors.group("accounts", () -> AccountsTable.of(name -> setting(accounts, name)));
    }

    /** The accounts, with the library's tables where the properties say, also if the accounts are a bean of the host. */
    static AccountsTable placed(AccountsTable accounts, AutoRechargeProperties.Jdbc jdbc) {
        return PropertyErrors.group("jdbc", () -> {
            AccountsTable placed = jdbc.schema() == null ? accounts : accounts.withSchema(jdbc.schema());
            return jdbc.tablePrefix() == null ? placed : placed.withTablePrefix(jdbc.tablePrefix());
        });
    }

    /** The tables of the database are not as configured. */
    static RuntimeException invalid(AccountsTable accounts, InvalidValueException e) {
        return e.field().equals("schema")
                ? PropertyErrors.invalid("jdbc.schema", e.value(), e.rule())
                : PropertyErrors.invalid("accounts", accounts, String.valueOf(e.getMessage()));
    }

    private static @Nullable String setting(AutoRechargeProperties.Accounts accounts, String name) {
        return switch (name) {
            case "table" -> accounts.table();
            case "id-column" -> accounts.idColumn();
            case "id-type" -> Objects.toString(accounts.idType(), null);
            case "balance-column" -> accounts.balanceColumn();
            case "balance-type" -> accounts.balanceType();
            case "email-column" -> accounts.emailColumn();
            case "foreign-key" -> String.valueOf(accounts.foreignKey());
            // The library's own tables have properties of their own.
            case "schema", "table-prefix" -> null;
            default -> throw new IllegalStateException("autorecharge.accounts has no property " + name);
        };
    }
}

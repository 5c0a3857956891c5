package io.autorecharge.spring;

import io.autorecharge.jdbc.AccountsTable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the accounts table from the properties. */
final class AccountsFactory {
    private AccountsFactory() {}

    static AccountsTable table(AutoRechargeProperties.Accounts accounts) {
        return PropertyErrors.group("accounts", () -> AccountsTable.of(name -> setting(accounts, name)));
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
            default -> throw new IllegalStateException("autorecharge.accounts has no property " + name);
        };
    }
}

package io.autorecharge.jdbc;

import io.autorecharge.credit.InvalidValueException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks that the tables of the host match the configuration and can hold what the library writes. All that differs is named in one
 * {@link InvalidValueException}: its field is the parameter of {@link AccountsTable}, or the table or column that the library writes and the
 * host already has, of the first difference. Changes nothing. Thread-safe.
 */
final class HostTableCheck {
    /** What the provider documents as the longest of its ids. */
    private static final int LONGEST_PROVIDER_ID = 255;

    private final AccountsTable accounts;
    private final HostLedgerCheck ledger;

    HostTableCheck(AccountsTable accounts, Dialect dialect) {
        this.accounts = accounts;
        this.ledger = new HostLedgerCheck(accounts, dialect, this::isId);
    }

    /** Checks the accounts table, the ledger if it exists, and the type of the account ids in the library's tables. */
    void check(SchemaCatalog catalog) throws SQLException {
        SchemaTable table = catalog.find(accounts)
                .orElseThrow(() ->
                        new InvalidValueException(AccountsTable.TABLE, accounts, "must be a table of the database"));
        DifferenceList differences = new DifferenceList();
        differences.collect(() -> checkIdType(present(catalog, table, AccountsTable.ID_COLUMN, accounts.id())));
        differences.collect(() -> checkIdKey(catalog, table));
        differences.collect(() -> checkBalance(catalog, table));
        differences.collect(() -> checkEmail(catalog, table));
        checkColumns(new ExistingColumns(catalog, table, accounts.toString(), differences));
        ledger.check(catalog, differences);
        differences.collect(() -> checkOwner(catalog));
        differences.requireNone();
    }

    private void checkIdType(SchemaColumn id) {
        if (!isId(id)) {
            throw otherType(AccountsTable.ID_TYPE, accounts.idType(), accounts + "." + accounts.id(), id);
        }
    }

    private void checkIdKey(SchemaCatalog catalog, SchemaTable table) throws SQLException {
        Optional<SchemaColumn> id = table.column(catalog.folded(accounts.id()));
        if (id.isPresent() && !table.isUnique(List.of(id.get().name()))) {
            throw new InvalidValueException(
                    AccountsTable.ID_COLUMN,
                    accounts.id(),
                    "must be the primary key of " + accounts + " or have a unique index of its own");
        }
        if (id.isPresent() && id.get().nullable()) {
            throw new InvalidValueException(
                    AccountsTable.ID_COLUMN, accounts.id(), "must be a column of " + accounts + " that is not null");
        }
    }

    private void checkBalance(SchemaCatalog catalog, SchemaTable table) throws SQLException {
        SchemaColumn balance = present(catalog, table, AccountsTable.BALANCE_COLUMN, accounts.balance());
        if (!balance.shown().equals(accounts.balanceType().toString())) {
            throw otherType(AccountsTable.BALANCE_TYPE, accounts.balanceType(), accounts.column(), balance);
        }
        if (balance.generated()) {
            throw new InvalidValueException(
                    AccountsTable.BALANCE_COLUMN,
                    accounts.balance(),
                    "must not be a generated column of " + accounts + ", which cannot be written");
        }
    }

    private void checkEmail(SchemaCatalog catalog, SchemaTable table) throws SQLException {
        if (accounts.email().isPresent()) {
            SchemaColumn email = present(
                    catalog, table, AccountsTable.EMAIL_COLUMN, accounts.email().get());
            if (!email.holdsText(1)) {
                throw new InvalidValueException(
                        AccountsTable.EMAIL_COLUMN,
                        email.name(),
                        "must be a text column of " + accounts + ", not " + email.shown());
            }
        }
    }

    /** The five columns, as far as they exist: the host or one of its tools may have added them. */
    private static void checkColumns(ExistingColumns five) throws SQLException {
        five.fits("auto_recharge_enabled", "boolean", column -> column.type().equals("boolean"));
        five.takesNulls(
                "auto_recharge_credits",
                "integer or bigint",
                column -> Set.of("integer", "bigint").contains(column.type()));
        five.fits(
                "auto_recharge_threshold",
                "double precision, real or numeric",
                column -> Set.of("double precision", "real", "numeric").contains(column.type()));
        for (String id : List.of("stripe_customer_id", "stripe_payment_method_id")) {
            five.takesNulls(
                    id,
                    "varchar(" + LONGEST_PROVIDER_ID + ") or longer",
                    column -> column.holdsText(LONGEST_PROVIDER_ID));
        }
    }

    /** As {@link #check}, and the unique indexes of the ledger must exist. */
    void checkAll(SchemaCatalog catalog) throws SQLException {
        check(catalog);
        HostLedgerCheck.checkKeys(catalog);
    }

    /** The library's tables are made once, for ids of one type. */
    private void checkOwner(SchemaCatalog catalog) throws SQLException {
        Optional<SchemaTable> state = catalog.find("auto_recharge_state");
        if (state.isPresent()) {
            SchemaColumn id = state.get()
                    .column(catalog.folded(new Identifier("account_id", false)))
                    .orElseThrow(() -> new InvalidValueException(
                            "auto_recharge_state",
                            ExistingColumns.names(state.get()),
                            "must be the library's table, with account_id"));
            if (!isId(id)) {
                throw otherType(AccountsTable.ID_TYPE, accounts.idType(), "auto_recharge_state.account_id", id);
            }
        }
    }

    private boolean isId(SchemaColumn column) {
        return accounts.idType() == IdType.TEXT
                ? column.holdsText(1)
                : column.type().equals(accounts.idType().toString());
    }

    private SchemaColumn present(SchemaCatalog catalog, SchemaTable table, String field, Identifier name)
            throws SQLException {
        return table.column(catalog.folded(name))
                .orElseThrow(() -> new InvalidValueException(field, name, "must be a column of " + accounts));
    }

    private static InvalidValueException otherType(String field, Object configured, String where, SchemaColumn found) {
        return new InvalidValueException(
                field, configured, "must be the type of " + where + ", which is " + found.shown());
    }
}

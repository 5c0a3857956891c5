package io.autorecharge.jdbc;

import io.autorecharge.credit.InvalidValueException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Checks that the tables of the host match the configuration and can hold what the library writes. A mismatch is an
 * {@link InvalidValueException}: its field is the parameter of {@link AccountsTable}, or the table or column that the library writes and the
 * host already has. Changes nothing. Thread-safe.
 */
final class HostTableCheck {
    private static final String LEDGER = "credit_transactions";

    /** What the provider documents as the longest of its ids. */
    private static final int LONGEST_PROVIDER_ID = 255;

    private static final int LONGEST_DESCRIPTION = 500;

    private static final int LONGEST_REFERENCE = 300;

    private static final int LONGEST_WORD = 20;

    private static final Set<String> LEDGER_COLUMNS = Set.of(
            "user_id",
            "seq",
            "type",
            "category",
            "amount",
            "balance_after",
            "description",
            "reference",
            "linked_to",
            "created_at");

    private final AccountsTable accounts;
    private final Dialect dialect;

    HostTableCheck(AccountsTable accounts, Dialect dialect) {
        this.accounts = accounts;
        this.dialect = dialect;
    }

    /** Checks the accounts table, the ledger if it exists, and the type of the account ids in the library's tables. */
    void check(SchemaCatalog catalog) throws SQLException {
        SchemaTable table = catalog.find(accounts)
                .orElseThrow(() ->
                        new InvalidValueException(AccountsTable.TABLE, accounts, "must be a table of the database"));
        SchemaColumn id = present(catalog, table, AccountsTable.ID_COLUMN, accounts.id());
        if (!isId(id)) {
            throw otherType(AccountsTable.ID_TYPE, accounts.idType(), accounts + "." + accounts.id(), id);
        }
        if (!table.isUnique(List.of(catalog.folded(accounts.id())))) {
            throw new InvalidValueException(
                    AccountsTable.ID_COLUMN,
                    accounts.id(),
                    "must be the primary key of " + accounts + " or have a unique index of its own");
        }
        if (id.nullable()) {
            throw new InvalidValueException(
                    AccountsTable.ID_COLUMN, accounts.id(), "must be a column of " + accounts + " that is not null");
        }
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
        checkColumns(catalog, table);
        Optional<SchemaTable> ledger = catalog.find(LEDGER);
        if (ledger.isPresent()) {
            checkLedger(catalog, ledger.get());
        }
        checkOwner(catalog);
    }

    /** The five columns, as far as they exist: the host or one of its tools may have added them. */
    private void checkColumns(SchemaCatalog catalog, SchemaTable table) throws SQLException {
        Column five = new Column(catalog, table, accounts.toString());
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
        checkKeys(catalog);
    }

    private void checkLedger(SchemaCatalog catalog, SchemaTable table) throws SQLException {
        Column ledger = new Column(catalog, table, LEDGER);
        for (String column : List.of("user_id", "amount", "balance_after", "description", "created_at")) {
            if (table.column(catalog.folded(new Identifier(column, false))).isEmpty()) {
                throw new InvalidValueException(
                        LEDGER, columnsOf(table), "must have a column " + column + ", which the library writes");
            }
        }
        String balances = accounts.balanceType().toString();
        ledger.fits("user_id", accounts.idType().toString(), this::isId);
        for (String amount : List.of("amount", "balance_after")) {
            ledger.fits(
                    amount,
                    "of a type that holds every " + balances,
                    column -> column.balanceType()
                            .filter(type -> type.holdsAllOf(accounts.balanceType()))
                            .isPresent());
        }
        ledger.fits(
                "description",
                "varchar(" + LONGEST_DESCRIPTION + ") or longer",
                column -> column.holdsText(LONGEST_DESCRIPTION));
        ledger.fits(
                "created_at",
                dialect == Dialect.MARIADB ? "datetime(6)" : "timestamp with time zone",
                column -> column.holdsMoments(dialect));
        ledger.fits("seq", "bigint", column -> column.type().equals("bigint"));
        ledger.fits("type", "varchar(20) or longer", column -> column.holdsText(LONGEST_WORD));
        ledger.takesNulls("category", "varchar(20) or longer", column -> column.holdsText(LONGEST_WORD));
        ledger.fits("reference", "varchar(300) or longer", column -> column.holdsText(LONGEST_REFERENCE));
        ledger.takesNulls("linked_to", "varchar(300) or longer", column -> column.holdsText(LONGEST_REFERENCE));
        checkHostColumns(catalog, table);
    }

    private static void checkHostColumns(SchemaCatalog catalog, SchemaTable table) throws SQLException {
        if (table.column(catalog.folded(new Identifier("seq", false))).isEmpty()
                && table.column(catalog.folded(new Identifier("reference", false)))
                        .isPresent()) {
            throw notTheLibrarys(catalog, table, "reference");
        }
        boolean adopted = table.column(catalog.folded(new Identifier("reference", false)))
                        .isPresent()
                && table.column(catalog.folded(new Identifier("type", false))).isPresent();
        if (!adopted
                && table.column(catalog.folded(new Identifier("seq", false))).isPresent()
                && catalog.isLedgerNumbered()) {
            throw notTheLibrarys(catalog, table, "seq");
        }
        String unfilled = table.columns().stream()
                .filter(column -> !column.nullable() && !column.filled())
                .map(column -> column.name())
                .filter(name -> !LEDGER_COLUMNS.contains(name.toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(", "));
        if (!unfilled.isEmpty()) {
            throw new InvalidValueException(
                    LEDGER,
                    unfilled,
                    "must have a default in its other columns that are not null, or let them be null");
        }
    }

    private static InvalidValueException notTheLibrarys(SchemaCatalog catalog, SchemaTable table, String column)
            throws SQLException {
        String type = table.column(catalog.folded(new Identifier(column, false)))
                .map(SchemaColumn::shown)
                .orElseThrow();
        return new InvalidValueException(
                LEDGER + "." + column,
                type,
                "must be renamed: it is your own column, and its values would count as the library's");
    }

    private static String columnsOf(SchemaTable table) {
        return table.columns().stream().map(SchemaColumn::name).collect(Collectors.joining(", "));
    }

    /**
     * Checks the unique indexes of the ledger. Without them a debit could be applied twice under one reference.
     *
     * @throws IllegalStateException naming the unique index that is missing
     */
    void checkKeys(SchemaCatalog catalog) throws SQLException {
        Optional<SchemaTable> ledger = catalog.find(LEDGER);
        for (String second : ledger.isPresent() ? List.of("seq", "reference") : List.<String>of()) {
            List<String> key = List.of(
                    catalog.folded(new Identifier("user_id", false)), catalog.folded(new Identifier(second, false)));
            if (!ledger.get().isUnique(key)) {
                throw new IllegalStateException("the database lacks what auto-recharge needs: a unique index on "
                        + LEDGER + " (user_id, " + second + "); Migrator.migrate() creates it");
            }
        }
    }

    /** The library's tables are made once, for ids of one type. */
    private void checkOwner(SchemaCatalog catalog) throws SQLException {
        Optional<SchemaTable> state = catalog.find("auto_recharge_state");
        if (state.isPresent()) {
            SchemaColumn id = state.get()
                    .column(catalog.folded(new Identifier("account_id", false)))
                    .orElseThrow(() -> new InvalidValueException(
                            "auto_recharge_state",
                            columnsOf(state.get()),
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

    /** Checks columns that the host may already have. */
    private record Column(SchemaCatalog catalog, SchemaTable table, String shownTable) {
        /** One that the library never writes a null to. */
        void fits(String name, String needed, Predicate<SchemaColumn> right) throws SQLException {
            Optional<SchemaColumn> found = table.column(catalog.folded(new Identifier(name, false)));
            if (found.isPresent() && !right.test(found.get())) {
                throw new InvalidValueException(
                        shownTable + "." + name, found.get().shown(), "must be " + needed);
            }
        }

        /** One that the library writes nulls to. */
        void takesNulls(String name, String needed, Predicate<SchemaColumn> right) throws SQLException {
            fits(name, needed, right);
            if (table.column(catalog.folded(new Identifier(name, false)))
                    .filter(column -> !column.nullable())
                    .isPresent()) {
                throw new InvalidValueException(shownTable + "." + name, "not null", "must allow nulls");
            }
        }
    }
}

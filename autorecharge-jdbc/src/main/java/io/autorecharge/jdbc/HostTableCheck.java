package io.autorecharge.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Whether the tables that the host brings are what its configuration says and can hold what the library writes. What does not fit is
 * refused by an {@link IllegalArgumentException} that names column, what is needed and what was found. Changes nothing. Thread-safe.
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

    /** Looks at the accounts, at the ledger if there is one, and at whom the library's tables were made for. */
    void check(SchemaCatalog catalog) throws SQLException {
        SchemaTable table = catalog.find(accounts)
                .orElseThrow(() -> new IllegalArgumentException("accounts table is not there: '" + accounts + "'"));
        SchemaColumn id = present(catalog, table, "id column", accounts.id());
        if (!isId(id)) {
            throw refused("id type", accounts.idType().toString(), accounts + "." + accounts.id(), id);
        }
        if (!table.isUnique(List.of(catalog.folded(accounts.id())))) {
            throw new IllegalArgumentException(
                    "id column is neither the primary key nor has a unique index of its own: '" + accounts + "."
                            + accounts.id() + "'");
        }
        if (id.nullable()) {
            throw new IllegalArgumentException("id column takes nulls: '" + accounts + "." + accounts.id() + "'");
        }
        SchemaColumn balance = present(catalog, table, "balance column", accounts.balance());
        if (!balance.shown().equals(accounts.balanceType().toString())) {
            throw refused("balance type", accounts.balanceType().toString(), accounts.column(), balance);
        }
        if (balance.generated()) {
            throw new IllegalArgumentException(
                    "balance column is computed by the database and cannot be written: '" + accounts.column() + "'");
        }
        if (accounts.email().isPresent()) {
            SchemaColumn email =
                    present(catalog, table, "email column", accounts.email().get());
            if (!email.holdsText(1)) {
                throw refused("type of the email column", "text", accounts + "." + email.name(), email);
            }
        }
        checkColumns(catalog, table);
        Optional<SchemaTable> ledger = catalog.find(LEDGER);
        if (ledger.isPresent()) {
            checkLedger(catalog, ledger.get());
        }
        checkOwner(catalog);
    }

    /** The five columns, as far as they are there: the host may have added them itself, as other tools do. */
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

    private void checkLedger(SchemaCatalog catalog, SchemaTable table) throws SQLException {
        Column ledger = new Column(catalog, table, LEDGER);
        for (String column : List.of("user_id", "amount", "balance_after", "description", "created_at")) {
            if (table.column(catalog.folded(new Identifier(column, false))).isEmpty()) {
                throw new IllegalArgumentException("'" + LEDGER + "' is there already, but has no column '" + column
                        + "', which the library writes");
            }
        }
        String balances = accounts.balanceType().toString();
        ledger.fits("user_id", accounts.idType().toString(), this::isId);
        for (String amount : List.of("amount", "balance_after")) {
            ledger.fits(
                    amount,
                    "a type that holds every " + balances,
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
        checkStrangers(catalog, table);
    }

    private static void checkStrangers(SchemaCatalog catalog, SchemaTable table) throws SQLException {
        if (table.column(catalog.folded(new Identifier("seq", false))).isEmpty()
                && table.column(catalog.folded(new Identifier("reference", false)))
                        .isPresent()) {
            throw new IllegalArgumentException(
                    "'" + LEDGER + ".reference' is the host's own, so that its values would count"
                            + " as references of the library's: rename the column");
        }
        boolean adopted = table.column(catalog.folded(new Identifier("reference", false)))
                        .isPresent()
                && table.column(catalog.folded(new Identifier("type", false))).isPresent();
        if (!adopted
                && table.column(catalog.folded(new Identifier("seq", false))).isPresent()
                && catalog.isLedgerNumbered()) {
            throw new IllegalArgumentException("'" + LEDGER
                    + ".seq' is the host's own, so that its values would count as the library's: rename the column");
        }
        String unfilled = table.columns().stream()
                .filter(column -> !column.nullable() && !column.filled())
                .map(column -> column.name())
                .filter(name -> !LEDGER_COLUMNS.contains(name.toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(", "));
        if (!unfilled.isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + LEDGER + "' has columns that take no nulls and have no default, so that"
                            + " the library cannot write to it: " + unfilled);
        }
    }

    /** Without them a debit of one reference could be applied twice. */
    void checkKeys(SchemaCatalog catalog) throws SQLException {
        Optional<SchemaTable> ledger = catalog.find(LEDGER);
        for (String second : ledger.isPresent() ? List.of("seq", "reference") : List.<String>of()) {
            List<String> key = List.of(
                    catalog.folded(new Identifier("user_id", false)), catalog.folded(new Identifier(second, false)));
            if (!ledger.get().isUnique(key)) {
                throw new IllegalStateException("the database lacks what auto-recharge needs: a unique index on "
                        + LEDGER + " (user_id, " + second + "); Migrator.migrate() makes it");
            }
        }
    }

    /** The library's tables are made once, for ids of one type. */
    private void checkOwner(SchemaCatalog catalog) throws SQLException {
        Optional<SchemaTable> state = catalog.find("auto_recharge_state");
        if (state.isPresent()) {
            SchemaColumn id = state.get()
                    .column(catalog.folded(new Identifier("account_id", false)))
                    .orElseThrow(
                            () -> new IllegalArgumentException("'auto_recharge_state' is not the library's table"));
            if (!isId(id)) {
                throw refused("id type", accounts.idType().toString(), "auto_recharge_state.account_id", id);
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
                .orElseThrow(
                        () -> new IllegalArgumentException(field + " is not there: '" + accounts + "." + name + "'"));
    }

    private static IllegalArgumentException refused(String field, String configured, String where, SchemaColumn found) {
        return new IllegalArgumentException(
                field + " is configured as " + configured + ", but '" + where + "' is " + found.shown());
    }

    /** Looks at columns that the host may have, and must have right when it has them. */
    private record Column(SchemaCatalog catalog, SchemaTable table, String shownTable) {
        /** One that the library never writes a null to. */
        void fits(String name, String needed, Predicate<SchemaColumn> right) throws SQLException {
            Optional<SchemaColumn> found = table.column(catalog.folded(new Identifier(name, false)));
            if (found.isPresent() && !right.test(found.get())) {
                throw new IllegalArgumentException("'" + shownTable + "." + name + "' is there already and is "
                        + found.get().shown() + ", needed is " + needed);
            }
        }

        /** One that the library writes nulls to. */
        void takesNulls(String name, String needed, Predicate<SchemaColumn> right) throws SQLException {
            fits(name, needed, right);
            if (table.column(catalog.folded(new Identifier(name, false)))
                    .filter(column -> !column.nullable())
                    .isPresent()) {
                throw new IllegalArgumentException("'" + shownTable + "." + name
                        + "' is there already and is not null, needed is one that takes nulls");
            }
        }
    }
}

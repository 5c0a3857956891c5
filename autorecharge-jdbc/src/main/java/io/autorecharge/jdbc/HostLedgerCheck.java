package io.autorecharge.jdbc;

import io.autorecharge.credit.InvalidValueException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Checks that a ledger that the host may already have can hold what the library writes. Changes nothing. Thread-safe. */
final class HostLedgerCheck {
    private static final String LEDGER = "credit_transactions";

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
    private final Predicate<SchemaColumn> id;

    /** @param id whether a column has the type of the account ids */
    HostLedgerCheck(AccountsTable accounts, Dialect dialect, Predicate<SchemaColumn> id) {
        this.accounts = accounts;
        this.dialect = dialect;
        this.id = id;
    }

    void check(SchemaCatalog catalog, DifferenceList differences) throws SQLException {
        Optional<SchemaTable> table = catalog.find(LEDGER);
        if (table.isPresent()) {
            ExistingColumns ledger = new ExistingColumns(catalog, table.get(), LEDGER, differences);
            checkWritten(ledger);
            checkTypes(ledger);
            checkHostColumns(ledger);
        }
    }

    private static void checkWritten(ExistingColumns ledger) throws SQLException {
        List<String> missing = new ArrayList<>();
        for (String column : List.of("user_id", "amount", "balance_after", "description", "created_at")) {
            if (ledger.column(column).isEmpty()) {
                missing.add(column);
            }
        }
        if (!missing.isEmpty()) {
            String needed = (missing.size() == 1 ? "a column " : "the columns ") + String.join(", ", missing);
            ledger.differences().collect(() -> {
                throw new InvalidValueException(
                        LEDGER,
                        ExistingColumns.names(ledger.table()),
                        "must have " + needed + ", which the library writes");
            });
        }
    }

    private void checkTypes(ExistingColumns ledger) throws SQLException {
        String balances = accounts.balanceType().toString();
        ledger.fits("user_id", accounts.idType().toString(), id);
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
    }

    private static void checkHostColumns(ExistingColumns ledger) throws SQLException {
        boolean numbered = ledger.column("seq").isPresent();
        boolean referred = ledger.column("reference").isPresent();
        boolean adopted = referred && ledger.column("type").isPresent();
        if (!numbered && referred) {
            ledger.differences().collect(() -> requireRenamed(ledger, "reference"));
        }
        if (!adopted && numbered && ledger.catalog().isLedgerNumbered()) {
            ledger.differences().collect(() -> requireRenamed(ledger, "seq"));
        }
        String unfilled = ledger.table().columns().stream()
                .filter(column -> !column.nullable() && !column.filled())
                .map(SchemaColumn::name)
                .filter(name -> !LEDGER_COLUMNS.contains(name.toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(", "));
        if (!unfilled.isEmpty()) {
            ledger.differences().collect(() -> {
                throw new InvalidValueException(
                        LEDGER,
                        unfilled,
                        "must have a default in its other columns that are not null, or let them be null");
            });
        }
    }

    private static void requireRenamed(ExistingColumns ledger, String column) throws SQLException {
        String type = ledger.column(column).map(SchemaColumn::shown).orElseThrow();
        throw new InvalidValueException(
                LEDGER + "." + column,
                type,
                "must be renamed: it is your own column, and its values would count as the library's");
    }

    /**
     * Checks the unique indexes of the ledger. Without them a debit could be applied twice under one reference.
     *
     * @throws IllegalStateException naming every unique index that is missing
     */
    static void checkKeys(SchemaCatalog catalog) throws SQLException {
        Optional<SchemaTable> ledger = catalog.find(LEDGER);
        StringBuilder missing = new StringBuilder();
        for (String second : ledger.isPresent() ? List.of("seq", "reference") : List.<String>of()) {
            List<String> key = List.of(
                    catalog.folded(new Identifier("user_id", false)), catalog.folded(new Identifier(second, false)));
            if (!ledger.get().isUnique(key)) {
                missing.append(missing.isEmpty() ? "" : ", ")
                        .append("a unique index on " + LEDGER + " (user_id, ")
                        .append(second)
                        .append(')');
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "the database lacks what auto-recharge needs: " + missing + "; Migrator.migrate() creates it");
        }
    }
}

package io.autorecharge.jdbc;

import io.autorecharge.jdbc.SchemaTable.FoundIndex;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executes the steps of schema files, skips those whose result exists, and logs both. Thread-safe. */
final class SchemaStepRunner {
    private static final Logger LOG = LoggerFactory.getLogger(Migrator.class);

    private final TableNames names;

    SchemaStepRunner(TableNames names) {
        this.names = names;
    }

    /** Whether everything that the steps create exists, as far as the catalog shows it. */
    boolean areDone(SchemaCatalog catalog, List<SchemaStep> steps) throws SQLException {
        for (SchemaStep step : steps) {
            if (!isDone(catalog, step)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Executes the missing steps, one after the other.
     *
     * @return whether any was missing
     */
    boolean apply(Connection connection, List<SchemaStep> steps) throws SQLException {
        SchemaCatalog catalog = new SchemaCatalog(connection, names);
        List<SchemaStep> missing = new ArrayList<>();
        for (SchemaStep step : steps) {
            if (!isDone(catalog, step)) {
                missing.add(step);
            } else if (step.place().isEmpty()) {
                LOG.info("✓ {} already exists, left as it is", step.name());
            } else {
                LOG.info("✓ {} already exists in {} table, left as it is", step.name(), step.place());
            }
        }
        for (SchemaStep step : missing) {
            dropUnfinished(connection, catalog, step);
            LOG.info("Adding {}...", step.nameAndPlace());
            execute(connection, step.statement());
            LOG.info("✓ {} added successfully", step.name());
        }
        return !missing.isEmpty();
    }

    private boolean isDone(SchemaCatalog catalog, SchemaStep step) throws SQLException {
        if (step.kind().equals("table")) {
            return catalog.findNamed(step.thing()).isPresent();
        }
        Optional<SchemaTable> found = place(catalog, step);
        if (found.isEmpty()) {
            return false;
        }
        SchemaTable table = found.get();
        String name = catalog.folded(new Identifier(step.thing(), false));
        return switch (step.kind()) {
            case "column" -> table.column(name).isPresent();
            case "index" ->
                step.isUniqueIndex()
                        ? table.isUnique(folded(catalog, step.columns()))
                        : table.index(name).filter(FoundIndex::valid).isPresent();
            case "foreign key" -> refersToAccounts(catalog, table);
            case "foreign key check" -> !catalog.isUnchecked(step.place(), step.thing());
            default -> false;
        };
    }

    private Optional<SchemaTable> place(SchemaCatalog catalog, SchemaStep step) throws SQLException {
        if (step.place().isEmpty()) {
            return Optional.empty();
        }
        AccountsTable accounts = names.accounts();
        return step.place().equals(accounts.toString()) ? catalog.find(accounts) : catalog.findNamed(step.place());
    }

    private boolean refersToAccounts(SchemaCatalog catalog, SchemaTable ledger) throws SQLException {
        Optional<SchemaTable> table = catalog.find(names.accounts());
        return table.isPresent() && catalog.refersTo(ledger, "user_id", table.get());
    }

    private static List<String> folded(SchemaCatalog catalog, List<String> columns) throws SQLException {
        List<String> folded = new ArrayList<>();
        for (String column : columns) {
            folded.add(catalog.folded(new Identifier(column, false)));
        }
        return folded;
    }

    /** For "if not exists" an index exists even if its build was interrupted, although no query uses it. */
    private void dropUnfinished(Connection connection, SchemaCatalog catalog, SchemaStep step) throws SQLException {
        Optional<SchemaTable> table = place(catalog, step);
        if (table.isPresent() && step.kind().equals("index")) {
            Optional<FoundIndex> index = table.get().index(step.thing());
            if (index.isPresent() && !index.get().valid()) {
                LOG.info("Dropping {}, whose build was interrupted...", step.name());
                execute(
                        connection,
                        "drop index concurrently if exists " + exact(table.get().schema()) + "." + exact(step.thing()));
            }
        }
    }

    private static String exact(@Nullable String name) {
        return '"' + String.valueOf(name).replace("\"", "\"\"") + '"';
    }

    /** A failure names the statement. */
    static void execute(Connection connection, String statement) throws SQLException {
        try (Statement call = connection.createStatement()) {
            call.execute(statement);
        } catch (SQLException e) {
            throw new SQLException(
                    e.getMessage() + " (while running: " + statement + ")", e.getSQLState(), e.getErrorCode(), e);
        }
    }
}

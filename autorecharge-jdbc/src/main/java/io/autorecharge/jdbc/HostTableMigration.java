package io.autorecharge.jdbc;

import io.autorecharge.credit.InvalidValueException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds the library's columns and indexes to the host's accounts table, and to a ledger that the host already had. It checks what exists
 * instead of a version. So it completes an interrupted run wherever that ended, and keeps columns that the host has added. Thread-safe.
 */
final class HostTableMigration {
    private static final Logger LOG = LoggerFactory.getLogger(Migrator.class);

    private final HostTableCheck tables;
    private final SchemaStepRunner steps;
    private final List<SchemaStep> columns;
    private final List<SchemaStep> ledger;
    private final List<SchemaStep> foreignKey;
    private final List<SchemaStep> index;

    HostTableMigration(TableNames names, SchemaStepRunner steps) {
        this.tables = new HostTableCheck(names.accounts(), names.dialect());
        this.steps = steps;
        this.columns = SchemaFile.hostColumns(names);
        this.ledger = SchemaFile.hostLedger(names);
        this.foreignKey = SchemaFile.hostForeignKey(names);
        this.index = SchemaFile.hostIndex(names);
    }

    /** @throws InvalidValueException when the tables are not as configured, or cannot hold what the library writes */
    void check(SchemaCatalog catalog) throws SQLException {
        tables.check(catalog);
    }

    /** As {@link #check}, after the migration: the unique indexes must exist too. */
    void checkAll(SchemaCatalog catalog) throws SQLException {
        tables.checkAll(catalog);
    }

    boolean isDone(SchemaCatalog catalog) throws SQLException {
        return steps.areDone(
                catalog,
                Stream.of(columns, ledger, foreignKey, index)
                        .flatMap(List::stream)
                        .toList());
    }

    /** Adds the columns. Others wait only for milliseconds, since every default is constant and no row is rewritten. */
    void beforeTables(MigrationTurn turn) throws SQLException {
        turn.run(connection -> steps.apply(connection, columns));
    }

    void afterTables(MigrationTurn turn) throws SQLException {
        List<SchemaStep> beside = new ArrayList<>();
        List<SchemaStep> within = new ArrayList<>();
        ledger.forEach(step -> (step.runsInTransaction() ? within : beside).add(step));
        if (!turn.ask(catalog -> steps.areDone(catalog, ledger))) {
            turn.run(connection -> steps.apply(connection, within));
            turn.runAlone(connection -> steps.apply(connection, beside));
        }
        // One transaction each: the check reads the whole ledger, and must not hold the lock of the first step.
        for (SchemaStep step : foreignKey) {
            turn.run(connection -> steps.apply(connection, List.of(step)));
        }
        addIndex(turn);
    }

    /** Without the index the sweep is slow but correct, so its absence does not keep a node from starting. */
    private void addIndex(MigrationTurn turn) throws SQLException {
        try {
            turn.runAlone(connection -> steps.apply(connection, index));
        } catch (SQLException e) {
            if (!SqlStates.isRetryable(e)) {
                throw e;
            }
            LOG.warn(
                    "Adding {} is postponed to the next start. Until then the sweep is slower. Cause: {}",
                    name(),
                    e.getMessage());
        }
    }

    private String name() {
        return Optional.of(index.get(0)).map(SchemaStep::nameAndPlace).orElseThrow();
    }
}

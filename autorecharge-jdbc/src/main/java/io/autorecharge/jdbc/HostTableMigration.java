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
 * What a table of the host gets, and a ledger that the host had before. Goes by what is there and not by a version, so that it ends what
 * was broken off wherever that was, and leaves alone what the host has added itself. Thread-safe.
 */
final class HostTableMigration {
    private static final Logger LOG = LoggerFactory.getLogger(Migrator.class);

    private final HostTableCheck tables;
    private final SchemaStepRunner steps;
    private final List<SchemaStep> columns;
    private final List<SchemaStep> ledger;
    private final List<SchemaStep> foreignKey;
    private final List<SchemaStep> index;

    HostTableMigration(Dialect dialect, AccountsTable accounts, SchemaStepRunner steps) {
        this.tables = new HostTableCheck(accounts, dialect);
        this.steps = steps;
        this.columns = SchemaFile.hostColumns(dialect, accounts);
        this.ledger = SchemaFile.hostLedger(dialect, accounts);
        this.foreignKey = SchemaFile.hostForeignKey(dialect, accounts);
        this.index = SchemaFile.hostIndex(dialect, accounts);
    }

    /** @throws InvalidValueException when the tables are not as configured, or cannot hold what the library writes */
    void check(SchemaCatalog catalog) throws SQLException {
        tables.check(catalog);
    }

    /** As {@link #check}, once the migration is over: what it makes unique must be so. */
    void checkAll(SchemaCatalog catalog) throws SQLException {
        tables.check(catalog);
        tables.checkKeys(catalog);
    }

    boolean isDone(SchemaCatalog catalog) throws SQLException {
        return steps.areDone(
                catalog,
                Stream.of(columns, ledger, foreignKey, index)
                        .flatMap(List::stream)
                        .toList());
    }

    /** The columns: what others wait for is a matter of milliseconds, since every default is constant and no row is rewritten. */
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
        // Each by itself: the check reads every row of the ledger, and must not do that under the lock of the first.
        for (SchemaStep step : foreignKey) {
            turn.run(connection -> steps.apply(connection, List.of(step)));
        }
        addIndex(turn);
    }

    /** Without the index the sweep is slow and nothing is wrong, which is no reason to keep a node from starting. */
    private void addIndex(MigrationTurn turn) throws SQLException {
        try {
            turn.runAlone(connection -> steps.apply(connection, index));
        } catch (SQLException e) {
            if (!SqlStates.isRetryable(e)) {
                throw e;
            }
            LOG.warn("Adding {} is put off to the next start, the sweep is slow without: {}", name(), e.getMessage());
        }
    }

    private String name() {
        return Optional.of(index.get(0)).map(SchemaStep::nameAndPlace).orElseThrow();
    }
}

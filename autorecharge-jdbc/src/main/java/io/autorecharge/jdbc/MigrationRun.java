package io.autorecharge.jdbc;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the {@link Migrator}, on the tables of one schema. */
final class MigrationRun {
    private static final Logger LOG = LoggerFactory.getLogger(Migrator.class);

    private static final String CREATE_OWN_TABLE = """
            create table if not exists auto_recharge_schema (
                version integer not null,
                file_name varchar(255) not null,
                primary key (version))
            """;

    private static final String ADD_VERSION = "insert into auto_recharge_schema (version, file_name) values (?, ?)";

    // Version 0 is the row that migrating nodes lock.
    private static final String LOCK =
            "select version from auto_recharge_schema where version = 0 for update skip locked";

    private static final String VERSION_ZERO = "select version from auto_recharge_schema where version = 0";

    private static final String COUNT_LEDGER = """
            insert into auto_recharge_state (account_id, ledger_seq)
            select t.user_id, max(t.seq)
            from credit_transactions t
            where t.seq is not null
              and not exists (select 1 from auto_recharge_state s where s.account_id = t.user_id)
            group by t.user_id
            """;

    private static final String CONTINUE_LEDGER = """
            update auto_recharge_state
            set ledger_seq = (select max(t.seq) from credit_transactions t where t.user_id = auto_recharge_state.account_id)
            where ledger_seq < (select max(t.seq) from credit_transactions t where t.user_id = auto_recharge_state.account_id)
            """;

    private static final String CURRENT = "select max(version) from auto_recharge_schema";

    private final TableNames names;
    private final MigrationTimeouts timeouts;
    private final MigrationTransactions transactions;
    private final SchemaStepRunner steps;
    private final SchemaCheck check;
    private final @Nullable HostTableMigration host;

    MigrationRun(ConnectionPort connections, TableNames names, MigrationTimeouts timeouts) {
        this.names = names;
        this.timeouts = timeouts;
        transactions = new MigrationTransactions(connections, names, timeouts);
        steps = new SchemaStepRunner(names);
        check = new SchemaCheck(names);
        host = names.accounts().isOwn() ? null : new HostTableMigration(names, steps);
    }

    /** As {@link Migrator#migrate}. */
    void migrate() {
        int run = 1;
        while (!isTried(run)) {
            run++;
        }
    }

    /** As {@link Migrator#check}. */
    void check() {
        try {
            requireComplete();
        } catch (SQLException e) {
            throw JdbcTransactions.failed("checking the tables of auto-recharge", e);
        }
    }

    /** As {@link Migrator#obstacles}. */
    List<SchemaObstacle> obstacles() {
        try (OwnedConnection lease = transactions.take(OwnedConnection.Mode.STATEMENT)) {
            Connection connection = lease.connection();
            return new SchemaObstacles(connection, names, new SchemaCatalog(connection, names)).find();
        } catch (SQLException e) {
            throw JdbcTransactions.failed("asking what stands in the way of auto-recharge", e);
        }
    }

    private void requireComplete() throws SQLException {
        try (OwnedConnection lease = transactions.take(OwnedConnection.Mode.STATEMENT)) {
            SchemaCatalog catalog = new SchemaCatalog(lease.connection(), names);
            if (host != null) {
                host.checkAll(catalog);
            }
            check.requireComplete(catalog);
        }
    }

    /** @return false when the migration must be tried again */
    private boolean isTried(int run) {
        try {
            if (isUpToDate()) {
                LOG.info("✓ Nothing to add, the tables are at version {}", SchemaFile.NEWEST);
            } else {
                makeOwnTable();
                migrateInTurn();
            }
            requireComplete();
            return true;
        } catch (SQLException e) {
            // "if not exists" is no lock: of two nodes that create the same table or row at once, one fails and tries
            // again.
            if (run == timeouts.tries() || !SqlStates.isLostCreation(e)) {
                throw failed(e.getMessage(), e);
            }
            letOthersThrough(run, e);
            return false;
        }
    }

    private void letOthersThrough(int run, SQLException e) {
        if (!SqlStates.isRetryable(e)) {
            return;
        }
        LOG.warn("Waiting for locks of other transactions, try {} of {}: {}", run, timeouts.tries(), e.getMessage());
        try {
            timeouts.letOthersThrough();
        } catch (SQLException interrupted) {
            throw failed(e.getMessage(), interrupted);
        }
    }

    private static StoreException failed(@Nullable String message, SQLException e) {
        return new StoreException(SqlStates.isRetryable(e), "auto-recharge migration failed: " + message, e);
    }

    /** Runs before anything is created, so that a database user without the right to create tables can start a node. */
    private boolean isUpToDate() throws SQLException {
        try {
            return findsEverything();
        } catch (InvalidValueException | IllegalStateException e) {
            // H2 replaces a table to add a column, so that another node's migration looks like a wrong table for a
            // moment.
            transactions.runInTurn(turn -> turn.ask(this::matches));
            return false;
        }
    }

    private boolean matches(SchemaCatalog catalog) throws SQLException {
        if (host != null) {
            host.check(catalog);
        }
        check.requireFitting(catalog);
        return true;
    }

    private boolean findsEverything() throws SQLException {
        try (OwnedConnection lease = transactions.take(OwnedConnection.Mode.STATEMENT)) {
            SchemaCatalog catalog = new SchemaCatalog(lease.connection(), names);
            return matches(catalog)
                    && catalog.find(SchemaNames.VERSIONS).isPresent()
                    && current(lease.connection()) >= SchemaFile.NEWEST
                    && (host == null || host.isDone(catalog));
        }
    }

    private void makeOwnTable() throws SQLException {
        try (OwnedConnection lease = transactions.take(OwnedConnection.Mode.STATEMENT)) {
            if (new SchemaCatalog(lease.connection(), names)
                    .find(SchemaNames.VERSIONS)
                    .isEmpty()) {
                SchemaStepRunner.execute(lease.connection(), names.in(CREATE_OWN_TABLE));
            }
            if (!MigrationTransactions.exists(lease.connection(), names.in(VERSION_ZERO))) {
                addVersion(lease.connection(), 0, "the row that migrations queue up at");
            }
        }
    }

    private void migrateInTurn() throws SQLException {
        if (host == null && names.dialect().hasTransactionalDdl()) {
            transactions.runInTurn(LOCK, this::applyFiles);
        } else {
            transactions.runInTurn(this::migratePieces);
        }
    }

    private void migratePieces(MigrationTurn turn) throws SQLException {
        if (host == null) {
            turn.run(this::applyFiles);
            return;
        }
        host.beforeTables(turn);
        turn.run(this::applyFiles);
        host.afterTables(turn);
    }

    private boolean applyFiles(Connection connection) throws SQLException {
        int current = current(connection);
        List<SchemaFile> missing =
                SchemaFile.ALL.stream().filter(file -> file.version() > current).toList();
        for (SchemaFile file : missing) {
            steps.apply(connection, file.tables(names));
            addVersion(connection, file.version(), file.name());
        }
        if (current == 0) {
            continueLedger(connection);
        }
        if (missing.isEmpty()) {
            LOG.info("✓ The library's tables are already at version {}", current);
        }
        return !missing.isEmpty();
    }

    /** The ledger may be older than the state rows, if the library's other tables were dropped and the ledger was kept. */
    private void continueLedger(Connection connection) throws SQLException {
        SchemaCatalog catalog = new SchemaCatalog(connection, names);
        String seq = catalog.folded(new Identifier("seq", false));
        if (catalog.find("credit_transactions")
                .flatMap(ledger -> ledger.column(seq))
                .isPresent()) {
            SchemaStepRunner.execute(connection, names.in(COUNT_LEDGER));
            SchemaStepRunner.execute(connection, names.in(CONTINUE_LEDGER));
        }
    }

    private int current(Connection connection) throws SQLException {
        try (Statement call = connection.createStatement();
                ResultSet rows = call.executeQuery(names.in(CURRENT))) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private void addVersion(Connection connection, int version, String fileName) throws SQLException {
        try (PreparedStatement call = Pooler.prepared(connection, names, ADD_VERSION)) {
            call.setInt(1, version);
            call.setString(2, fileName);
            call.executeUpdate();
        }
    }
}

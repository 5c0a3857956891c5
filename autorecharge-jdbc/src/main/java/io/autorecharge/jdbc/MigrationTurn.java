package io.autorecharge.jdbc;

import io.autorecharge.jdbc.MigrationTransactions.Question;
import io.autorecharge.jdbc.MigrationTransactions.Work;
import java.sql.SQLException;

/**
 * The pieces of a migration, one after the other on the connection that has the {@link MigrationLock}. Each piece is committed by itself, so
 * that no lock on a table is held longer than its piece takes. An interrupted run loses one piece. Used by one thread.
 */
final class MigrationTurn {
    private final OwnedConnection lease;
    private final TableNames names;
    private final MigrationTimeouts timeouts;

    /** @param lease between pieces, every statement commits by itself */
    MigrationTurn(OwnedConnection lease, TableNames names, MigrationTimeouts timeouts) {
        this.lease = lease;
        this.names = names;
        this.timeouts = timeouts;
    }

    boolean ask(Question question) throws SQLException {
        return question.answer(new SchemaCatalog(lease.connection(), names));
    }

    /** In one transaction, if the database can roll back the creation of a table. Otherwise every statement commits by itself. */
    void run(Work work) throws SQLException {
        if (!names.dialect().hasTransactionalDdl()) {
            runAlone(work);
            return;
        }
        lease.connection().setAutoCommit(false);
        MigrationTransactions.commit(lease, names.dialect(), timeouts, work);
        // Not after a failure: it would commit what could not be rolled back.
        lease.connection().setAutoCommit(true);
    }

    /** Every statement by itself, for statements that no transaction may contain. */
    void runAlone(Work work) throws SQLException {
        // Behind a pooler the setting would stay in a session of others.
        MigrationTimeouts.Setting before =
                names.isPooled() ? () -> {} : timeouts.limit(lease.connection(), names.dialect());
        try {
            work.apply(lease.connection());
        } finally {
            before.restore();
        }
    }
}

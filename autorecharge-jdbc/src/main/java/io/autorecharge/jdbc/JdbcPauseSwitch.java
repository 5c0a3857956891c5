package io.autorecharge.jdbc;

import io.autorecharge.store.Pause;
import io.autorecharge.store.PauseReport;
import io.autorecharge.store.PauseSwitch;
import io.autorecharge.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The stop for everything in the database. Thread-safe. */
final class JdbcPauseSwitch implements PauseSwitch {
    /** A claim ends within milliseconds; one that takes longer belongs to a node that hangs. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final long BETWEEN_TRIES = TimeUnit.MILLISECONDS.toNanos(20);

    private final JdbcTransactions transactions;
    private final PauseRows rows;

    JdbcPauseSwitch(JdbcTransactions transactions, PauseRows rows) {
        this.transactions = transactions;
        this.rows = rows;
    }

    @Override
    public Optional<Pause> pause() {
        return transactions.alone("reading the stop for everything", rows::find);
    }

    @Override
    public PauseReport pause(Pause pause) {
        transactions.own("stopping all charges", session -> {
            rows.begin(session, pause);
            return true;
        });
        boolean complete = waitedForClaims(pause);
        int underWay = transactions.alone("counting the charges under way", rows::underWay);
        return new PauseReport(pause, underWay, complete);
    }

    private boolean waitedForClaims(Pause pause) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return transactions.own("waiting for the claims that have begun", session -> {
                    rows.close(session, pause);
                    return true;
                });
            } catch (StoreException e) {
                if (!e.isRetryable()) {
                    throw e;
                }
                if (System.nanoTime() - until >= 0 || Thread.currentThread().isInterrupted()) {
                    return false;
                }
                LockSupport.parkNanos(BETWEEN_TRIES);
            }
        }
    }

    @Override
    public boolean resume() {
        return transactions.own("ending the stop for everything", rows::end);
    }
}

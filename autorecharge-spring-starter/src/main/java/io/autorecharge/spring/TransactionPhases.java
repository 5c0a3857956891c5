package io.autorecharge.spring;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Knows whether the transaction of a connection is still open. While the callbacks after a commit or rollback run, Spring keeps the connection
 * bound to the thread and says that a transaction is active, but nothing commits what is written then.
 *
 * <p>Listens to transaction managers. The transactions of a manager that it does not listen to are known from their first use on.
 * Thread-safe.
 */
final class TransactionPhases implements TransactionExecutionListener {
    private static final String CALLBACKS = "org.springframework.transaction.support.TransactionSynchronizationUtils";

    private final DataSource dataSource;

    /** Whether the transaction of a connection is over. */
    private final Map<ConnectionHolder, AtomicBoolean> known = Collections.synchronizedMap(new WeakHashMap<>());

    TransactionPhases(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** A nested transaction is a savepoint of one that is known: begun in a callback, it is as over as that one. */
    @Override
    public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
        if (failure == null
                && !transaction.isNested()
                && TransactionSynchronizationManager.isSynchronizationActive()
                && TransactionSynchronizationManager.getResource(dataSource) instanceof ConnectionHolder holder) {
            observe(holder);
        }
    }

    /**
     * Whether what is written on this connection will be committed or rolled back with the transaction of the thread.
     *
     * @throws IllegalStateException when that cannot be known
     */
    boolean isOpen(ConnectionHolder holder) {
        AtomicBoolean over = known.get(holder);
        if (over != null) {
            return !over.get();
        }
        if (isInCallback()) {
            throw new IllegalStateException(
                    "a callback after a commit or rollback cannot use autorecharge here, because the"
                            + " transaction manager is not a bean: whether a transaction is open cannot be known");
        }
        observe(holder);
        return true;
    }

    private void observe(ConnectionHolder holder) {
        AtomicBoolean over = new AtomicBoolean();
        known.put(holder, over);
        TransactionSynchronizationManager.registerSynchronization(new End(over));
    }

    private static boolean isInCallback() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().equals(CALLBACKS)
                        && frame.getMethodName().contains("After")));
    }

    /** Runs before the callbacks of the host. */
    private record End(AtomicBoolean over) implements TransactionSynchronization {
        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }

        @Override
        public void afterCommit() {
            over.set(true);
        }

        @Override
        public void afterCompletion(int status) {
            over.set(true);
        }
    }
}

package io.autorecharge.spring;

import io.autorecharge.store.AfterCommit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Runs tasks after the commit of Spring's transaction. */
final class TransactionAfterCommit implements AfterCommit {
    private static final Logger log = LoggerFactory.getLogger(TransactionAfterCommit.class);

    private final BooleanSupplier joining;

    /** @param joining whether the library's changes are part of the thread's transaction, and not committed already */
    TransactionAfterCommit(BooleanSupplier joining) {
        this.joining = joining;
    }

    @Override
    public void run(Runnable task) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()
                || !TransactionSynchronizationManager.isActualTransactionActive()
                || !joining.getAsBoolean()) {
            task.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new Once(task));
    }

    /** A synchronization that is registered in a callback after the commit is told of the completion only. */
    private static final class Once implements TransactionSynchronization {
        private final Runnable task;
        private boolean done;

        Once(Runnable task) {
            this.task = task;
        }

        @Override
        public void afterCommit() {
            if (!done) {
                done = true;
                runSafely(task);
            }
        }

        @Override
        public void afterCompletion(int status) {
            if (status != STATUS_ROLLED_BACK) {
                afterCommit();
            }
        }
    }

    @Override
    public void afterCompletion(Runnable task) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()
                || !TransactionSynchronizationManager.isActualTransactionActive()
                || !joining.getAsBoolean()) {
            task.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                runSafely(task);
            }
        });
    }

    /** The host's transaction has committed; an exception here must not make it look as if it had failed. */
    private static void runSafely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.warn("A task after the commit failed; the next sweep will do its work", e);
        }
    }
}

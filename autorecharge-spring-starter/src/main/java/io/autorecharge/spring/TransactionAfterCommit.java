package io.autorecharge.spring;

import io.autorecharge.store.AfterCommit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Runs tasks after the commit of Spring's transaction. */
final class TransactionAfterCommit implements AfterCommit {
    private static final Logger log = LoggerFactory.getLogger(TransactionAfterCommit.class);

    @Override
    public void run(Runnable task) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()
                || !TransactionSynchronizationManager.isActualTransactionActive()) {
            task.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                runSafely(task);
            }
        });
    }

    @Override
    public void afterCompletion(Runnable task) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()
                || !TransactionSynchronizationManager.isActualTransactionActive()) {
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

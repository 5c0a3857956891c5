package io.autorecharge.spring;

import io.autorecharge.store.AfterCommit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Waits for the commit of Spring's transaction. */
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

    /** The host's commit stands: it must not look as if it had failed. */
    private static void runSafely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.warn("What follows a commit failed; the sweep does it later", e);
        }
    }
}

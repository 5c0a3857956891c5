package io.autorecharge.store;

/**
 * Postpones tasks that must not run inside the host's transaction. The default runs them immediately. That is right where each debit is a
 * transaction of its own, and harmless otherwise: the check waits for the account's lock, which the host's commit releases.
 */
@FunctionalInterface
public interface AfterCommit {
    /** Runs tasks immediately. */
    AfterCommit IMMEDIATELY = Runnable::run;

    /**
     * Runs the task after the transaction of this thread is committed, never if it is rolled back, and immediately if there is none.
     */
    void run(Runnable task);

    /**
     * Runs the task after the transaction of this thread has ended, also after a roll-back, and immediately if there is none. The task does not
     * use the thread that runs it for work in the database. An implementation that knows only of commits runs it after a commit.
     */
    default void afterCompletion(Runnable task) {
        run(task);
    }
}

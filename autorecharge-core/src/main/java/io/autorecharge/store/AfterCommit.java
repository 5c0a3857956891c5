package io.autorecharge.store;

/**
 * Puts off what must not run inside the host's transaction. The default runs at once, which is right where debits are transactions of
 * their own, and harmless elsewhere: the look waits for the account's lock, that is for the host's commit.
 */
@FunctionalInterface
public interface AfterCommit {
    /** Runs at once. */
    AfterCommit IMMEDIATELY = Runnable::run;

    /** Runs the task after the transaction that is open on this thread has been committed, not at all when it is rolled back, at once without one. */
    void run(Runnable task);
}

package io.autorecharge.store;

import org.jspecify.annotations.Nullable;

/** The database failed. Nothing of the call's own transaction was kept, unless the failure came with its commit. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    /**
     * @param retryable whether the same call may well work now: a deadlock, a serialization failure or a lock time-out. Inside the host's
     *     transaction the host runs the whole transaction again
     * @param message what was attempted, with ids
     */
    public StoreException(boolean retryable, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
    }

    /** Whether the same call, or the host's whole transaction, may well work when it is run again. */
    public boolean isRetryable() {
        return retryable;
    }
}

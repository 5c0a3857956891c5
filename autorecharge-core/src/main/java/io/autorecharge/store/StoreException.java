package io.autorecharge.store;

import org.jspecify.annotations.Nullable;

/** The database failed. Nothing of the call's own transaction was kept, unless the commit itself failed. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    /**
     * @param retryable whether the same call may succeed now, as after a deadlock, a serialization failure or a lock timeout. Inside a
     *     transaction of the host, the host runs the whole transaction again
     * @param message what was attempted, with ids
     */
    public StoreException(boolean retryable, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
    }

    /** Whether the same call, or the host's whole transaction, may succeed when it is run again. */
    public boolean isRetryable() {
        return retryable;
    }
}

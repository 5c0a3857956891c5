package io.autorecharge.store;

import org.jspecify.annotations.Nullable;

/** The database failed. Nothing of the call's own transaction was kept, unless the commit itself failed. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;
    private final boolean refusal;

    /**
     * @param retryable whether the same call may succeed now, as after a deadlock, a serialization failure or a lock timeout. Inside a
     *     transaction of the host, the host runs the whole transaction again
     * @param message what was attempted, with ids
     */
    public StoreException(boolean retryable, String message, @Nullable Throwable cause) {
        this(retryable, false, message, cause);
    }

    private StoreException(boolean retryable, boolean refusal, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
        this.refusal = refusal;
    }

    /**
     * The database works and refuses what was written: a constraint, a trigger, a type that is too narrow, a policy or a missing right. The
     * same rows will be refused again until somebody removes the obstacle; other rows may be accepted.
     */
    public static StoreException refused(String message, @Nullable Throwable cause) {
        return new StoreException(false, true, message, cause);
    }

    /** Whether the database works but refuses these rows, as {@link #refused} describes. */
    public boolean isRefusal() {
        return refusal;
    }

    /** Whether the same call, or the host's whole transaction, may succeed when it is run again. */
    public boolean isRetryable() {
        return retryable;
    }
}

package io.autorecharge.internal.thread;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Logs failures that may come by the thousand, such as those of a database that is away: the first with its stack trace, then at most one line
 * a minute with their number; at debug level all of them. Thread-safe.
 */
public final class FailureLog {
    private static final long QUIET = TimeUnit.MINUTES.toNanos(1);

    private final Logger log;
    private final LongSupplier nanos;
    private boolean logged;
    private long last;
    private long more;

    /** @param nanos a clock that is never set */
    public FailureLog(Logger log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
    }

    /** @param what what failed, and what becomes of it */
    public void failed(String what, Throwable cause) {
        long unnamed;
        synchronized (this) {
            long now = nanos.getAsLong();
            if (logged && now - last < QUIET) {
                more++;
                log.debug("{}", what, cause);
                return;
            }
            unnamed = logged ? more : 0;
            logged = true;
            last = now;
            more = 0;
        }
        if (unnamed == 0) {
            log.error("{}", what, cause);
        } else {
            log.error("{} ({} more failures since the last line): {}", what, unnamed, cause.toString());
        }
    }
}

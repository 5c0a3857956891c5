package io.autorecharge.jdbc;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Range;
import java.time.Duration;

/**
 * How long the library's own transactions wait for the database. Transactions of the host keep the host's limits. A wait that takes longer
 * ends with a retryable {@link io.autorecharge.store.StoreException}, and the account is checked again later. Immutable.
 *
 * @param lock how long a statement waits for a lock that another transaction holds: 100 milliseconds to 1 hour. MariaDB and MySQL round
 *     up to seconds
 * @param statement how long a statement may take, waits included; at least {@code lock}, at most 1 day
 * @param network how long to wait for the server's answer before the connection counts as broken; longer than {@code statement}, at most 2
 *     days. H2 has no such limit. A shorter limit of the connection itself, such as {@code socketTimeout} in its URL, stays
 */
public record TimeLimits(Duration lock, Duration statement, Duration network) {
    public static final Duration DEFAULT_LOCK = Duration.ofSeconds(5);
    public static final Duration DEFAULT_STATEMENT = Duration.ofSeconds(30);
    public static final Duration DEFAULT_NETWORK = Duration.ofSeconds(40);

    private static final Duration LEAST = Duration.ofMillis(100);
    private static final Duration MOST_LOCK = Duration.ofHours(1);
    private static final TimeLimits DEFAULTS = new TimeLimits(DEFAULT_LOCK, DEFAULT_STATEMENT, DEFAULT_NETWORK);

    /** @throws InvalidValueException when a limit breaks its rule */
    public TimeLimits {
        Range.positive("lock", lock, 1);
        Range.positive("statement", statement, 1);
        Range.positive("network", network, 2);
        if (lock.compareTo(LEAST) < 0 || lock.compareTo(MOST_LOCK) > 0) {
            throw new InvalidValueException("lock", lock, "must be between 100 milliseconds and 1 hour");
        }
        if (statement.compareTo(lock) < 0) {
            throw new InvalidValueException("statement", statement, "must be at least the limit for locks, " + lock);
        }
        if (network.compareTo(statement) <= 0) {
            throw new InvalidValueException(
                    "network", network, "must be longer than the limit for statements, " + statement);
        }
    }

    /** The default of every limit. */
    public static TimeLimits ofDefaults() {
        return DEFAULTS;
    }
}

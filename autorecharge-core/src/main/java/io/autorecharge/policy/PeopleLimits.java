package io.autorecharge.policy;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Range;
import java.time.Duration;

/**
 * How much the requests of one account's user may cost, so that nobody keeps others from being served. What exceeds a limit is refused with
 * {@link io.autorecharge.gateway.TooManyRequestsException}.
 *
 * @param openCheckouts checkouts of one account that may be open at the same time. One more closes the oldest of them
 * @param checkoutsPerHour checkouts that one account may open within an hour
 * @param callsPerMinute calls to the payment provider that one account may cause within a minute, per node
 * @param maxWait how long a request waits for its turn to call the provider
 */
public record PeopleLimits(int openCheckouts, int checkoutsPerHour, int callsPerMinute, Duration maxWait) {
    public static final int DEFAULT_OPEN_CHECKOUTS = 5;
    public static final int DEFAULT_CHECKOUTS_PER_HOUR = 20;
    public static final int DEFAULT_CALLS_PER_MINUTE = 60;
    public static final Duration DEFAULT_MAX_WAIT = Duration.ofSeconds(5);

    private static final int MOST = 10_000;
    private static final PeopleLimits DEFAULTS = new PeopleLimits(
            DEFAULT_OPEN_CHECKOUTS, DEFAULT_CHECKOUTS_PER_HOUR, DEFAULT_CALLS_PER_MINUTE, DEFAULT_MAX_WAIT);

    /** @throws InvalidValueException when a value breaks its rule */
    public PeopleLimits {
        Range.between("openCheckouts", openCheckouts, 1, 100);
        Range.between("checkoutsPerHour", checkoutsPerHour, 1, MOST);
        Range.between("callsPerMinute", callsPerMinute, 10, MOST);
        Range.positive("maxWait", maxWait, 1);
    }

    /** The default of every limit. */
    public static PeopleLimits ofDefaults() {
        return DEFAULTS;
    }

    public PeopleLimits withOpenCheckouts(int value) {
        return new PeopleLimits(value, checkoutsPerHour, callsPerMinute, maxWait);
    }

    public PeopleLimits withCheckoutsPerHour(int value) {
        return new PeopleLimits(openCheckouts, value, callsPerMinute, maxWait);
    }

    public PeopleLimits withCallsPerMinute(int value) {
        return new PeopleLimits(openCheckouts, checkoutsPerHour, value, maxWait);
    }

    public PeopleLimits withMaxWait(Duration value) {
        return new PeopleLimits(openCheckouts, checkoutsPerHour, callsPerMinute, value);
    }
}

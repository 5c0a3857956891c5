package io.autorecharge.gateway;

import java.time.Instant;
import java.util.Optional;

/**
 * The provider's clock, as its answers show it. A {@link Gateway} that implements it lets the library notice that the host's clock is wrong
 * before it charges. Thread-safe; precise to a few seconds.
 */
public interface ProviderClock {
    /**
     * The provider's time now: the time in its last answer, plus what has passed since by a clock that is never set. Never waits.
     *
     * @return empty as long as no answer has shown a time
     */
    Optional<Instant> providerTime();

    /**
     * Asks the provider for its time, with one request that changes nothing. Never throws because of the provider or the network.
     *
     * @return empty when it did not answer, or its answer shows no time
     */
    Optional<Instant> askProviderTime();
}

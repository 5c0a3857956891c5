package io.autorecharge.spring;

import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Chooses the clock: the host's {@link Clock} bean if there is exactly one, otherwise the system's. Public because the packages of the
 * starter share this choice; a host has no use for it.
 */
public final class Clocks {
    private Clocks() {}

    public static Clock of(ObjectProvider<Clock> beans) {
        return beans.getIfUnique(Clock::systemUTC);
    }
}

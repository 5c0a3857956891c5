package io.autorecharge.spring;

import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;

/** Which clock is in force: the host's {@link Clock} bean when it has exactly one, else the system's. */
public final class Clocks {
    private Clocks() {}

    public static Clock of(ObjectProvider<Clock> beans) {
        return beans.getIfUnique(Clock::systemUTC);
    }
}

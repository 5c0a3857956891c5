package io.autorecharge.spring.actuate;

import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.StoreException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks whether the library can do its work; the two lines of Spring Boot have different words for the answer. */
final class HealthProbe {
    private static final Logger log = LoggerFactory.getLogger(HealthProbe.class);
    private static final int MOST_DUE = 1_000;

    private final RechargeStore store;
    private final ProviderHealth provider;
    private final Clock clock;

    HealthProbe(RechargeStore store, ProviderHealth provider, Clock clock) {
        this.store = store;
        this.provider = provider;
        this.clock = clock;
    }

    /**
     * @param up whether the database answers
     * @param details how many accounts are due (at most 1,000 are counted), and whether the provider's last word was that it refuses
     *     us, and which questions it left unanswered how often since it last answered one
     */
    record Finding(boolean up, Map<String, Object> details) {}

    Finding look() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("providerRefused", provider.isRefused());
        details.put("unanswered", provider.missed());
        try {
            details.put("due", store.countDue(clock.instant(), MOST_DUE));
            return new Finding(true, details);
        } catch (StoreException e) {
            log.warn("The database failed", e);
            details.put("error", "the database failed");
            return new Finding(false, details);
        }
    }
}

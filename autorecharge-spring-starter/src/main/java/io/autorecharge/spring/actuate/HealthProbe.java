package io.autorecharge.spring.actuate;

import io.autorecharge.report.ClockReport;
import io.autorecharge.report.DatabaseReport;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.StoreException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks whether the library can work. Spring Boot 3.5 and 4 have different types for the result. Thread-safe. */
final class HealthProbe {
    private static final Logger log = LoggerFactory.getLogger(HealthProbe.class);
    private static final int MAX_DUE = 1_000;

    private final Supplier<ClockReport> clockReport;
    private final Supplier<DatabaseReport> databaseReport;
    private final RechargeStore store;
    private final ProviderHealth provider;
    private final Clock clock;

    HealthProbe(
            Supplier<ClockReport> clockReport,
            Supplier<DatabaseReport> databaseReport,
            RechargeStore store,
            ProviderHealth provider,
            Clock clock) {
        this.clockReport = clockReport;
        this.databaseReport = databaseReport;
        this.store = store;
        this.provider = provider;
        this.clock = clock;
    }

    /**
     * @param up whether the database answers
     * @param details the number of due accounts (counted up to 1,000), whether the provider last refused the configured key, and which
     *     kinds of requests that do not charge it has left unanswered since it last answered one, with their number; how many seconds the
     *     clock is ahead of the provider's (negative: behind), if that is known, and whether it is too far off to charge; whether the
     *     database is confirmed, and what differs if it is not
     */
    record Result(boolean up, Map<String, Object> details) {}

    Result check() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("providerRefused", provider.isRefused());
        details.put("unanswered", provider.unanswered());
        ClockReport clocks = clockReport.get();
        if (clocks.ahead() != null) {
            details.put("clockAheadSeconds", clocks.ahead().toSeconds());
        }
        details.put("clockTooFarOff", !clocks.charging());
        try {
            DatabaseReport database = databaseReport.get();
            details.put("databaseConfirmed", database.charging());
            if (database.difference() != null) {
                details.put("databaseDifference", database.difference());
            }
            details.put("due", store.countDue(clock.instant(), MAX_DUE));
            return new Result(true, details);
        } catch (StoreException e) {
            log.warn("The database failed", e);
            details.put("error", "the database failed");
            return new Result(false, details);
        }
    }
}

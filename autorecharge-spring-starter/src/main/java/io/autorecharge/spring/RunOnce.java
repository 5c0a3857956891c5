package io.autorecharge.spring;

import io.autorecharge.AutoRecharge;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.report.RunReport;
import io.autorecharge.spring.actuate.ProviderHealth;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.StoreException;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Looks once at everything that is due when the application has started, or reconciles a restored database, and ends the process. Its
 * exit code is 0 when all could be done; 1, given by the JVM, when the application did not start (a database that cannot be reached is
 * found then); and else one of the constants.
 */
final class RunOnce implements ApplicationListener<ApplicationReadyEvent> {
    /** The database failed. */
    static final int DATABASE_FAILED = 2;

    /**
     * There was something to charge, and the payment provider refused us or gave no answer to any of it; or its books could not be read, or
     * show something that a person must decide.
     */
    static final int PROVIDER_FAILED = 3;

    /** Some accounts could not be looked at; the log says why, and they come again. */
    static final int ACCOUNTS_FAILED = 4;

    private static final Logger log = LoggerFactory.getLogger(RunOnce.class);

    private final AutoRecharge autoRecharge;
    private final RechargeStore store;
    private final ProviderHealth provider;
    private final Clock clock;
    private final @Nullable Instant reconcileSince;
    private final ProcessExit exit;

    /** @param reconcileSince the moment that a restored backup shows; null for an ordinary run */
    RunOnce(
            AutoRecharge autoRecharge,
            RechargeStore store,
            ProviderHealth provider,
            Clock clock,
            @Nullable Instant reconcileSince,
            ProcessExit exit) {
        if (reconcileSince != null && reconcileSince.isAfter(clock.instant())) {
            throw new IllegalArgumentException("autorecharge.reconcile-since must not be in the future, now "
                    + clock.instant() + ": " + reconcileSince);
        }
        this.autoRecharge = autoRecharge;
        this.store = store;
        this.provider = provider;
        this.clock = clock;
        this.reconcileSince = reconcileSince;
        this.exit = exit;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        int code = run();
        exit.exit(SpringApplication.exit(event.getApplicationContext(), () -> code));
    }

    int run() {
        try {
            if (reconcileSince != null) {
                return reconcile(reconcileSince);
            }
            RunReport report = autoRecharge.runOnce();
            if (report.providerRefused() || provider.isUnreachable()) {
                log.error("The payment provider refused to work; exit code {}", PROVIDER_FAILED);
                return PROVIDER_FAILED;
            }
            return report.failed() == 0 ? 0 : blame(report.failed());
        } catch (StoreException e) {
            log.error("The database refused to work; exit code {}", DATABASE_FAILED, e);
            return DATABASE_FAILED;
        }
    }

    /** The library has logged what it found. */
    private int reconcile(Instant since) {
        try {
            return autoRecharge.reconcileSince(since).isComplete() ? 0 : PROVIDER_FAILED;
        } catch (GatewayException e) {
            log.error("The payment provider's books could not be read; exit code {}", PROVIDER_FAILED, e);
            return PROVIDER_FAILED;
        }
    }

    private int blame(int failed) {
        // Throws when it was the database.
        store.countDue(clock.instant(), 1);
        log.error("{} accounts could not be looked at; exit code {}", failed, ACCOUNTS_FAILED);
        return ACCOUNTS_FAILED;
    }
}

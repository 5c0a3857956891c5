package io.autorecharge.spring;

import io.autorecharge.AutoRecharge;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.report.RunReport;
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
 * Processes all due accounts once after the application has started, or reconciles a restored database, and then ends the process. Exit
 * code 0 means that every due account was processed. Exit code 1 comes from the JVM: the application did not start, for instance because
 * the database cannot be reached. The other codes are the constants below.
 */
final class RunOnce implements ApplicationListener<ApplicationReadyEvent> {
    /** The database failed. */
    static final int DATABASE_FAILED = 2;

    /**
     * Charges were due, and the payment provider refused the configured key or answered none of them; or its payment history could not be
     * read, or contains something that a person must decide.
     */
    static final int PROVIDER_FAILED = 3;

    /** Some accounts could not be processed. The log says why, and they will be retried. */
    static final int ACCOUNTS_FAILED = 4;

    private static final Logger log = LoggerFactory.getLogger(RunOnce.class);

    private final AutoRecharge autoRecharge;
    private final RechargeStore store;
    private final ChargeAnswers answers;
    private final Clock clock;
    private final @Nullable Instant reconcileSince;
    private final ProcessExit exit;

    /** @param reconcileSince the time of the restored backup; null for an ordinary run */
    RunOnce(
            AutoRecharge autoRecharge,
            RechargeStore store,
            ChargeAnswers answers,
            Clock clock,
            @Nullable Instant reconcileSince,
            ProcessExit exit) {
        if (reconcileSince != null && reconcileSince.isAfter(clock.instant())) {
            throw new IllegalArgumentException("autorecharge.reconcile-since must not be in the future, now "
                    + clock.instant() + ": " + reconcileSince);
        }
        this.autoRecharge = autoRecharge;
        this.store = store;
        this.answers = answers;
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
            if (report.providerRefused() || answers.areAllMissing()) {
                log.error(
                        "The payment provider refused the configured key or did not answer; exit code {}",
                        PROVIDER_FAILED);
                return PROVIDER_FAILED;
            }
            return report.failed() == 0 ? 0 : accountsFailed(report.failed());
        } catch (StoreException e) {
            log.error("The database failed; exit code {}", DATABASE_FAILED, e);
            return DATABASE_FAILED;
        }
    }

    /** What was found is in the log already. */
    private int reconcile(Instant since) {
        try {
            return autoRecharge.reconcileSince(since).isComplete() ? 0 : PROVIDER_FAILED;
        } catch (GatewayException e) {
            log.error("The payment provider's payment history could not be read; exit code {}", PROVIDER_FAILED, e);
            return PROVIDER_FAILED;
        }
    }

    private int accountsFailed(int failed) {
        // Throws if the database was the cause.
        store.countDue(clock.instant(), 1);
        log.error("{} accounts could not be processed; exit code {}", failed, ACCOUNTS_FAILED);
        return ACCOUNTS_FAILED;
    }
}

package io.autorecharge.spring;

import io.autorecharge.AutoRecharge;
import io.autorecharge.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Runs the scheduler inside the application, from its start to its end. */
final class AutoRechargeLifecycle implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(AutoRechargeLifecycle.class);

    private final AutoRecharge autoRecharge;
    private final boolean scheduling;

    AutoRechargeLifecycle(AutoRecharge autoRecharge, boolean scheduling) {
        this.autoRecharge = autoRecharge;
        this.scheduling = scheduling;
    }

    @Override
    public void start() {
        if (scheduling) {
            autoRecharge.start();
            log.info("✓ Background scheduler started");
        } else {
            requireInstallation();
        }
    }

    /** Without a scheduler another id than that of the database would be found out by the first debit. */
    private void requireInstallation() {
        try {
            autoRecharge.installation();
        } catch (StoreException e) {
            log.debug("Who this installation is could not be read; it is read again before the first charge", e);
        }
    }

    /** Checks in progress end when the facade is destroyed, which happens before the connection pool is closed. */
    @Override
    public void stop() {
        autoRecharge.stop();
    }

    @Override
    public boolean isRunning() {
        return autoRecharge.isRunning();
    }
}

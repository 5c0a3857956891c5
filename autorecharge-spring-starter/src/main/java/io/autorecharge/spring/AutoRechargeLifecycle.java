package io.autorecharge.spring;

import io.autorecharge.AutoRecharge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** The seed's option 4: the scheduler inside the application, from the application's start to its end. */
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
        }
    }

    /** Looks that are under way end when the facade is destroyed, before the database's pool is. */
    @Override
    public void stop() {
        autoRecharge.stop();
    }

    @Override
    public boolean isRunning() {
        return autoRecharge.isRunning();
    }
}

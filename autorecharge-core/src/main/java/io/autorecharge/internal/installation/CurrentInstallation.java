package io.autorecharge.internal.installation;

import io.autorecharge.account.AgreedPackage;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.store.Installation;
import io.autorecharge.store.RechargeStore;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who this installation is, as the database says; written there by the first process. Safe for use by many threads. The first call needs a
 * connection of its own, so it must not be made within a transaction.
 */
public final class CurrentInstallation {
    private static final Logger log = LoggerFactory.getLogger(CurrentInstallation.class);

    private final RechargeStore store;
    private final @Nullable InstallationId configured;
    private final Clock clock;
    private final List<AgreedPackage> packages;
    private volatile @Nullable InstallationId known;
    private boolean pricesKnown;

    /**
     * @param configured the id that the host chose; null to make one
     * @param packages what packages cost, which the first process records
     */
    public CurrentInstallation(
            RechargeStore store, @Nullable InstallationId configured, Clock clock, List<AgreedPackage> packages) {
        this.packages = List.copyOf(packages);
        this.store = store;
        this.configured = configured;
        this.clock = clock;
    }

    /**
     * @throws io.autorecharge.store.StoreException if it is not known yet and the database fails
     * @throws IllegalStateException if another id is configured than the database contains
     */
    public InstallationId id() {
        InstallationId id = known;
        return id == null ? read().id() : id;
    }

    /** Reads it again: an operator may have replaced the id. The errors are those of {@link #id}. */
    synchronized Installation read() {
        InstallationId wanted =
                configured == null ? new InstallationId(UUID.randomUUID().toString()) : configured;
        Installation stored = store.installation(new Installation(wanted, clock.instant(), null));
        if (configured != null && !configured.equals(stored.id())) {
            known = null;
            throw new IllegalStateException("The configured installation id is " + configured
                    + ", and the database says that this is installation " + stored.id()
                    + ". Configure that id, or none. If this database is to have the configured id from now on, run"
                    + " io.autorecharge.jdbc.DatabaseCommand confirm --id " + configured);
        }
        if (!pricesKnown) {
            store.recordFirstPrices(packages, clock.instant());
            pricesKnown = true;
        }
        if (!stored.id().equals(known)) {
            log.info("This is installation {}", stored.id());
            known = stored.id();
        }
        return stored;
    }
}

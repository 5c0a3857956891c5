package io.autorecharge.internal.installation;

import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.KeyMode;
import io.autorecharge.report.DatabaseReport;
import io.autorecharge.store.Binding;
import io.autorecharge.store.DatabaseIdentity;
import io.autorecharge.store.Installation;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.StoreException;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the database and the kind of key with what the installation is bound to, once a minute while accounts are checked; the first use
 * binds it. Safe for use by many threads. Reads on a connection of its own, so it must not be called within a transaction.
 */
public final class BindingCheck {
    private static final Logger log = LoggerFactory.getLogger(BindingCheck.class);
    private static final long CHECK_AGAIN = TimeUnit.MINUTES.toNanos(1);

    private final CurrentInstallation installation;
    private final RechargeStore store;
    private final boolean serverMoves;
    private final Supplier<KeyMode> mode;
    private final Clock clock;
    private final LongSupplier nanos;
    private final ReentrantLock checking = new ReentrantLock();
    private volatile @Nullable Checked last;
    private @Nullable Instant used;

    /** @param difference null when nothing differs */
    private record Checked(long at, @Nullable String difference) {}

    /**
     * @param serverMoves whether address and files of the server are not compared
     * @param nanos a clock that is never set
     */
    public BindingCheck(
            CurrentInstallation installation,
            RechargeStore store,
            boolean serverMoves,
            Supplier<KeyMode> mode,
            Clock clock,
            LongSupplier nanos) {
        this.installation = installation;
        this.store = store;
        this.serverMoves = serverMoves;
        this.mode = mode;
        this.clock = clock;
        this.nanos = nanos;
    }

    /**
     * What differs, so that nothing may be charged; empty when nothing does.
     *
     * @throws StoreException if the database was never read and fails
     * @throws IllegalStateException if another installation id is configured than the database contains
     */
    public Optional<String> difference() {
        Checked known = last;
        if (known == null) {
            checking.lock();
        } else if (nanos.getAsLong() - known.at() < CHECK_AGAIN || !checking.tryLock()) {
            return Optional.ofNullable(known.difference());
        }
        try {
            // Another thread may have been first.
            return Optional.ofNullable(Objects.equals(last, known) ? checkedAgain(known) : difference(last));
        } finally {
            checking.unlock();
        }
    }

    private static @Nullable String difference(@Nullable Checked checked) {
        return checked == null ? null : checked.difference();
    }

    /** Without reading the database, except for the first time; never within a transaction of the host. */
    public DatabaseReport report() {
        Checked known = last;
        boolean first = known == null && !store.isHostTransactionOpen();
        String difference = first ? difference().orElse(null) : difference(known);
        return new DatabaseReport(difference);
    }

    /** As {@link #report}, read again if that is a minute ago. */
    public DatabaseReport current() {
        if (!store.isHostTransactionOpen()) {
            difference();
        }
        return report();
    }

    /** @throws GatewayException when nothing may be sent to the provider */
    public void require() {
        difference().ifPresent(it -> {
            throw new GatewayException(true, "nothing is sent to the payment provider: " + advice(it), null);
        });
    }

    private @Nullable String checkedAgain(@Nullable Checked known) {
        String difference;
        try {
            difference = compared();
        } catch (StoreException e) {
            if (known == null) {
                throw e;
            }
            // What the failure means is decided by the work itself, which needs the same database.
            log.debug("The database could not be compared with the one that was used before", e);
            difference = known.difference();
        }
        if (difference != null) {
            log.error("Nothing is charged: {}", advice(difference));
        } else if (known != null && known.difference() != null) {
            log.info("The database is confirmed: accounts are charged again");
        }
        last = new Checked(nanos.getAsLong(), difference);
        return difference;
    }

    private static String advice(String difference) {
        return "the database is not confirmed: " + difference
                + ". If it is the one whose accounts are to be charged with this key, confirm that with the command"
                + " io.autorecharge.jdbc.DatabaseCommand confirm --url JDBC_URL. For a copy that is to have customers of its own, add --id and"
                + " a new installation id.";
    }

    private @Nullable String compared() {
        Installation stored = installation.read();
        DatabaseIdentity identity = serverMoves ? store.identity().onMovingServer() : store.identity();
        KeyMode key = mode.get();
        Instant now = clock.instant();
        Binding bound = stored.binding();
        if (bound == null) {
            Binding first = new Binding(identity, key, now, now);
            if (store.bindFirst(first)) {
                log.info("Installation {} is bound to this database and a {} key", stored.id(), key);
            }
            bound = Optional.ofNullable(installation.read().binding()).orElse(first);
        }
        Instant before = used;
        String difference = before == null
                ? BindingRules.difference(bound, identity, key, now)
                : BindingRules.differenceInUse(bound, identity, key, before);
        if (difference == null) {
            store.seen(identity, key, now);
            used = bound.seenAt().isAfter(now) ? bound.seenAt() : now;
        }
        return difference;
    }
}

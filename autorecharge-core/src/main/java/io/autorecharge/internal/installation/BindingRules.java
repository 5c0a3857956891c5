package io.autorecharge.internal.installation;

import io.autorecharge.gateway.KeyMode;
import io.autorecharge.store.Binding;
import io.autorecharge.store.DatabaseIdentity;
import io.autorecharge.store.DatabaseIdentity.Server;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a database may be a copy of the one that the installation is bound to. A copy of the tables is told by the database's
 * identity. A copy of the files has the same identity, and so has a standby that took over: they are told apart by when and how the
 * installation was last used. Pure functions.
 */
final class BindingRules {
    /** A fail-over takes minutes. A backup that is restored on another server is usually older. */
    static final Duration FAIL_OVER = Duration.ofMinutes(15);

    private BindingRules() {}

    /**
     * For a process that has not used the database yet.
     *
     * @return what differs, in words; null when nothing does
     */
    static @Nullable String difference(Binding bound, DatabaseIdentity now, KeyMode mode, Instant at) {
        String difference = lasting(bound, now, mode);
        // With a test key no money moves, and the databases of developers move at will.
        return difference == null && mode == KeyMode.LIVE ? ofServer(bound, now.server(), at) : difference;
    }

    /**
     * For a process that has used the database before: its connections lead to one database, so another server is a fail-over.
     *
     * @param used the greatest {@link Binding#seenAt} that this process has found
     */
    static @Nullable String differenceInUse(Binding bound, DatabaseIdentity now, KeyMode mode, Instant used) {
        String difference = lasting(bound, now, mode);
        if (difference == null && bound.seenAt().isBefore(used.minus(FAIL_OVER))) {
            return "it was used at " + used + ", but says that it was last used at " + bound.seenAt()
                    + ": an older state was restored";
        }
        return difference;
    }

    /** What neither a restart nor a fail-over changes. */
    private static @Nullable String lasting(Binding bound, DatabaseIdentity now, KeyMode mode) {
        DatabaseIdentity before = bound.identity();
        if (differ(before.cluster(), now.cluster())) {
            return "it is in the database cluster " + now.cluster() + ", not in " + before.cluster();
        }
        if (differ(before.database(), now.database())) {
            return "its identity is " + now.database() + ", not " + before.database();
        }
        if (bound.mode() != null && bound.mode() != mode) {
            return "the configured key is a " + mode + " key, and it was used with a " + bound.mode() + " key";
        }
        return null;
    }

    private static @Nullable String ofServer(Binding bound, Server now, Instant at) {
        Server before = bound.identity().server();
        boolean recent = !bound.seenAt().isBefore(at.minus(FAIL_OVER));
        if (!recent && differ(before.files(), now.files())) {
            return "its files were created at " + now.files() + ", and not at " + before.files() + " as" + when(bound);
        }
        if (before.run() != null && before.run().equals(now.run())) {
            return null;
        }
        if (differ(before.url(), now.url())) {
            return "it is reached at " + now.url() + ", and was at " + before.url()
                    + ", and its server was started since";
        }
        if (!recent && differ(before.address(), now.address())) {
            return "its server is " + now.address() + ", and was " + before.address() + when(bound);
        }
        return null;
    }

    private static String when(Binding bound) {
        return " when it was last used, at " + bound.seenAt();
    }

    private static boolean differ(@Nullable String before, @Nullable String now) {
        return before != null && now != null && !before.equals(now);
    }
}

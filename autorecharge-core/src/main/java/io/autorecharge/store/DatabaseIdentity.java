package io.autorecharge.store;

import org.jspecify.annotations.Nullable;

/**
 * What tells a database from its copies. Null stands for what is not known, and is never compared.
 *
 * @param cluster the set of files that the database belongs to: the same on a standby and in a copy of the files, different in a database
 *     that was restored from a dump into another cluster
 * @param database the database and the library's tables in it: the same on a standby and in a copy of the files, different after a restore
 *     from a dump
 * @param server how and where the database answers, which a fail-over changes, and a copy of the files as well
 */
public record DatabaseIdentity(
        @Nullable String cluster, @Nullable String database, Server server) {
    /** Of a store that cannot be copied, such as one in memory. */
    public static final DatabaseIdentity NONE = new DatabaseIdentity(null, null, Server.UNKNOWN);

    /**
     * The server that answers.
     *
     * @param url where this process finds it; without user, password and options
     * @param address how it names itself: its address or host name, and its port
     * @param files when its files were created
     * @param run the run of the server that answers, from its start to its end: no two servers have the same
     */
    public record Server(
            @Nullable String url,
            @Nullable String address,
            @Nullable String files,
            @Nullable String run) {
        /** Nothing is known. */
        public static final Server UNKNOWN = new Server(null, null, null, null);
    }

    /** The same database, of whose server only the URL and the run are known. */
    public DatabaseIdentity onMovingServer() {
        return new DatabaseIdentity(cluster, database, new Server(server.url(), null, null, server.run()));
    }

    /** The same database, whatever the server. */
    public DatabaseIdentity onAnyServer() {
        return new DatabaseIdentity(cluster, database, Server.UNKNOWN);
    }
}

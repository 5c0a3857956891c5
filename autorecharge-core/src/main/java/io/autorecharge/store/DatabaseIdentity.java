package io.autorecharge.store;

import org.jspecify.annotations.Nullable;

/**
 * What tells a database from its copies.
 *
 * @param database the same for every server of the database, also after a fail-over, and different in a database that was restored from a dump;
 *     null when the store cannot be copied
 * @param server the server that answers; changes with a fail-over, and in a copy of the files; null when unknown
 */
public record DatabaseIdentity(
        @Nullable String database, @Nullable String server) {
    /** Of a store that cannot be copied, such as one in memory. */
    public static final DatabaseIdentity NONE = new DatabaseIdentity(null, null);
}

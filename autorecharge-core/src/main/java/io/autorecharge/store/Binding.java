package io.autorecharge.store;

import io.autorecharge.gateway.KeyMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The database and the key that an installation was last known to use. Nothing compares them yet: a copy of a database still charges.
 *
 * @param database which database it is; see {@link DatabaseIdentity#database}
 * @param server the server that was used last; see {@link DatabaseIdentity#server}
 * @param mode whether the provider's key moved real money; null until the first use after an operator confirmed the installation
 * @param boundAt when it was bound, by the first use or by an operator
 * @param seenAt when a process last used it; written every few minutes
 */
public record Binding(
        @Nullable String database,
        @Nullable String server,
        @Nullable KeyMode mode,
        Instant boundAt,
        Instant seenAt) {}

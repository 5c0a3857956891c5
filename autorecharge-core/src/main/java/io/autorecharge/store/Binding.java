package io.autorecharge.store;

import io.autorecharge.gateway.KeyMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The database and the kind of key with which an installation may charge. A copy of the database contains it too, and does not match it.
 *
 * @param identity which database it is, and the server that was used last
 * @param mode whether the provider's key moves real money; null until the first use after an operator confirmed the database
 * @param boundAt when it was bound, by the first use or by an operator
 * @param seenAt when a process last used it; written once a minute by every process that charges
 */
public record Binding(DatabaseIdentity identity, @Nullable KeyMode mode, Instant boundAt, Instant seenAt) {}

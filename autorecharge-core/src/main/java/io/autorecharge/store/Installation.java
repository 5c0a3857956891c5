package io.autorecharge.store;

import io.autorecharge.gateway.InstallationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who this installation is, as its database says.
 *
 * @param id part of everything that is sent to the provider
 * @param createdAt when the id was written
 * @param binding the database and the key that may charge; null before the first use
 */
public record Installation(
        InstallationId id, Instant createdAt, @Nullable Binding binding) {}

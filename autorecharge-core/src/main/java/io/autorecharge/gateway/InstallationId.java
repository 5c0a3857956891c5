package io.autorecharge.gateway;

import io.autorecharge.credit.InvalidValueException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes one installation of the library from all others that use the same account at the provider: other applications, tenants and
 * copies of its database. It is part of the idempotency keys and of the provider's metadata. Every process of one application, and every
 * restored backup of its database, has the same id.
 */
public record InstallationId(String value) {
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** @throws InvalidValueException when the value is not 1 to 64 letters, digits, dots, underscores or hyphens */
    public InstallationId {
        if (value == null || !VALID.matcher(value).matches()) {
            throw new InvalidValueException(
                    "installationId", value, "must be 1 to 64 letters, digits, dots, underscores or hyphens");
        }
    }

    /** Null for null: what was created before installations had ids. */
    public static @Nullable InstallationId ofNullable(@Nullable String value) {
        return value == null || value.isEmpty() ? null : new InstallationId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}

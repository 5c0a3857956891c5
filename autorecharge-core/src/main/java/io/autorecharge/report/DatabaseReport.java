package io.autorecharge.report;

import org.jspecify.annotations.Nullable;

/**
 * Whether the database is the one that this installation is bound to.
 *
 * @param difference what differs, in words; null while nothing does
 */
public record DatabaseReport(@Nullable String difference) {
    /** False while no account is charged, because the database may be a copy, or the key is of another kind. */
    public boolean charging() {
        return difference == null;
    }
}

package io.autorecharge.jdbc;

import java.util.Map;

/** Changes of a database that no rule can find, with the reason. */
final class UnseenChanges {
    static final Map<String, String> REASONS = Map.of();

    private UnseenChanges() {}
}

package io.autorecharge.jdbc;

import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.KeyMode;
import io.autorecharge.store.Binding;
import io.autorecharge.store.Installation;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one row that says who this installation is. Thread-safe. */
final class InstallationRows {
    private static final String FIND = """
            select id, created_at, database_identity, server_identity, key_mode, bound_at, seen_at
            from auto_recharge_installation where singleton = 1
            """;

    private static final String INSERT = """
            insert into auto_recharge_installation (singleton, id, created_at) values (1, ?, ?)
            {pg:on conflict do nothing} {mariadb:on duplicate key update id = id}
            """;

    private static final String BIND = """
            update auto_recharge_installation
            set id = ?, database_identity = ?, server_identity = ?, key_mode = ?, bound_at = ?, seen_at = ?
            where singleton = 1
            """;

    private static final String SEEN = """
            update auto_recharge_installation set server_identity = ?, seen_at = ?
            where singleton = 1 and bound_at is not null
            """;

    private final String insert;

    InstallationRows(SqlTemplates sql) {
        insert = sql.of(INSERT);
    }

    /** As a column that is never null. */
    static String stored(@Nullable InstallationId installation) {
        return installation == null ? "" : installation.value();
    }

    Optional<Installation> find(SqlSession session) {
        return session.first(FIND, InstallationRows::read);
    }

    /** Of several sessions that insert at once, the second waits for the first, and reads its row. */
    Installation installation(SqlSession session, Installation ifNone) {
        return find(session).orElseGet(() -> {
            session.inserted(insert, ifNone.id().value(), ifNone.createdAt());
            return find(session).orElseThrow(() -> SqlFailure.unseen("the row of auto_recharge_installation"));
        });
    }

    void bind(SqlSession session, InstallationId id, Binding binding) {
        int changed = session.update(
                BIND,
                id.value(),
                binding.database(),
                binding.server(),
                binding.mode(),
                binding.boundAt(),
                binding.seenAt());
        if (changed != 1 && find(session).isEmpty()) {
            throw new SqlFailure(new SQLException("auto_recharge_installation has no row"));
        }
    }

    void seen(SqlSession session, @Nullable String server, Instant at) {
        session.update(SEEN, server, at);
    }

    private static Installation read(SqlRow row) throws SQLException {
        Instant boundAt = row.timeOrNull("bound_at");
        Binding binding = boundAt == null
                ? null
                : new Binding(
                        row.textOrNull("database_identity"),
                        row.textOrNull("server_identity"),
                        row.wordOrNull(KeyMode.class, "key_mode"),
                        boundAt,
                        row.time("seen_at"));
        return new Installation(new InstallationId(row.text("id")), row.time("created_at"), binding);
    }
}

package io.autorecharge.jdbc;

import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.KeyMode;
import io.autorecharge.store.Binding;
import io.autorecharge.store.DatabaseIdentity;
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

    private static final String FOR_UPDATE = "for update";

    private static final String INSERT = """
            insert into auto_recharge_installation (singleton, id, created_at) values (1, ?, ?)
            {pg:on conflict do nothing} {mariadb:on duplicate key update id = id}
            """;

    private static final String BIND = """
            update auto_recharge_installation
            set id = ?, database_identity = ?, server_identity = ?, key_mode = ?, bound_at = ?, seen_at = ?
            where singleton = 1
            """;

    private static final String BIND_FIRST = """
            update auto_recharge_installation
            set database_identity = ?, server_identity = ?, key_mode = ?, bound_at = ?, seen_at = ?
            where singleton = 1 and bound_at is null
            """;

    private static final String FORGET_STAMPS =
            "update auto_recharge_state set stamped_customer = null where stamped_customer is not null";

    private static final String SEEN = """
            update auto_recharge_installation set database_identity = ?, server_identity = ?, key_mode = ?, seen_at = ?
            where singleton = 1
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

    boolean bindFirst(SqlSession session, Binding binding) {
        return session.update(
                        BIND_FIRST,
                        IdentityText.ofDatabase(binding.identity()),
                        IdentityText.ofServer(binding.identity()),
                        binding.mode(),
                        binding.boundAt(),
                        binding.seenAt())
                == 1;
    }

    void bind(SqlSession session, InstallationId id, Binding binding) {
        Installation before = session.first(FIND + FOR_UPDATE, InstallationRows::read)
                .orElseThrow(() -> new SqlFailure(new SQLException("auto_recharge_installation has no row")));
        session.update(
                BIND,
                id.value(),
                IdentityText.ofDatabase(binding.identity()),
                IdentityText.ofServer(binding.identity()),
                binding.mode(),
                binding.boundAt(),
                binding.seenAt());
        if (!id.equals(before.id())) {
            session.update(FORGET_STAMPS);
        }
    }

    void seen(SqlSession session, DatabaseIdentity now, KeyMode mode, Instant at) {
        Binding before = session.first(FIND + FOR_UPDATE, InstallationRows::read)
                .map(Installation::binding)
                .orElse(null);
        if (before == null) {
            return;
        }
        DatabaseIdentity seen = IdentityText.seen(before.identity(), now);
        session.update(
                SEEN,
                IdentityText.ofDatabase(seen),
                IdentityText.ofServer(seen),
                before.mode() == null ? mode : before.mode(),
                before.seenAt().isAfter(at) ? before.seenAt() : at);
    }

    private static Installation read(SqlRow row) throws SQLException {
        Instant boundAt = row.timeOrNull("bound_at");
        Binding binding = boundAt == null
                ? null
                : new Binding(
                        IdentityText.read(row.textOrNull("database_identity"), row.textOrNull("server_identity")),
                        row.wordOrNull(KeyMode.class, "key_mode"),
                        boundAt,
                        row.time("seen_at"));
        return new Installation(new InstallationId(row.text("id")), row.time("created_at"), binding);
    }
}

package io.autorecharge.jdbc;

import io.autorecharge.credit.AccountId;
import io.autorecharge.policy.PastRecharge;
import io.autorecharge.store.Pause;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stop for everything. Row 0 always exists: a claim shares its lock until the claim has ended, so whoever changes that row waits for the
 * claims that have begun. Row 1 exists while everything is stopped: it is written first and without waiting, so that no claim that begins
 * afterwards goes on. A claim goes on only if neither row has a time. Thread-safe.
 */
final class PauseRows {
    /** What a claim reads at once. */
    record Basis(List<PastRecharge> counted, Optional<Pause> pause) {}

    private record Reading(
            @Nullable PastRecharge past, @Nullable Pause pause) {}

    /** If somebody has deleted row 0, no claim can be counted, so nothing is charged. */
    private static final Pause ROW_IS_MISSING = new Pause(
            "the row of auto_recharge_pause is missing; resume writes it again", "the library", Instant.EPOCH);

    private static final String COLUMNS = """
            coalesce(p.since, g.since) as since, coalesce(p.reason, g.reason) as reason, coalesce(p.actor, g.actor) as actor
            """;

    private static final String FIND = "select " + COLUMNS + """
            from auto_recharge_pause g
            left join auto_recharge_pause p on p.singleton = 1
            where g.singleton = 0
            """;

    // H2 has no shared lock, so claims wait for each other there.
    private static final String BASIS = "select r.opened_at, r.price_minor, r.price_currency, " + COLUMNS + """
            from auto_recharge_pause g
            left join auto_recharge_pause p on p.singleton = 1
            left join auto_recharge_recharges r
              on r.account_id = ? and r.opened_at >= ? and r.state in ('OPEN', 'PAID')
            where g.singleton = 0
            order by r.opened_at
            {pg:for share of g} {h2:for update} {mariadb:lock in share mode}
            """;

    private static final String ALONE = FIND + "{pg:for share of g} {h2:for update} {mariadb:lock in share mode}";

    private static final String BEGIN = """
            insert into auto_recharge_pause (singleton, reason, actor, since) values (1, ?, ?, ?)
            {pg:on conflict (singleton) do update set reason = excluded.reason, actor = excluded.actor, since = excluded.since}
            {mariadb:on duplicate key update reason = values(reason), actor = values(actor), since = values(since)}
            """;

    private static final String REPLACE =
            "update auto_recharge_pause set reason = ?, actor = ?, since = ? where singleton = 1";

    private static final String GATE =
            "select singleton from auto_recharge_pause where singleton = 0 for update nowait";

    private static final String CLOSE =
            "update auto_recharge_pause set reason = ?, actor = ?, since = ? where singleton = 0";

    private static final String OPEN = """
            insert into auto_recharge_pause (singleton) values (0)
            {pg:on conflict (singleton) do update set reason = null, actor = null, since = null}
            {mariadb:on duplicate key update reason = null, actor = null, since = null}
            """;

    private static final String REOPEN =
            "update auto_recharge_pause set reason = null, actor = null, since = null where singleton = 0";

    private static final String END = "delete from auto_recharge_pause where singleton = 1";

    private static final String UNDER_WAY =
            "select count(*) as under_way from auto_recharge_attempts where state = 'OPEN' and in_doubt = true";

    private final String basis;
    private final String alone;
    private final String begin;
    private final String open;

    PauseRows(SqlTemplates sql) {
        basis = sql.of(BASIS);
        alone = sql.of(ALONE);
        begin = sql.of(BEGIN);
        open = sql.of(OPEN);
    }

    /** The stop as it is now, without a lock. */
    Optional<Pause> find(SqlSession session) {
        return read(session, FIND);
    }

    /** The stop for a claim. */
    Optional<Pause> inClaim(SqlSession session) {
        return read(session, alone);
    }

    private static Optional<Pause> read(SqlSession session, String sql) {
        return pause(session.list(sql, row -> new Reading(null, pause(row))));
    }

    private static Optional<Pause> pause(List<Reading> rows) {
        return rows.isEmpty()
                ? Optional.of(ROW_IS_MISSING)
                : Optional.ofNullable(rows.get(0).pause());
    }

    /** The stop for a claim, and the recharges that count towards the limits. */
    Basis inClaim(SqlSession session, AccountId account, Instant from) {
        List<Reading> rows = session.list(basis, row -> new Reading(past(row), pause(row)), account, from);
        List<PastRecharge> counted =
                rows.stream().map(Reading::past).filter(Objects::nonNull).toList();
        return new Basis(counted, pause(rows));
    }

    /** Stops every claim that reads the rows from now on. Waits for nobody. */
    void begin(SqlSession session, Pause pause) {
        if (!session.inserted(begin, pause.reason(), pause.actor(), pause.since())) {
            session.update(REPLACE, pause.reason(), pause.actor(), pause.since());
        }
    }

    /** Closes row 0. Fails with a retryable failure while a claim holds its lock. */
    void close(SqlSession session, Pause pause) {
        session.exists(GATE);
        session.update(CLOSE, pause.reason(), pause.actor(), pause.since());
    }

    /** @return false if nothing was stopped */
    boolean end(SqlSession session) {
        boolean stopped = find(session).isPresent();
        if (!session.inserted(open)) {
            session.update(REOPEN);
        }
        session.update(END);
        return stopped;
    }

    int underWay(SqlSession session) {
        return session.first(UNDER_WAY, row -> row.number("under_way")).orElse(0);
    }

    private static @Nullable Pause pause(SqlRow row) throws SQLException {
        Instant since = row.timeOrNull("since");
        return since == null ? null : new Pause(row.text("reason"), row.text("actor"), since);
    }

    private static @Nullable PastRecharge past(SqlRow row) throws SQLException {
        Instant openedAt = row.timeOrNull("opened_at");
        return openedAt == null ? null : new PastRecharge(openedAt, row.money("price_minor", "price_currency"));
    }
}

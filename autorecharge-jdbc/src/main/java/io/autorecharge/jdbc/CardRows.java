package io.autorecharge.jdbc;

import io.autorecharge.account.CardStop;
import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.policy.CardUse;
import io.autorecharge.store.CardClaim;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stops and attempts of cards across accounts. A card's row is its lock. It is taken after the account's lock, and never waited for. Which
 * attempts count is read from their own rows, so that settling one changes nothing here. Thread-safe.
 */
final class CardRows {
    private static final String LOCK = """
            select stop_reason
            from auto_recharge_cards
            where fingerprint = ?
            for update skip locked
            """;

    private static final String EXISTS = "select 1 from auto_recharge_cards where fingerprint = ?";

    private static final String ENSURE = """
            insert into auto_recharge_cards (fingerprint) values (?)
            {pg:on conflict do nothing} {mariadb:on duplicate key update fingerprint = fingerprint}
            """;

    private static final String COUNTED = """
            from auto_recharge_card_attempts c
            join auto_recharge_attempts a on a.account_id = c.account_id and a.id = c.attempt_id
            where c.fingerprint = ? and c.opened_at >= ? and a.state in ('OPEN', 'DECLINED', 'ACTION_REQUIRED')
            """;

    // A statement of its own, after the one that took the lock: only so does it see every attempt that was claimed
    // before.
    private static final String COUNT = """
            insert into auto_recharge_card_attempts (fingerprint, attempt_id, account_id, opened_at)
            {mariadb:select ?, ?, ?, ? from dual}
            {pg:select cast(? as varchar), cast(? as varchar), cast(? as ID_TYPE), cast(? as timestamp with time zone)}
            {h2:select cast(? as varchar), cast(? as varchar), cast(? as ID_TYPE), cast(? as timestamp with time zone)}
            where (select count(*)
            """ + COUNTED + ") < ?";

    private static final String USE = """
            select s.stop_reason, s.stopped_at, null as opened_at
            from auto_recharge_cards s
            where s.fingerprint = ?
            union all
            select null, null, c.opened_at
            """ + COUNTED;

    private static final String STOP = """
            update auto_recharge_cards
            set stop_reason = ?, stopped_at = ?
            where fingerprint = ? and (stop_reason is null or (stop_reason = 'HARD_DECLINE' and ? = 'FRAUD_WARNING'))
            """;

    private static final String RELEASE = """
            update auto_recharge_cards
            set stop_reason = null, stopped_at = null
            where fingerprint = ? and stop_reason = ?
            """;

    private static final String TAKE_GRACE = """
            update auto_recharge_cards
            set grace_account = ?
            where fingerprint = ? and (grace_account is null or grace_account = ?)
            """;

    private static final String END_GRACE =
            "update auto_recharge_cards set grace_account = null where fingerprint = ? and grace_account = ?";

    private final String ensure;
    private final String count;

    CardRows(SqlTemplates sql) {
        ensure = sql.of(ENSURE);
        count = sql.of(COUNT).replace("ID_TYPE", sql.accounts().idType().sqlType());
    }

    private record Locked(@Nullable String stop) {}

    private record Line(
            CardStop.@Nullable Reason reason,
            @Nullable Instant since,
            @Nullable Instant openedAt) {}

    CardUse use(SqlSession session, String card, Instant since) {
        List<Line> lines = session.list(USE, CardRows::line, card, card, since);
        CardStop stop = null;
        List<Instant> counted = new ArrayList<>();
        for (Line line : lines) {
            if (line.openedAt() != null) {
                counted.add(line.openedAt());
            } else if (line.reason() != null) {
                stop = new CardStop(line.reason(), Objects.requireNonNull(line.since()));
            }
        }
        return new CardUse(stop, counted.stream().sorted().toList());
    }

    private static Line line(SqlRow row) throws SQLException {
        return new Line(
                row.wordOrNull(CardStop.Reason.class, "stop_reason"),
                row.timeOrNull("stopped_at"),
                row.timeOrNull("opened_at"));
    }

    CardClaim claim(
            SqlSession session,
            AccountId account,
            String card,
            AttemptId attempt,
            Instant at,
            Instant since,
            int limit) {
        Optional<Locked> locked = lock(session, card);
        if (locked.isEmpty() && !session.exists(EXISTS, card)) {
            session.inserted(ensure, card);
            locked = lock(session, card);
        }
        if (locked.isEmpty()) {
            return CardClaim.BUSY;
        }
        if (locked.get().stop() != null) {
            return CardClaim.REFUSED;
        }
        int counted = session.update(count, card, attempt.value(), account, at, card, since, limit);
        return counted == 1 ? CardClaim.TAKEN : CardClaim.REFUSED;
    }

    private static Optional<Locked> lock(SqlSession session, String card) {
        return session.first(LOCK, row -> new Locked(row.textOrNull("stop_reason")), card);
    }

    void stop(SqlSession session, String card, CardStop stop) {
        session.inserted(ensure, card);
        session.update(STOP, stop.reason(), stop.since(), card, stop.reason().name());
    }

    boolean takeGrace(SqlSession session, AccountId account, String card) {
        session.inserted(ensure, card);
        return session.update(TAKE_GRACE, account.value(), card, account.value()) == 1;
    }

    void endGrace(SqlSession session, AccountId account, String card) {
        session.update(END_GRACE, card, account.value());
    }

    void release(SqlSession session, String card, CardStop.Reason reason) {
        session.update(RELEASE, card, reason);
    }
}

package io.autorecharge.jdbc;

import io.autorecharge.credit.AccountId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queue: the state rows that have a {@code due_at}. Asks no other account and counts nothing. Thread-safe. */
final class DueAccountRows {
    private static final Logger LOG = LoggerFactory.getLogger(DueAccountRows.class);

    private record Due(AccountId account, Instant since) {}

    private static final String MARK_AT_ONCE = """
            insert into auto_recharge_state (account_id, due_at)
            values (?, ?)
            on conflict (account_id) do update
            set due_at = excluded.due_at
            where auto_recharge_state.due_at is null or auto_recharge_state.due_at > excluded.due_at
            """;

    private static final String MARK = """
            update auto_recharge_state
            set due_at = ?
            where account_id = ? and (due_at is null or due_at > ?)
            """;

    private static final String TAKE_AT_ONCE = """
            with taken as (
                select account_id, due_at
                from auto_recharge_state
                where due_at <= ?
                order by due_at
                limit ?
                for update skip locked)
            update auto_recharge_state s
            set due_at = ?
            from taken
            where s.account_id = taken.account_id
            returning s.account_id as account_id, taken.due_at as due_at
            """;

    private static final String CANDIDATES = """
            select account_id, due_at
            from auto_recharge_state
            where due_at <= ?
            order by due_at
            limit ?
            for update skip locked
            """;

    private static final String LEASE = "update auto_recharge_state set due_at = ? where account_id = ?";

    private static final String COUNT = """
            select count(*) as due
            from (select 1 as one from auto_recharge_state where due_at <= ? limit ?) as waiting
            """;

    private static final String FORGET = """
            update auto_recharge_state
            set due_at = null
            where account_id = ?
              and not exists (
                  select 1 from auto_recharge_recharges r
                  where r.account_id = auto_recharge_state.account_id and r.state = 'OPEN')
            """;

    private static final String LOW = """
            a.auto_recharge_enabled = true
              {sound}
              and a.stripe_customer_id is not null
              and a.stripe_payment_method_id is not null
              and (? or {balance} < {threshold} or ({balance} = {threshold} and ?))
            """;

    private static final String SWEEP_AT_ONCE = """
            insert into auto_recharge_state as s (account_id, due_at)
            select a.{id}, ?
            from {accounts} a
            left join auto_recharge_state known on known.account_id = a.{id}
            where\s""" + LOW + """
                      and known.due_at is null and known.suspension_reason is null
                    order by a.{id}
                    on conflict (account_id) do update
                    set due_at = excluded.due_at
                    where s.due_at is null and s.suspension_reason is null
                    """;

    private static final String SWEEP_MISSING = """
            insert into auto_recharge_state (account_id)
            select a.{id}
            from {accounts} a
            where\s""" + LOW + """
                      and not exists (select 1 from auto_recharge_state s where s.account_id = a.{id})
                    {mariadb:on duplicate key update declines = declines}
                    """;

    private static final String SWEEP = """
            update auto_recharge_state
            set due_at = ?
            where due_at is null and suspension_reason is null
              and exists (select 1 from {accounts} a where a.{id} = account_id and\s""" + LOW + ")";

    private final boolean atOnce;
    private final AccountRows accounts;
    private final String sweepAtOnce;
    private final String sweepMissing;
    private final String sweep;

    DueAccountRows(Dialect dialect, SqlTemplates sql, AccountRows accounts) {
        this.atOnce = dialect.hasModifyingCtes();
        this.accounts = accounts;
        sweepAtOnce = sql.of(SWEEP_AT_ONCE);
        sweepMissing = sql.of(SWEEP_MISSING);
        sweep = sql.of(SWEEP);
    }

    void mark(SqlSession session, AccountId id, Instant at) {
        if (atOnce) {
            session.update(MARK_AT_ONCE, id, at);
            return;
        }
        if (session.update(MARK, at, id, at) == 0) {
            accounts.ensureState(session, id);
            session.update(MARK, at, id, at);
        }
    }

    /** Not due any more, unless a recharge is open. */
    void forget(SqlSession session, AccountId id) {
        session.update(FORGET, id);
    }

    List<AccountId> take(SqlSession session, Instant now, Instant leaseUntil, int limit) {
        List<Due> taken = atOnce
                ? sound(session.list(TAKE_AT_ONCE, DueAccountRows::read, now, limit, leaseUntil))
                : takeInSteps(session, now, leaseUntil, limit);
        return taken.stream()
                .sorted(Comparator.comparing(Due::since).thenComparing(Due::account))
                .map(Due::account)
                .toList();
    }

    private static List<Due> takeInSteps(SqlSession session, Instant now, Instant leaseUntil, int limit) {
        List<Due> due = sound(session.list(CANDIDATES, DueAccountRows::read, now, limit));
        session.batch(
                LEASE,
                due.stream()
                        .map(one -> new Object[] {leaseUntil, one.account()})
                        .toList());
        return due;
    }

    private static List<Due> sound(List<Optional<Due>> read) {
        return read.stream().flatMap(Optional::stream).toList();
    }

    int count(SqlSession session, Instant now, int limit) {
        return session.first(COUNT, row -> row.number("due"), now, limit).orElse(0);
    }

    /** @param all whatever the balances */
    int sweep(SqlSession session, boolean all, boolean inclusive, Instant now) {
        if (atOnce) {
            return session.update(sweepAtOnce, now, all, inclusive);
        }
        session.inserted(sweepMissing, all, inclusive);
        return session.update(sweep, now, all, inclusive);
    }

    /** An id that the host allows and the library does not must not keep the others from being taken. */
    private static Optional<Due> read(SqlRow row) throws SQLException {
        try {
            return Optional.of(new Due(row.account("account_id"), row.time("due_at")));
        } catch (IllegalArgumentException e) {
            LOG.error("An account that is due has an id that cannot be one: {}", e.getMessage());
            return Optional.empty();
        }
    }
}

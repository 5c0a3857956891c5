package io.autorecharge.jdbc;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.store.RechargeStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queue: the state rows with a {@code due_at}. Thread-safe. */
final class DueAccountRows {
    private static final Logger LOG = LoggerFactory.getLogger(DueAccountRows.class);

    /** How many accounts a sweep makes due in one transaction. */
    static final int SWEPT_AT_ONCE = 500;

    /**
     * A row of the queue.
     *
     * @param account null when the id in the row is one that the library does not allow
     * @param id as it is in the row
     */
    private record Due(@Nullable AccountId account, String id, Instant since) {
        Object key() {
            return account == null ? id : account;
        }
    }

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
              and (? or {balance} < {level} or ({balance} = {level} and ?))
            """;

    private static final String LEVEL = "{level}";

    private static final String USERS_LEVEL = "{threshold}";

    // A smart threshold is kept as what it adds to the user's.
    private static final String RAISED_LEVEL = "({threshold} + coalesce(s.threshold_raise, 0))";

    private static final String SWEEP_MISSING = """
            insert into auto_recharge_state (account_id)
            select a.{id}
            from {accounts} a
            where\s""" + LOW + """
                      and not exists (select 1 from auto_recharge_state s where s.account_id = a.{id})
                    {pg:on conflict do nothing} {mariadb:on duplicate key update declines = declines}
                    """;

    // A row that another transaction holds is left to the next sweep: waiting for it would delay all the others.
    private static final String SWEEP_CANDIDATES = """
            select s.account_id as account_id
            from auto_recharge_state s
            where (s.due_at is null or (s.due_at > ? and (s.retry_at is null or s.retry_at <> s.due_at)))
              and s.suspension_reason is null
              and exists (select 1 from {accounts} a where a.{id} = s.account_id and\s""" + LOW + """
            )
            order by s.account_id
            limit ?
            for update skip locked
            """;

    private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    // A node of an older version does not know of owed entries, and may have moved the next check.
    private static final String SWEEP_OWED = """
            select s.account_id as account_id
            from auto_recharge_state s
            where (s.due_at is null or s.due_at > ?)
              and s.account_id in (select o.account_id from auto_recharge_owed_entries o where o.next_at <= ?)
            order by s.account_id
            limit ?
            for update skip locked
            """;

    private final boolean atOnce;
    private final AccountRows accounts;
    private final String sweepMissing;
    private final String sweepCandidates;

    DueAccountRows(Dialect dialect, SqlTemplates sql, AccountRows accounts) {
        this.atOnce = dialect.hasModifyingCtes();
        this.accounts = accounts;
        sweepMissing = sql.of(SWEEP_MISSING.replace(LEVEL, USERS_LEVEL));
        sweepCandidates = sql.of(SWEEP_CANDIDATES.replace(LEVEL, RAISED_LEVEL));
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

    /** Removes the account from the queue, unless it has an open recharge. */
    void forget(SqlSession session, AccountId id) {
        session.update(FORGET, id);
    }

    /**
     * Takes due accounts, the longest due first. A row whose id cannot be read is leased as well and another row takes its place, so that
     * the result is shorter than the limit only when nothing else is due.
     */
    List<AccountId> take(SqlSession session, Instant now, Instant leaseUntil, int limit) {
        List<Due> readable = new ArrayList<>();
        boolean complete;
        do {
            int wanted = limit - readable.size();
            List<Due> taken = atOnce
                    ? session.list(TAKE_AT_ONCE, DueAccountRows::read, now, wanted, leaseUntil)
                    : takeInSteps(session, now, leaseUntil, wanted);
            List<Due> sound =
                    taken.stream().filter(due -> due.account() != null).toList();
            readable.addAll(sound);
            // A lease that is already over would give the same rows again.
            complete = sound.size() == taken.size() || !leaseUntil.isAfter(now);
        } while (!complete);
        return readable.stream()
                .sorted(Comparator.comparing(Due::since).thenComparing(Due::id))
                .map(due -> AccountId.of(due.id()))
                .toList();
    }

    private static List<Due> takeInSteps(SqlSession session, Instant now, Instant leaseUntil, int limit) {
        List<Due> due = session.list(CANDIDATES, DueAccountRows::read, now, limit);
        session.batch(
                LEASE,
                due.stream().map(one -> new Object[] {leaseUntil, one.key()}).toList());
        return due;
    }

    int count(SqlSession session, Instant now, int limit) {
        return session.first(COUNT, row -> row.number("due"), now, limit).orElse(0);
    }

    /**
     * Adds the missing state rows of accounts that the sweep is about.
     *
     * @param all whether accounts are included whatever their balance
     */
    void addMissing(SqlSession session, boolean all, boolean inclusive) {
        session.inserted(sweepMissing, all, inclusive);
    }

    /**
     * Makes some accounts due that no other transaction holds.
     *
     * @return how many, at most {@link #SWEPT_AT_ONCE}; fewer when there are no more
     */
    int sweep(SqlSession session, boolean all, boolean inclusive, Instant now) {
        // Of a ledger in another service the balance is asked for at intervals of its own.
        Instant far = all ? NEVER : now.plus(RechargeStore.SWEPT_BEYOND);
        List<String> found =
                session.list(sweepCandidates, row -> row.text("account_id"), far, all, inclusive, SWEPT_AT_ONCE);
        session.batch(
                LEASE, found.stream().map(id -> new Object[] {now, key(id)}).toList());
        return found.size();
    }

    /** As {@link #sweep}, for accounts with owed entries whose next try is over. */
    int sweepOwed(SqlSession session, Instant now) {
        List<String> found = session.list(
                SWEEP_OWED, row -> row.text("account_id"), now.plus(RechargeStore.OWED_WITHIN), now, SWEPT_AT_ONCE);
        session.batch(
                LEASE, found.stream().map(id -> new Object[] {now, key(id)}).toList());
        return found.size();
    }

    private static Object key(String id) {
        AccountId account = account(id);
        return account == null ? id : account;
    }

    private static Due read(SqlRow row) throws SQLException {
        String id = row.text("account_id");
        return new Due(account(id), id, row.time("due_at"));
    }

    private static @Nullable AccountId account(String id) {
        try {
            return AccountId.of(id);
        } catch (InvalidValueException e) {
            LOG.error("A due account cannot be processed, its id {}: '{}'", e.rule(), e.value());
            return null;
        }
    }
}

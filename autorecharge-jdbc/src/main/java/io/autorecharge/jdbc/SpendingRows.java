package io.autorecharge.jdbc;

import io.autorecharge.credit.AccountId;
import io.autorecharge.policy.SpendingPeriod;
import java.time.Instant;
import java.util.List;

/**
 * What all accounts together have spent in an hour and a day. The limit is divided into slices, so that claims of different accounts rarely
 * wait for each other: each account has a slice of its own, and takes from others when that one is full. No slice ever holds more than its
 * share, so the sum never exceeds the limit. Several slices are locked in the order of their numbers. Thread-safe.
 */
final class SpendingRows {
    static final int SLICES = 8;

    private record Slice(int number, Instant start, long spent) {}

    private static final String ENSURE = """
            insert into auto_recharge_spending (slice, period, currency, period_start, amount_minor) values (?, ?, ?, ?, 0)
            {pg:on conflict do nothing} {mariadb:on duplicate key update slice = slice}
            """;

    // MariaDB assigns from left to right, so the amount comes before the start that it depends on.
    private static final String RESERVE = """
            update auto_recharge_spending
            set amount_minor = case when period_start < ? then 0 else amount_minor end + ?,
                period_start = case when period_start < ? then ? else period_start end
            where slice = ? and period = ? and currency = ?
              and case when period_start < ? then 0 else amount_minor end + ? <= ?
            """;

    // PostgreSQL keeps the lock of a row that it has waited for and that no longer matches. A claim that held its own
    // slice like that and
    // then waited for the others would be in a deadlock with the next such claim. So this takes a slice that is free,
    // its own first.
    private static final String RESERVE_FREE = """
            with free as (
                select slice
                from auto_recharge_spending
                where period = ? and currency = ?
                  and case when period_start < ? then 0 else amount_minor end + ? <= ? + case when slice < ? then 1 else 0 end
                order by (slice + ?) % ?
                limit 1
                for update skip locked)
            update auto_recharge_spending s
            set amount_minor = case when period_start < ? then 0 else amount_minor end + ?,
                period_start = case when period_start < ? then ? else period_start end
            from free
            where s.slice = free.slice and s.period = ? and s.currency = ?
            """;

    private static final String LOCK = """
            select slice, period_start, amount_minor
            from auto_recharge_spending
            where period = ? and currency = ?
            order by slice
            for update
            """;

    private static final String SET = """
            update auto_recharge_spending
            set amount_minor = ?, period_start = ?
            where slice = ? and period = ? and currency = ?
            """;

    private static final String SPENT = """
            select coalesce(sum(amount_minor), 0) as spent
            from auto_recharge_spending
            where period = ? and currency = ? and period_start >= ?
            """;

    private static final String CORRECT = """
            update auto_recharge_spending
            set amount_minor = amount_minor + ?
            where slice = ? and period = ? and currency = ? and period_start = ?
            """;

    private static final String CORRECT_FREE = """
            with free as (
                select slice
                from auto_recharge_spending
                where period = ? and currency = ? and period_start = ?
                order by (slice + ?) % ?
                limit 1
                for update skip locked)
            update auto_recharge_spending s
            set amount_minor = amount_minor + ?
            from free
            where s.slice = free.slice and s.period = ? and s.currency = ?
            """;

    private static final String FORGET = "delete from auto_recharge_spending";

    private final Dialect dialect;
    private final String ensure;

    SpendingRows(SqlTemplates sql) {
        dialect = sql.dialect();
        ensure = sql.of(ENSURE);
    }

    /** @return false, with nothing added, when the limit has no room for it */
    boolean reserve(SqlSession session, AccountId account, SpendingPeriod period, long amount) {
        int changed = dialect == Dialect.POSTGRESQL
                ? reserveFree(session, sliceOf(account), period, amount)
                : reserveOwn(session, sliceOf(account), period, amount);
        return changed > 0 || reserveFromSeveral(session, period, amount);
    }

    private static int reserveFree(SqlSession session, int own, SpendingPeriod period, long amount) {
        Instant start = period.start();
        long limit = period.limit().minorUnits();
        return session.update(
                RESERVE_FREE,
                period.kind(),
                currency(period),
                start,
                amount,
                limit / SLICES,
                limit % SLICES,
                SLICES - own,
                SLICES,
                start,
                amount,
                start,
                start,
                period.kind(),
                currency(period));
    }

    private static int reserveOwn(SqlSession session, int own, SpendingPeriod period, long amount) {
        Instant start = period.start();
        return session.update(
                RESERVE,
                start,
                amount,
                start,
                start,
                own,
                period.kind(),
                currency(period),
                start,
                amount,
                share(period, own));
    }

    private boolean reserveFromSeveral(SqlSession session, SpendingPeriod period, long amount) {
        List<Slice> slices = locked(session, period);
        if (slices.size() < SLICES) {
            for (int number = 0; number < SLICES; number++) {
                session.inserted(ensure, number, period.kind(), currency(period), period.start());
            }
            slices = locked(session, period);
        }
        long spent = slices.stream().mapToLong(slice -> spent(slice, period)).sum();
        if (spent + amount > period.limit().minorUnits()) {
            return false;
        }
        long left = amount;
        for (Slice slice : slices) {
            long part = Math.min(left, Math.max(0, share(period, slice.number()) - spent(slice, period)));
            if (part > 0) {
                Instant start = slice.start().isBefore(period.start()) ? period.start() : slice.start();
                session.update(
                        SET, spent(slice, period) + part, start, slice.number(), period.kind(), currency(period));
                left -= part;
            }
        }
        return true;
    }

    private static List<Slice> locked(SqlSession session, SpendingPeriod period) {
        return session.list(
                LOCK,
                row -> new Slice(row.number("slice"), row.time("period_start"), row.big("amount_minor")),
                period.kind(),
                currency(period));
    }

    /** A row of an earlier period counts as empty; one of a later period, by a clock that is ahead, counts as it is. */
    private static long spent(Slice slice, SpendingPeriod period) {
        return slice.start().isBefore(period.start()) ? 0 : slice.spent();
    }

    /** The shares add up to the limit. */
    private static long share(SpendingPeriod period, int slice) {
        long limit = period.limit().minorUnits();
        return limit / SLICES + (slice < limit % SLICES ? 1 : 0);
    }

    boolean hasRoom(SqlSession session, SpendingPeriod period, long amount) {
        long spent = session.first(SPENT, row -> row.big("spent"), period.kind(), currency(period), period.start())
                .orElse(0L);
        return spent + amount <= period.limit().minorUnits();
    }

    /** What is given back may make a slice negative: it then has more room, and the sum stays right. */
    void correct(SqlSession session, AccountId account, SpendingPeriod period, long amount) {
        int own = sliceOf(account);
        if (dialect != Dialect.POSTGRESQL || !correctFree(session, own, period, amount)) {
            session.update(CORRECT, amount, own, period.kind(), currency(period), period.start());
        }
    }

    private static boolean correctFree(SqlSession session, int own, SpendingPeriod period, long amount) {
        int changed = session.update(
                CORRECT_FREE,
                period.kind(),
                currency(period),
                period.start(),
                SLICES - own,
                SLICES,
                amount,
                period.kind(),
                currency(period));
        return changed > 0;
    }

    void forget(SqlSession session) {
        session.update(FORGET);
    }

    private static int sliceOf(AccountId account) {
        return Math.floorMod(account.toString().hashCode(), SLICES);
    }

    private static String currency(SpendingPeriod period) {
        return period.limit().currencyCode();
    }
}

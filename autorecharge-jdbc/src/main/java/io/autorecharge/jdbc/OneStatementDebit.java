package io.autorecharge.jdbc;

import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.LedgerEntry;
import java.time.Instant;
import java.util.Optional;

/**
 * The debit in one round trip, for databases that can change data in a {@code with} clause. The entry is a plain insert: an existing reference
 * fails the whole statement. A check for the reference inside the statement would not see one that was written while the statement
 * waited for the account's row, since after such a wait only that row is read again. For the same reason crossing is decided from the row
 * that was just updated, and the state's row is changed by an upsert, which reads what it changes. How far a grace lets the account be
 * overdrawn is read only when the credits do not suffice, as it was when the statement began; the balance is compared with it after the wait,
 * so debits of many threads never exceed it. The time limits are set before the statement waits for a row, and end with it.
 */
final class OneStatementDebit {
    private static final String DEBIT = """
            with debit as (
                select cast(? as {id_type}) as account_id, cast(? as numeric) as amount, cast(? as boolean) as overdraft,
                       cast(? as boolean) as inclusive, cast(? as timestamp with time zone) as happened_at
                where set_config('lock_timeout', ?, true) is not null
                  and set_config('statement_timeout', ?, true) is not null),
            taken as (
                update {accounts} a
                set {credits} = {sum} - debit.amount
                from debit
                where a.{id} = debit.account_id
                  and (debit.overdraft or {balance} >= debit.amount
                       or {balance} + coalesce((
                          select s.grace_credits
                          from auto_recharge_state s
                          where s.account_id = debit.account_id and s.grace_until > debit.happened_at), 0) >= debit.amount)
                  and {balance} - debit.amount between {least} and {greatest}
                returning {balance} as balance, a.auto_recharge_enabled as enabled, {threshold} as threshold,
                    a.auto_recharge_enabled
                    and ({balance} < {threshold} or (debit.inclusive and {balance} = {threshold}))
                    and not ({balance} + debit.amount < {threshold}
                             or (debit.inclusive and {balance} + debit.amount = {threshold})) as crossed),
            numbered as (
                insert into auto_recharge_state as s (account_id, ledger_seq, due_at)
                select debit.account_id, 1, case when taken.crossed then debit.happened_at end
                from taken, debit
                on conflict (account_id) do update
                set ledger_seq = s.ledger_seq + 1,
                    due_at = case
                        when s.threshold_raise is null then least(s.due_at, excluded.due_at)
                        else (
                            select case when {crosses} then least(s.due_at, debit.happened_at) else s.due_at end
                            from taken, debit)
                        end
                returning s.ledger_seq, s.threshold_raise),
            written as (
                insert into credit_transactions
                    (user_id, seq, type, amount, balance_after, description, reference, created_at)
                select debit.account_id, numbered.ledger_seq, 'DEBIT', -debit.amount, taken.balance, ?, ?,
                       debit.happened_at
                from taken, numbered, debit)
            select s.ledger_seq, taken.balance,
                   case when s.threshold_raise is null then taken.crossed else {crosses} end as crossed
            from taken, numbered s, debit
            """;

    /** With a smart threshold, by the row of the state, which is read again after a wait for it. */
    private static final String CROSSES = """
            taken.enabled
            and (taken.balance < taken.threshold + s.threshold_raise
                 or (debit.inclusive and taken.balance = taken.threshold + s.threshold_raise))
            and not (taken.balance + debit.amount < taken.threshold + s.threshold_raise
                     or (debit.inclusive and taken.balance + debit.amount = taken.threshold + s.threshold_raise))""";

    /** The number of values before the limits. */
    private static final int FIRST_LIMIT = 5;

    private final String debit;

    OneStatementDebit(SqlTemplates sql) {
        debit = sql.of(DEBIT.replace("{crosses}", CROSSES));
    }

    /** @return empty when nothing was changed, because credits or account are missing */
    Optional<DebitResult> apply(SqlSession session, Debit order, boolean inclusive, Instant at) {
        return session.firstWithLimits(
                debit,
                FIRST_LIMIT,
                row -> {
                    Credits balance = row.credits("balance");
                    LedgerEntry entry = new LedgerEntry(
                            order.account(),
                            row.big("ledger_seq"),
                            EntryType.DEBIT,
                            null,
                            order.amount().negated(),
                            balance,
                            order.description(),
                            order.reference(),
                            null,
                            at);
                    return new DebitResult.Applied(entry, row.flag("crossed"));
                },
                order.account(),
                order.amount(),
                order.overdraft(),
                inclusive,
                at,
                order.description(),
                order.reference());
    }
}

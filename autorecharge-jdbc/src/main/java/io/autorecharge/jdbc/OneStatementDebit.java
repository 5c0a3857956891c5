package io.autorecharge.jdbc;

import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.LedgerEntry;
import java.time.Instant;
import java.util.Optional;

/**
 * The debit in one round trip, for databases that change data in a {@code with} clause. The entry is inserted plainly: a taken reference
 * fails the whole statement. A check for the reference inside the statement would not see one that was written while the statement
 * waited for the account's row, since after such a wait only that row is read again. For the same reason crossing is decided from the row
 * that was just updated and becoming due asks no other row.
 */
final class OneStatementDebit {
    private static final String DEBIT = """
            with debit as (
                select cast(? as varchar) as account_id, cast(? as numeric) as amount, cast(? as boolean) as overdraft,
                       cast(? as boolean) as inclusive, cast(? as timestamp with time zone) as happened_at),
            taken as (
                update {accounts} a
                set {credits} = a.{credits} - debit.amount, ledger_seq = a.ledger_seq + 1
                from debit
                where a.{id} = debit.account_id
                  and (debit.overdraft or a.{credits} >= debit.amount)
                  and a.{credits} - debit.amount >= -9223372036854.775808
                returning a.ledger_seq, a.{credits} as balance,
                    a.auto_recharge_enabled
                    and (a.{credits} < a.auto_recharge_threshold
                         or (debit.inclusive and a.{credits} = a.auto_recharge_threshold))
                    and not (a.{credits} + debit.amount < a.auto_recharge_threshold
                             or (debit.inclusive and a.{credits} + debit.amount = a.auto_recharge_threshold)) as crossed),
            written as (
                insert into credit_transactions
                    (user_id, seq, type, amount, balance_after, description, reference, created_at)
                select debit.account_id, taken.ledger_seq, 'DEBIT', -debit.amount, taken.balance, ?, ?, debit.happened_at
                from taken, debit),
            due as (
                insert into auto_recharge_state (account_id, due_at)
                select debit.account_id, debit.happened_at
                from taken, debit
                where taken.crossed
                on conflict (account_id) do update
                set due_at = excluded.due_at
                where auto_recharge_state.due_at is null or auto_recharge_state.due_at > excluded.due_at)
            select ledger_seq, balance, crossed from taken
            """;

    private final String debit;

    OneStatementDebit(SqlText sql) {
        debit = sql.of(DEBIT);
    }

    /** @return empty when nothing was taken, because credits or account are missing */
    Optional<DebitResult> apply(Session session, Debit order, boolean inclusive, Instant at) {
        return session.first(
                debit,
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
                order.account().value(),
                order.amount(),
                order.overdraft(),
                inclusive,
                at,
                order.description(),
                order.reference());
    }
}

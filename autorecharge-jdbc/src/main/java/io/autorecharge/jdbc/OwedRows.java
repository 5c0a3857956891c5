package io.autorecharge.jdbc;

import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.store.OwedEntries;
import io.autorecharge.store.OwedEntries.Bought;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ledger entries that are owed, one row per payment. Written under the lock of the account's state. Thread-safe. */
final class OwedRows {
    private static final String OF_ACCOUNT = """
            select provider_reference, captured_minor, currency, purchase, credits, bonus, booked_minor, cause, written_off,
                   written_off_bonus, since, tries, next_at, problem
            from auto_recharge_owed_entries
            where account_id = ?
            order by since, provider_reference
            """;

    private static final String UPDATE = """
            update auto_recharge_owed_entries
            set captured_minor = ?, currency = ?, purchase = ?, credits = ?, bonus = ?, booked_minor = ?, cause = ?,
                written_off = ?, written_off_bonus = ?, since = ?, tries = ?, next_at = ?, problem = ?
            where account_id = ? and provider_reference = ?
            """;

    private static final String INSERT = """
            insert into auto_recharge_owed_entries
                (captured_minor, currency, purchase, credits, bonus, booked_minor, cause, written_off, written_off_bonus, since,
                 tries, next_at, problem, account_id, provider_reference)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String DELETE =
            "delete from auto_recharge_owed_entries where account_id = ? and provider_reference = ?";

    List<OwedEntries> ofAccount(SqlSession session, AccountId account) {
        return session.list(OF_ACCOUNT, OwedRows::read, account);
    }

    void save(SqlSession session, AccountId account, OwedEntries owed) {
        @Nullable Object[] values = values(account, owed);
        if (session.update(UPDATE, values) == 0) {
            session.update(INSERT, values);
        }
    }

    void remove(SqlSession session, AccountId account, String providerReference) {
        session.update(DELETE, account, providerReference);
    }

    private static @Nullable Object[] values(AccountId account, OwedEntries owed) {
        Bought bought = owed.bought();
        return new @Nullable Object[] {
            owed.captured().minorUnits(),
            owed.captured().currencyCode(),
            bought == null ? null : bought.kind(),
            bought == null ? null : bought.credits(),
            bought == null ? null : bought.bonus(),
            owed.bookedMinor(),
            owed.cause(),
            owed.writtenOff(),
            owed.writtenOffBonus(),
            owed.since(),
            owed.tries(),
            owed.nextAt(),
            SqlTexts.word(owed.problem()),
            account,
            owed.providerReference()
        };
    }

    // NullAway does not see, in another module's class file, that this record takes a null of a nested type.
    @SuppressWarnings("NullAway")
    private static OwedEntries read(SqlRow row) throws SQLException {
        Bought.Kind kind = row.wordOrNull(Bought.Kind.class, "purchase");
        return new OwedEntries(
                row.text("provider_reference"),
                row.money("captured_minor", "currency"),
                kind == null ? null : new Bought(kind, row.credits("credits"), row.credits("bonus")),
                row.big("booked_minor"),
                row.wordOrNull(Reversal.Kind.class, "cause"),
                row.credits("written_off"),
                row.credits("written_off_bonus"),
                row.time("since"),
                row.number("tries"),
                row.timeOrNull("next_at"),
                row.textOrNull("problem"));
    }
}

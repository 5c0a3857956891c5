package io.autorecharge.jdbc;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.LedgerEntry;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Balances and ledger rows. An entry is always written under the lock of its account and before the balance is changed, so that a
 * reference which turns out to be taken has changed nothing. Thread-safe.
 */
final class Entries {
    /** What the debit has to know of a locked account. */
    record Balance(Credits credits, long sequence, boolean enabled, Credits threshold) {
        boolean isLow(Credits at, boolean inclusive) {
            return inclusive ? at.isAtMost(threshold) : at.isLessThan(threshold);
        }
    }

    private static final String LOCK = """
            select {credits} as balance, ledger_seq, auto_recharge_enabled, auto_recharge_threshold
            from {accounts}
            where {id} = ?
            for update
            """;

    private static final String BALANCE = "select {credits} as balance from {accounts} where {id} = ?";

    private static final String SAVE_BALANCE = "update {accounts} set {credits} = ?, ledger_seq = ? where {id} = ?";

    private static final String INSERT = """
            insert into credit_transactions
                (user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String INSERT_IF_FREE = INSERT + "{pg:on conflict (user_id, reference) do nothing}";

    private static final String COLUMNS = """
            select user_id, seq, type, category, amount, balance_after, description, reference, linked_to, created_at
            from credit_transactions
            """;

    // In MariaDB's default isolation a plain read would still not see the row that has just refused ours.
    private static final String BY_REFERENCE = COLUMNS + """
                    where user_id = ? and reference = ?
                    {mariadb:for update}
                    """;

    private static final String PAGE = COLUMNS + """
                    where user_id = ? and seq < ?
                    order by seq desc
                    limit ?
                    """;

    private final String lock;
    private final String balance;
    private final String saveBalance;
    private final String insertIfFree;
    private final String byReference;
    private final String page;

    Entries(SqlText sql) {
        lock = sql.of(LOCK);
        balance = sql.of(BALANCE);
        saveBalance = sql.of(SAVE_BALANCE);
        insertIfFree = sql.of(INSERT_IF_FREE);
        byReference = sql.of(BY_REFERENCE);
        page = sql.of(PAGE);
    }

    Optional<Balance> lock(Session session, AccountId id) {
        return session.first(
                lock,
                row -> new Balance(
                        row.credits("balance"),
                        row.big("ledger_seq"),
                        row.flag("auto_recharge_enabled"),
                        row.credits("auto_recharge_threshold")),
                id.value());
    }

    Optional<Credits> balance(Session session, AccountId id) {
        return session.first(balance, row -> row.credits("balance"), id.value());
    }

    void saveBalance(Session session, AccountId id, Credits credits, long sequence) {
        session.update(saveBalance, credits, sequence, id.value());
    }

    /** @return false, and nothing written, when the reference is taken */
    boolean insert(Session session, LedgerEntry entry) {
        return session.inserted(insertIfFree, values(entry));
    }

    /** Entries whose references must be free: one that is taken fails the transaction. */
    void insertAll(Session session, List<LedgerEntry> entries) {
        if (!entries.isEmpty()) {
            session.batch(INSERT, entries.stream().map(Entries::values).toList());
        }
    }

    Optional<LedgerEntry> byReference(Session session, AccountId id, String reference) {
        return session.first(byReference, Entries::read, id.value(), reference);
    }

    List<LedgerEntry> page(Session session, AccountId id, long before, int limit) {
        return session.list(page, Entries::read, id.value(), before, limit);
    }

    private static @Nullable Object[] values(LedgerEntry entry) {
        return new @Nullable Object[] {
            entry.account().value(),
            entry.sequence(),
            entry.type(),
            entry.category(),
            entry.amount(),
            entry.balanceAfter(),
            entry.description(),
            entry.reference(),
            entry.linkedTo(),
            entry.createdAt()
        };
    }

    private static LedgerEntry read(Row row) throws SQLException {
        return new LedgerEntry(
                AccountId.of(row.text("user_id")),
                row.big("seq"),
                row.word(EntryType.class, "type"),
                row.wordOrNull(Category.class, "category"),
                row.credits("amount"),
                row.credits("balance_after"),
                row.text("description"),
                row.text("reference"),
                row.textOrNull("linked_to"),
                row.time("created_at"));
    }
}

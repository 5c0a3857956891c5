package io.autorecharge.jdbc;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.store.Posting;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ledger rows. An entry is always written under the lock of its account and before the balance is changed. So nothing has changed yet when its
 * reference turns out to exist. Thread-safe.
 */
final class LedgerRows {
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

    // In MariaDB's default isolation a plain read does not see the row that has just caused the violation.
    private static final String BY_REFERENCE = COLUMNS + """
                    where user_id = ? and reference = ?
                    {mariadb:for update}
                    """;

    private static final String REVERSALS = """
            select type, category, amount, description, reference, linked_to
            from credit_transactions
            where user_id = ? and linked_to = ? and type = 'REVERSAL' and seq is not null
            """;

    private static final String PAGE = COLUMNS + """
                    where user_id = ? and seq < ?
                    order by seq desc
                    limit ?
                    """;

    private final String insertIfFree;
    private final String byReference;

    LedgerRows(SqlTemplates sql) {
        insertIfFree = sql.of(INSERT_IF_FREE);
        byReference = sql.of(BY_REFERENCE);
    }

    /** @return false when the reference exists; nothing is written then */
    boolean insert(SqlSession session, LedgerEntry entry) {
        return session.inserted(insertIfFree, values(entry));
    }

    /** Writes entries whose references must not exist. An existing one fails the transaction. */
    void insertAll(SqlSession session, List<LedgerEntry> entries) {
        if (!entries.isEmpty()) {
            session.batch(INSERT, entries.stream().map(LedgerRows::values).toList());
        }
    }

    Optional<LedgerEntry> byReference(SqlSession session, AccountId id, String reference) {
        return session.first(byReference, LedgerRows::read, id, reference);
    }

    /** The entries that removed or returned credits of a purchase. */
    List<Posting> reversals(SqlSession session, AccountId id, String purchase) {
        return session.list(REVERSALS, GrantRows::posting, id, purchase);
    }

    List<LedgerEntry> page(SqlSession session, AccountId id, long before, int limit) {
        return session.list(PAGE, LedgerRows::read, id, before, limit);
    }

    private static @Nullable Object[] values(LedgerEntry entry) {
        return new @Nullable Object[] {
            entry.account(),
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

    private static LedgerEntry read(SqlRow row) throws SQLException {
        return new LedgerEntry(
                row.account("user_id"),
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

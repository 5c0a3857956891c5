package io.autorecharge.jdbc;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.EntryType;
import io.autorecharge.store.PendingPosting;
import io.autorecharge.store.PendingPostings;
import io.autorecharge.store.Posting;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Entries that an external ledger has still to receive. Written under the account's lock. Thread-safe. */
final class GrantRows {
    /** A row of the left join: the account's last number, and a grant where one is pending. */
    private record Known(long last, Optional<PendingPosting> pending) {}

    // One statement, so that the result is consistent even without a lock.
    private static final String KNOWN = """
            select newest.last_seq, g.account_id, g.seq, g.type, g.category, g.amount, g.description, g.reference, g.linked_to,
                   g.created_at, g.tries, g.deliver_at
            from (select max(seq) as last_seq from auto_recharge_grants where account_id = ?) newest
            left join auto_recharge_grants g on g.account_id = ? and g.delivered_at is null
            order by g.seq
            """;

    private static final String BY_REFERENCE = """
            select type, category, amount, description, reference, linked_to
            from auto_recharge_grants
            where account_id = ? and reference = ?
            """;

    private static final String INSERT = """
            insert into auto_recharge_grants
                (account_id, seq, type, category, amount, description, reference, linked_to, created_at, tries, deliver_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)
            """;

    private static final String INSERT_IF_FREE = INSERT + "{pg:on conflict (account_id, reference) do nothing}";

    private static final String SAVE = """
            update auto_recharge_grants
            set tries = ?, deliver_at = ?, delivered_at = ?
            where account_id = ? and reference = ? and delivered_at is null
            """;

    private static final String POSTED = """
            select type, category, amount, description, reference, linked_to
            from auto_recharge_grants
            where account_id = ? and reference = ?
            """;

    private static final String REVERSALS = """
            select type, category, amount, description, reference, linked_to
            from auto_recharge_grants
            where account_id = ? and linked_to = ? and type = 'REVERSAL'
            """;

    private final String insertIfFree;

    GrantRows(SqlTemplates sql) {
        insertIfFree = sql.of(INSERT_IF_FREE);
    }

    PendingPostings known(SqlSession session, AccountId account) {
        List<Known> rows = session.list(KNOWN, GrantRows::read, account, account);
        return new PendingPostings(
                rows.get(0).last(),
                rows.stream().flatMap(row -> row.pending().stream()).toList());
    }

    Optional<Posting> byReference(SqlSession session, AccountId account, String reference) {
        return session.first(BY_REFERENCE, GrantRows::posting, account, reference);
    }

    /**
     * Writes nothing when the reference of the first entry exists already. An existing reference of a later entry fails the transaction.
     *
     * @return whether anything was written
     */
    boolean insert(SqlSession session, AccountId account, List<Posting> postings, Instant at, Instant deliverAt) {
        if (postings.isEmpty()) {
            return false;
        }
        long last = known(session, account).last();
        List<@Nullable Object[]> rows = new ArrayList<>(postings.size());
        for (Posting posting : postings) {
            rows.add(values(account, ++last, posting, at, deliverAt));
        }
        if (!session.inserted(insertIfFree, rows.get(0))) {
            return false;
        }
        if (rows.size() > 1) {
            session.batch(INSERT, rows.subList(1, rows.size()));
        }
        return true;
    }

    private static @Nullable Object[] values(
            AccountId account, long number, Posting posting, Instant at, Instant deliverAt) {
        return new @Nullable Object[] {
            account,
            number,
            posting.type(),
            posting.category(),
            posting.amount(),
            posting.description(),
            posting.reference(),
            posting.linkedTo(),
            at,
            deliverAt
        };
    }

    void save(SqlSession session, PendingPosting grant) {
        session.update(
                SAVE,
                grant.tries(),
                grant.deliverAt(),
                grant.deliveredAt(),
                grant.account(),
                grant.posting().reference());
    }

    Optional<Posting> posted(SqlSession session, AccountId account, String reference) {
        return session.first(POSTED, GrantRows::posting, account, reference);
    }

    List<Posting> reversals(SqlSession session, AccountId account, String purchase) {
        return session.list(REVERSALS, GrantRows::posting, account, purchase);
    }

    private static Known read(SqlRow row) throws SQLException {
        long last = row.big("last_seq");
        return row.textOrNull("reference") == null
                ? new Known(last, Optional.empty())
                : new Known(last, Optional.of(grant(row)));
    }

    private static PendingPosting grant(SqlRow row) throws SQLException {
        return new PendingPosting(
                row.account("account_id"),
                row.big("seq"),
                posting(row),
                row.time("created_at"),
                row.number("tries"),
                row.time("deliver_at"),
                null);
    }

    static Posting posting(SqlRow row) throws SQLException {
        return new Posting(
                row.word(EntryType.class, "type"),
                row.wordOrNull(Category.class, "category"),
                row.credits("amount"),
                row.text("description"),
                row.text("reference"),
                row.textOrNull("linked_to"));
    }
}

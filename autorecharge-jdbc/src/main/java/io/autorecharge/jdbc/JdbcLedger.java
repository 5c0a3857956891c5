package io.autorecharge.jdbc;

import io.autorecharge.account.Grace;
import io.autorecharge.account.Settings;
import io.autorecharge.account.UsageMark;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Range;
import io.autorecharge.policy.Threshold;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.Posting;
import io.autorecharge.store.StoreException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The ledger, for the host. A debit is one statement if the database supports it and no transaction of the host is open. Otherwise it is several
 * statements under the account's lock. Thread-safe.
 */
final class JdbcLedger implements Ledger {
    static final int LONGEST_PAGE = 1000;

    private final JdbcTransactions transactions;
    private final AccountRows accounts;
    private final LedgerRows entries;
    private final DueAccountRows due;
    private final AccountsTable table;
    private final OneStatementDebit oneStatement;

    JdbcLedger(
            JdbcTransactions transactions,
            AccountRows accounts,
            LedgerRows entries,
            DueAccountRows due,
            SqlTemplates sql) {
        this.transactions = transactions;
        this.accounts = accounts;
        this.entries = entries;
        this.due = due;
        this.table = sql.accounts();
        this.oneStatement = new OneStatementDebit(sql);
    }

    @Override
    public DebitResult debit(Debit debit, boolean thresholdInclusive, Instant at) {
        table.requireHeld("amount", debit.amount());
        Instant time = SqlTimes.stored(at);
        String what = "debit of account '" + debit.account() + "' for reference '" + debit.reference() + "'";
        if (transactions.dialect().hasModifyingCtes() && !transactions.isHostTransactionOpen()) {
            Optional<DebitResult> result = atOnce(what, debit, thresholdInclusive, time);
            if (result.isPresent()) {
                return result.get();
            }
        }
        AtomicBoolean graced = new AtomicBoolean();
        try {
            return transactions.joined(what, session -> inSteps(session, debit, thresholdInclusive, time, graced));
        } catch (StoreException e) {
            if (!e.isRefusal() || !graced.get() || transactions.isHostTransactionOpen()) {
                throw e;
            }
            // A constraint of the host may forbid what a grace allows.
            return transactions.joined(what, session -> inSteps(session, debit, thresholdInclusive, time, null));
        }
    }

    /** Empty if the statement changed nothing: credits or account are missing, or the reference exists. The steps find out which. */
    private Optional<DebitResult> atOnce(String what, Debit debit, boolean inclusive, Instant at) {
        try {
            return transactions.alone(what, session -> oneStatement.apply(session, debit, inclusive, at));
        } catch (StoreException e) {
            boolean duplicate = e.getCause() instanceof SQLException cause && SqlStates.isDuplicate(cause);
            if (duplicate || (e.isRefusal() && !debit.overdraft())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** @param graced set to true where only a grace allows the debit; null when no grace counts */
    private DebitResult inSteps(
            SqlSession session, Debit debit, boolean inclusive, Instant at, @Nullable AtomicBoolean graced) {
        AccountId account = debit.account();
        Optional<AccountRows.Held> known = accounts.lockIfThere(session, account);
        if (known.isEmpty() && !debit.overdraft()) {
            return new DebitResult.Refused(Credits.ZERO);
        }
        AccountRows.Held held = known.orElseGet(() -> accounts.lock(session, account));
        LedgerOrder order = LedgerOrder.of(debit, at);
        Grace grace = held.account().state().grace();
        Credits allowed = graced != null && grace != null ? grace.allowed(at) : Credits.ZERO;
        if (!debit.overdraft() && held.balance().plus(allowed).isLessThan(debit.amount())) {
            return entries.byReference(session, account, debit.reference())
                    .<DebitResult>map(first -> new DebitResult.Replayed(order.replayedBy(first)))
                    .orElseGet(() -> refused(session, held, debit, at));
        }
        if (graced != null) {
            graced.set(allowed.isPositive() && held.balance().isLessThan(debit.amount()));
        }
        Optional<LedgerEntry> written = write(session, held, order);
        if (written.isEmpty()) {
            return new DebitResult.Replayed(order.replayedBy(first(session, order)));
        }
        boolean crossed = crosses(held, written.get().balanceAfter(), inclusive);
        if (crossed) {
            due.mark(session, account, at);
        }
        return new DebitResult.Applied(written.get(), crossed);
    }

    /** In a transaction of the host the request would be lost with its roll-back; there the library writes it afterwards. */
    private DebitResult refused(SqlSession session, AccountRows.Held held, Debit debit, Instant at) {
        boolean rechargeable = held.account().isRechargeable();
        if (rechargeable && !transactions.isHostTransactionOpen()) {
            accounts.request(session, held.account(), debit.amount(), at);
            due.mark(session, debit.account(), at);
        }
        return new DebitResult.Refused(held.balance(), rechargeable);
    }

    private static boolean crosses(AccountRows.Held held, Credits after, boolean inclusive) {
        Settings settings = held.account().settings();
        return settings.enabled()
                && new Threshold(held.account().wakesBelow(), inclusive).isCrossed(held.balance(), after);
    }

    @Override
    public LedgerEntry grant(Grant grant, Instant at) {
        table.requireHeld("amount", grant.amount());
        String what = "grant to account '" + grant.account() + "' for reference '" + grant.reference() + "'";
        Instant time = SqlTimes.stored(at);
        LedgerOrder order = LedgerOrder.of(grant, time);
        return transactions.joined(what, session -> {
            AccountRows.Held held = accounts.lock(session, order.account());
            Optional<LedgerEntry> written = write(session, held, order);
            if (written.isPresent() && held.account().state().announced() != null) {
                due.mark(session, order.account(), time);
            }
            return written.orElseGet(() -> order.replayedBy(first(session, order)));
        });
    }

    @Override
    public LedgerEntry post(AccountId account, Posting posting, Instant at) {
        table.requireHeld("amount", posting.amount());
        String what = "entry of account '" + account + "' for reference '" + posting.reference() + "'";
        return once(what, LedgerOrder.of(account, posting, SqlTimes.stored(at)));
    }

    private LedgerEntry once(String what, LedgerOrder order) {
        return transactions.joined(what, session -> {
            AccountRows.Held held = accounts.lock(session, order.account());
            return write(session, held, order).orElseGet(() -> order.replayedBy(first(session, order)));
        });
    }

    @Override
    public Credits smallest() {
        return table.balanceType().smallest();
    }

    @Override
    public Credits balance(AccountId account) {
        return transactions
                .joinedAlone(
                        "reading the balance of account '" + account + "'",
                        session -> accounts.balance(session, account))
                .orElse(Credits.ZERO);
    }

    @Override
    public List<LedgerEntry> entries(AccountId account, long beforeSequence, int limit) {
        Range.between("limit", limit, 1, LONGEST_PAGE);
        return transactions.joinedAlone(
                "reading the ledger of account '" + account + "'",
                session -> entries.page(session, account, beforeSequence, limit));
    }

    /** Writes the entry, then the balance. Empty, and nothing is changed, if the reference exists. */
    private Optional<LedgerEntry> write(SqlSession session, AccountRows.Held held, LedgerOrder order) {
        if (!order.fits(held.balance(), table.balanceType())) {
            if (entries.byReference(session, order.account(), order.reference()).isPresent()) {
                return Optional.empty();
            }
            throw table.tooLarge(order.account(), held.balance(), order.amount());
        }
        LedgerEntry entry = order.entry(held.balance(), held.sequence());
        if (!entries.insert(session, entry)) {
            return Optional.empty();
        }
        accounts.add(session, order.account(), order.amount());
        if (entry.type() == EntryType.DEBIT) {
            accounts.saveSequence(session, order.account(), entry.sequence());
        } else {
            accounts.saveSequence(
                    session, order.account(), entry.sequence(), UsageMark.added(held.credited(), entry.amount()));
        }
        return Optional.of(entry);
    }

    private LedgerEntry first(SqlSession session, LedgerOrder order) {
        return entries.byReference(session, order.account(), order.reference())
                .orElseThrow(() -> SqlFailure.unseen(
                        "reference '" + order.reference() + "' of account '" + order.account() + "'"));
    }
}

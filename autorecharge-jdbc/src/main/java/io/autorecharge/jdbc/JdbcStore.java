package io.autorecharge.jdbc;

import io.autorecharge.account.Account;
import io.autorecharge.account.AgreedPackage;
import io.autorecharge.account.ConsentRecord;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.Range;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.Purgeable;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.KeyMode;
import io.autorecharge.gateway.RechargeId;
import io.autorecharge.policy.CardUse;
import io.autorecharge.policy.PastRecharge;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.SpendingPeriod;
import io.autorecharge.store.AccountTransaction;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.Binding;
import io.autorecharge.store.DatabaseIdentity;
import io.autorecharge.store.Installation;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.OwedEntries;
import io.autorecharge.store.Pause;
import io.autorecharge.store.PauseReport;
import io.autorecharge.store.PendingPostings;
import io.autorecharge.store.Posting;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.RechargeWithAttempt;
import io.autorecharge.store.StoreException;
import io.autorecharge.store.UnknownAccountException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accounts, ledger and recharges in a relational database. The {@link Migrator} creates the tables. Calls about one account join the
 * transaction of the host that the {@link ConnectionPort} reports. Calls about many accounts, events and webhooks never do. Times are kept to
 * the microsecond. Any number of stores, in any number of processes, may share one database. Thread-safe.
 */
public final class JdbcStore implements RechargeStore, Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcStore.class);

    private final JdbcTransactions transactions;
    private final StoreTables parts;
    private final JdbcLedger ledger;
    private final PurgeRows purges = new PurgeRows();
    private final @Nullable TableGuard guard;
    private final JdbcPauseSwitch pauseSwitch;
    private final DatabaseIdentities identities;

    private JdbcStore(JdbcTransactions transactions, TableNames names, StoreTables parts, @Nullable TableGuard guard) {
        this.transactions = transactions;
        this.parts = parts;
        this.guard = guard;
        this.ledger = new JdbcLedger(transactions, parts.accounts(), parts.entries(), parts.due(), parts.sql());
        this.pauseSwitch = new JdbcPauseSwitch(transactions, parts.pause());
        this.identities = new DatabaseIdentities(transactions, names);
    }

    /** A store with the library's own accounts table; the errors are those of the other method. */
    public static JdbcStore create(ConnectionPort connections, Dialect dialect) {
        return create(connections, dialect, AccountsTable.own(), RechargePolicy.DEFAULT_THRESHOLD);
    }

    /**
     * A store with this accounts table, which must be the {@link Migrator}'s as well. Calls throw
     * {@link io.autorecharge.store.UnknownAccountException} for an account that does not exist and only the host can create, and
     * {@link InvalidValueException} for an amount that the balance column cannot hold. The schema of the tables is determined here, once:
     * the configured one, or the current schema of a new connection. Every statement names it, whatever the search path of a later
     * connection is.
     *
     * @param threshold of accounts that never chose one
     * @throws InvalidValueException when the schema does not exist, or none is configured and the search path shows tables with the names of
     *     the library in another schema
     * @throws IllegalStateException when a table that exists is not the library's or cannot hold what the library writes, or the database user
     *     lacks a right to write it, naming every difference. Tables may be missing here; {@link #takeDue} and {@link #inTransaction} throw the same for what is missing then.
     * @throws io.autorecharge.store.StoreException when the database cannot be reached
     */
    public static JdbcStore create(
            ConnectionPort connections, Dialect dialect, AccountsTable accounts, Credits threshold) {
        return create(connections, dialect, accounts, threshold, TimeLimits.ofDefaults());
    }

    /** As {@link #create(ConnectionPort, Dialect, AccountsTable, Credits)}, with other time limits than the default ones. */
    public static JdbcStore create(
            ConnectionPort connections, Dialect dialect, AccountsTable accounts, Credits threshold, TimeLimits limits) {
        Objects.requireNonNull(connections, "connections");
        Objects.requireNonNull(dialect, "dialect");
        Objects.requireNonNull(accounts, "accounts");
        Objects.requireNonNull(threshold, "threshold");
        Objects.requireNonNull(limits, "limits");
        TableNames names = SchemaResolver.resolve(connections, dialect, accounts);
        TableGuard guard = new TableGuard(connections, names);
        guard.atStart();
        return new JdbcStore(
                new JdbcTransactions(connections, names, limits), names, StoreTables.of(names, threshold), guard);
    }

    /** A store for a user who may have the rights of an operator only. The tables are checked, the rights are not. */
    static JdbcStore forOperator(ConnectionPort connections, Dialect dialect, AccountsTable accounts) {
        TableNames names = SchemaResolver.resolve(connections, dialect, accounts);
        TableGuard guard = new TableGuard(connections, names);
        guard.forReader();
        return new JdbcStore(
                new JdbcTransactions(connections, names, TimeLimits.ofDefaults()),
                names,
                StoreTables.of(names, RechargePolicy.DEFAULT_THRESHOLD),
                guard);
    }

    /** A store on tables that were checked before. */
    static JdbcStore onChecked(ConnectionPort connections, TableNames names, Credits threshold) {
        return new JdbcStore(
                new JdbcTransactions(connections, names, TimeLimits.ofDefaults()),
                names,
                StoreTables.of(names, threshold),
                null);
    }

    /**
     * A store on a pool. It joins no transaction of the host. The database is detected once.
     *
     * @throws InvalidValueException when the database is not supported
     * @throws io.autorecharge.store.StoreException when it cannot be reached
     */
    public static JdbcStore of(DataSource dataSource) {
        ConnectionPort connections = ConnectionPort.of(dataSource);
        return create(connections, Dialect.detect(connections));
    }

    @Override
    public boolean isHostTransactionOpen() {
        return transactions.isHostTransactionOpen();
    }

    @Override
    public <T> T inTransaction(AccountId account, Function<AccountTransaction, T> work) {
        return inTransaction(account, work, false);
    }

    @Override
    public <T> T inStateTransaction(AccountId account, Function<AccountTransaction, T> work) {
        return inTransaction(account, work, true);
    }

    private <T> T inTransaction(AccountId account, Function<AccountTransaction, T> work, boolean ofState) {
        requireTables();
        try {
            return transactions.joinedAtomically("transaction of account '" + account + "'", session -> {
                JdbcAccountTransaction transaction = new JdbcAccountTransaction(session, parts, account, ofState);
                T result = work.apply(transaction);
                transaction.end();
                return result;
            });
        } catch (UnknownAccountException e) {
            forget(account);
            throw e;
        }
    }

    private void requireTables() {
        if (guard != null) {
            guard.beforeWork();
        }
    }

    /** An account that the host has deleted is no longer checked, unless it has an open recharge. */
    private void forget(AccountId account) {
        transactions.joined("forgetting account '" + account + "'", session -> {
            parts.due().forget(session, account);
            return true;
        });
    }

    @Override
    public CardUse cardUse(String card, Instant since) {
        return transactions.alone("reading a card", session -> parts.cards().use(session, card, since));
    }

    @Override
    public List<PastRecharge> countedSince(AccountId account, Instant from) {
        if (!parts.sql().accounts().idType().allows(account)) {
            return List.of();
        }
        return transactions.joinedAlone(
                "reading the recharges of account '" + account + "'",
                session -> parts.recharges().countedSince(session, account, from));
    }

    @Override
    public PaymentMethods methods(AccountId account) {
        if (!parts.sql().accounts().idType().allows(account)) {
            return PaymentMethods.none();
        }
        return transactions.joinedAlone(
                "reading the payment methods of account '" + account + "'",
                session -> parts.accounts()
                        .find(session, account)
                        .map(found -> parts.methods().read(session, found))
                        .orElse(PaymentMethods.none()));
    }

    @Override
    public List<Attempt> attempts(AccountId account, RechargeId recharge) {
        return transactions.joinedAlone(
                "reading the attempts of account '" + account + "'",
                session -> parts.recharges().attempts(session, account, recharge));
    }

    @Override
    public boolean isCustomerOfAnother(AccountId account, String customerId) {
        return transactions.joinedAlone(
                "looking for the account of a customer",
                session -> parts.accounts().isCustomerOfAnother(session, account, customerId));
    }

    @Override
    public Optional<Account> find(AccountId account) {
        // No row can have an id of another type, and the database would refuse to compare it.
        if (!parts.sql().accounts().idType().allows(account)) {
            return Optional.empty();
        }
        return transactions.joinedAlone(
                "finding account '" + account + "'", session -> parts.accounts().find(session, account));
    }

    /**
     * The email address of the account, for the provider's customer and for messages. Empty if the table has no email column, the account does
     * not exist, or the column is empty.
     */
    public Optional<String> email(AccountId account) {
        return transactions.joinedAlone(
                "reading the email address of account '" + account + "'",
                session -> parts.accounts().email(session, account));
    }

    @Override
    public List<AccountId> takeDue(Instant now, Instant leaseUntil, int limit) {
        requireTables();
        return transactions.own("taking due accounts", session -> parts.due().take(session, now, leaseUntil, limit));
    }

    @Override
    public int sweep(boolean thresholdInclusive, Instant now) {
        return sweep(false, thresholdInclusive, now);
    }

    @Override
    public int sweepAll(Instant now) {
        return sweep(true, false, now);
    }

    /** In short transactions, so that no debit waits for a sweep of many accounts. */
    private int sweep(boolean all, boolean inclusive, Instant now) {
        addMissing(all, inclusive);
        return swept(session -> parts.due().sweep(session, all, inclusive, now))
                + swept(session -> parts.due().sweepOwed(session, now));
    }

    private int swept(Function<SqlSession, Integer> some) {
        int swept = 0;
        int last;
        do {
            last = transactions.own("sweep", some);
            swept += last;
        } while (last == DueAccountRows.SWEPT_AT_ONCE);
        return swept;
    }

    /** A row that another transaction is about to write is left to the next sweep. */
    private void addMissing(boolean all, boolean inclusive) {
        try {
            transactions.own("sweep", session -> {
                parts.due().addMissing(session, all, inclusive);
                return true;
            });
        } catch (StoreException e) {
            if (!e.isRetryable()) {
                throw e;
            }
            LOG.debug("Accounts without a state row are left to the next sweep", e);
        }
    }

    @Override
    public void markDue(AccountId account, Instant at) {
        transactions.joined("making account '" + account + "' due", session -> {
            parts.due().mark(session, account, at);
            return true;
        });
    }

    @Override
    public List<RechargeWithAttempt> recharges(AccountId account, int limit) {
        Range.between("limit", limit, 1, JdbcLedger.LONGEST_PAGE);
        return transactions.joinedAlone(
                "reading recharges of account '" + account + "'",
                session -> parts.recharges().newest(session, account, limit));
    }

    @Override
    public List<ConsentRecord> consents(AccountId account) {
        return transactions.joinedAlone(
                "reading the agreements of account '" + account + "'",
                session -> parts.consents().of(session, account));
    }

    @Override
    public void recordFirstPrices(List<AgreedPackage> packages, Instant at) {
        String what = "recording prices";
        if (transactions
                .alone(what, session -> parts.consents().firstPrices(session))
                .isEmpty()) {
            transactions.own(what, session -> {
                parts.consents().recordFirstPrices(session, packages, at);
                return true;
            });
        }
    }

    @Override
    public List<AgreedPackage> firstPrices() {
        return transactions.joinedAlone(
                "reading prices", session -> parts.consents().firstPrices(session));
    }

    @Override
    public PendingPostings grants(AccountId account) {
        return transactions.joinedAlone(
                "reading the pending grants of account '" + account + "'",
                session -> parts.grants().known(session, account));
    }

    @Override
    public List<OwedEntries> owed(AccountId account) {
        return transactions.alone(
                "reading the owed entries of account '" + account + "'",
                session -> parts.owed().ofAccount(session, account));
    }

    @Override
    public Optional<String> overdraftObstacle() {
        return guard == null ? Optional.empty() : guard.overdraftObstacle();
    }

    @Override
    public Optional<Pause> pause() {
        return pauseSwitch.pause();
    }

    @Override
    public PauseReport pause(Pause pause) {
        return pauseSwitch.pause(pause);
    }

    @Override
    public boolean resume() {
        return pauseSwitch.resume();
    }

    @Override
    public int purge(Purgeable what, Instant before, int limit) {
        return transactions.own("purging " + what, session -> purges.purge(session, what, before, limit));
    }

    @Override
    public boolean hasRoom(SpendingPeriod period, Money amount) {
        return transactions.alone(
                "reading what all accounts have spent",
                session -> parts.spending().hasRoom(session, period, amount.minorUnits()));
    }

    @Override
    public void forgetSpending() {
        transactions.own("lifting the limits over all accounts", session -> {
            parts.spending().forget(session);
            return true;
        });
    }

    @Override
    public int countDue(Instant now, int limit) {
        return transactions.alone(
                "counting due accounts", session -> parts.due().count(session, now, limit));
    }

    @Override
    public List<AutoRechargeEvent> undelivered(Instant before, int limit) {
        return transactions.alone("reading events", session -> parts.outbox().undelivered(session, before, limit));
    }

    @Override
    public void delivered(Collection<String> eventIds, Instant at) {
        if (!eventIds.isEmpty()) {
            transactions.own("confirming " + eventIds.size() + " events", session -> {
                parts.outbox().delivered(session, eventIds, at);
                return true;
            });
        }
    }

    @Override
    public Installation installation(Installation ifNone) {
        String what = "reading the installation";
        return transactions
                .alone(what, session -> parts.installation().find(session))
                .orElseGet(() ->
                        transactions.own(what, session -> parts.installation().installation(session, ifNone)));
    }

    /** Without storing one. */
    Optional<Installation> knownInstallation() {
        return transactions.alone(
                "reading the installation", session -> parts.installation().find(session));
    }

    @Override
    public boolean bindFirst(Binding binding) {
        return transactions.own(
                "binding the installation", session -> parts.installation().bindFirst(session, binding));
    }

    @Override
    public void bind(InstallationId id, Binding binding) {
        transactions.own("binding the installation", session -> {
            parts.installation().bind(session, id, binding);
            return true;
        });
    }

    @Override
    public void seen(DatabaseIdentity identity, KeyMode mode, Instant at) {
        transactions.own("recording the use of the installation", session -> {
            parts.installation().seen(session, identity, mode, at);
            return true;
        });
    }

    @Override
    public DatabaseIdentity identity() {
        return identities.read();
    }

    @Override
    public boolean isHandled(String webhookEventId) {
        return transactions.alone(
                "finding webhook event '" + webhookEventId + "'",
                session -> parts.outbox().isHandled(session, webhookEventId));
    }

    @Override
    public void handled(String webhookEventId, String type, Instant at) {
        transactions.alone("recording webhook event '" + webhookEventId + "'", session -> {
            parts.outbox().handled(session, webhookEventId, type, at);
            return true;
        });
    }

    @Override
    public DebitResult debit(Debit debit, boolean thresholdInclusive, Instant at) {
        return ledger.debit(debit, thresholdInclusive, at);
    }

    @Override
    public LedgerEntry grant(Grant grant, Instant at) {
        return ledger.grant(grant, at);
    }

    @Override
    public Credits smallest() {
        return ledger.smallest();
    }

    @Override
    public LedgerEntry post(AccountId account, Posting posting, Instant at) {
        return ledger.post(account, posting, at);
    }

    @Override
    public Credits balance(AccountId account) {
        return ledger.balance(account);
    }

    @Override
    public List<LedgerEntry> entries(AccountId account, long beforeSequence, int limit) {
        return ledger.entries(account, beforeSequence, limit);
    }
}

package io.autorecharge.jdbc;

import io.autorecharge.account.Account;
import io.autorecharge.account.AccountState;
import io.autorecharge.account.Consent;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.RequestedCredits;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension;
import io.autorecharge.account.UsageMark;
import io.autorecharge.account.UserRules;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.store.UnknownAccountException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The account's row, which debits change, and its state row. Every transaction locks them in that order. Thread-safe.
 */
final class AccountRows {
    /**
     * An account whose rows are locked.
     *
     * @param sequence of its last ledger entry
     * @param credited the sum of its entries that are not debits; see {@link UsageMark}
     * @param owedAt when entries that are owed to its ledger are tried next; null when none are owed
     */
    record Held(
            Account account,
            long sequence,
            Credits credited,
            @Nullable Instant owedAt) {
        Credits balance() {
            return account.balance();
        }
    }

    private static final String COLUMNS = """
            select a.{id} as account_id, {balance} as balance, a.auto_recharge_enabled, a.auto_recharge_credits,
                   {threshold} as auto_recharge_threshold, a.stripe_customer_id, a.stripe_payment_method_id,
                   s.ledger_seq, s.due_at, s.consent_version, s.consent_at, s.consent_max_minor, s.consent_max_currency,
                   s.consent_source, s.suspension_reason, s.suspended_since,
                   s.suspended_fingerprint, s.declines, s.retry_at, s.last_opened_at, s.enabling_bonus_at,
                   s.requested_credits, s.requested_until,
                   s.method_brand, s.method_last4, s.method_fingerprint, s.method_type, s.method_expiry, s.entries_owed_at,
                   s.stamped_customer, s.not_saved_since, s.backups, s.own_monthly_minor, s.own_monthly_currency, s.idle_seq,
                   s.announced_at, s.announced_for, s.announced_max_minor, s.announced_currency, s.announced_credits,
                   s.announced_price_minor, s.announced_cards,
                   s.grace_since, s.grace_until, s.grace_credits, s.grace_card, s.grace_stage,
                   s.consents, s.consent_number, s.agreed_credits, s.agreed_bonus, s.agreed_minor, s.agreed_currency,
                   s.agreed_at, s.agreed_max_minor,
                   s.credited, s.usage_per_hour, s.usage_measured_at, s.threshold_raise, s.threshold_raise_max
            """;

    private static final String FIND = COLUMNS + """
                    from {accounts} a
                    left join auto_recharge_state s on s.account_id = a.{id}
                    where a.{id} = ?
                    """;

    // After a wait for a lock the database reads only the locked row again, so both rows are locked.
    private static final String LOCK = COLUMNS + """
                    from {accounts} a
                    join auto_recharge_state s on s.account_id = a.{id}
                    where a.{id} = ?
                    {locked}
                    """;

    private static final String LOCK_STATE = """
            select s.account_id
            from auto_recharge_state s
            where s.account_id = ?
            {locked}
            """;

    private static final String EXISTS = "select a.{id} as account_id from {accounts} a where a.{id} = ?";

    private static final String BALANCE =
            "select a.{id} as account_id, {balance} as balance from {accounts} a where a.{id} = ?";

    private static final String EMAIL = "select {email} as email from {accounts} a where a.{id} = ?";

    private static final String OF_CUSTOMER = """
            select a.{id} as account_id, a.stripe_customer_id
            from {accounts} a
            where a.stripe_customer_id = ?
            """;

    private static final String ENSURE_ACCOUNT = """
            insert into {accounts} ({id}, auto_recharge_threshold) values (?, ?)
            {pg:on conflict do nothing} {mariadb:on duplicate key update email = email}
            """;

    private static final String ENSURE_STATE = """
            insert into auto_recharge_state (account_id) values (?)
            {pg:on conflict do nothing} {mariadb:on duplicate key update declines = declines}
            """;

    private static final String SAVE_SETTINGS = """
            update {accounts}
            set auto_recharge_enabled = ?, auto_recharge_credits = ?, auto_recharge_threshold = ?,
                stripe_customer_id = ?, stripe_payment_method_id = ?
            where {id} = ?
            """;

    // A difference and not a result, so that decimal places beyond the library's six stay in the host's column.
    private static final String ADD = "update {accounts} a set {credits} = {sum} + ? where a.{id} = ?";

    private static final String SAVE_SEQUENCE = "update auto_recharge_state set ledger_seq = ? where account_id = ?";

    private static final String SAVE_CREDITED =
            "update auto_recharge_state set ledger_seq = ?, credited = ? where account_id = ?";

    private static final String SAVE_STATE = """
            update auto_recharge_state
            set ledger_seq = ?, due_at = ?, consent_version = ?, consent_at = ?, consent_max_minor = ?, consent_max_currency = ?,
                consent_source = ?, suspension_reason = ?, suspended_since = ?,
                suspended_fingerprint = ?, declines = ?, retry_at = ?, last_opened_at = ?, enabling_bonus_at = ?,
                requested_credits = ?, requested_until = ?,
                method_brand = ?, method_last4 = ?, method_fingerprint = ?, method_type = ?, method_expiry = ?, entries_owed_at = ?,
                stamped_customer = ?, not_saved_since = ?, backups = ?, own_monthly_minor = ?, own_monthly_currency = ?, idle_seq = ?,
                announced_at = ?, announced_for = ?, announced_max_minor = ?, announced_currency = ?, announced_credits = ?,
                announced_price_minor = ?, announced_cards = ?,
                grace_since = ?, grace_until = ?, grace_credits = ?, grace_card = ?, grace_stage = ?,
                consents = ?, consent_number = ?, agreed_credits = ?, agreed_bonus = ?, agreed_minor = ?, agreed_currency = ?,
                agreed_at = ?, agreed_max_minor = ?,
                credited = ?, usage_per_hour = ?, usage_measured_at = ?, threshold_raise = ?, threshold_raise_max = ?
            where account_id = ?
            """;

    private static final String REQUEST =
            "update auto_recharge_state set requested_credits = ?, requested_until = ? where account_id = ?";

    private final AccountsTable table;
    private final Credits threshold;
    private final String find;
    private final String lock;
    private final String lockState;
    private final String exists;
    private final String balance;
    private final String email;
    private final String ofCustomer;
    private final String ensureAccount;
    private final String ensureState;
    private final String saveSettings;
    private final String add;

    AccountRows(SqlTemplates sql, Credits threshold) {
        this.table = sql.accounts();
        this.threshold = threshold;
        find = sql.of(FIND);
        lock = sql.of(LOCK);
        lockState = sql.of(LOCK_STATE);
        exists = sql.of(EXISTS);
        balance = sql.of(BALANCE);
        email = sql.of(EMAIL);
        ofCustomer = sql.of(OF_CUSTOMER);
        ensureAccount = sql.of(ENSURE_ACCOUNT);
        ensureState = sql.of(ENSURE_STATE);
        saveSettings = sql.of(SAVE_SETTINGS);
        add = sql.of(ADD);
    }

    Optional<Account> find(SqlSession session, AccountId id) {
        return session.first(find, AccountRows::read, id)
                .filter(account -> account.id().equals(id));
    }

    Optional<Credits> balance(SqlSession session, AccountId id) {
        return session
                .list(
                        balance,
                        row -> row.account("account_id").equals(id)
                                ? Optional.of(row.credits("balance"))
                                : Optional.<Credits>empty(),
                        id)
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    Optional<String> email(SqlSession session, AccountId id) {
        return session.list(email, row -> Optional.ofNullable(row.textOrNull("email")), id).stream()
                .flatMap(Optional::stream)
                .filter(address -> !address.isBlank())
                .findFirst();
    }

    /** The database may ignore case, which distinguishes ids of the provider. */
    boolean isCustomerOfAnother(SqlSession session, AccountId id, String customer) {
        return session.list(
                        ofCustomer,
                        row -> customer.equals(row.textOrNull("stripe_customer_id"))
                                && !row.account("account_id").equals(id),
                        customer)
                .contains(true);
    }

    /**
     * Locks both rows, and creates them first if they do not exist.
     *
     * @throws UnknownAccountException when only the host can make the account
     */
    Held lock(SqlSession session, AccountId id) {
        return lockIfThere(session, id).orElseGet(() -> {
            if (!table.isOwn()) {
                throw new UnknownAccountException(id, table.toString());
            }
            session.inserted(ensureAccount, id, threshold);
            return lockIfThere(session, id).orElseThrow(() -> SqlFailure.unseen("account '" + id + "'"));
        });
    }

    /** Locks both rows. Empty if the account does not exist; fails when it exists and the database does not let it be locked. */
    Optional<Held> lockIfThere(SqlSession session, AccountId id) {
        Optional<Held> held = locked(session, id);
        if (held.isEmpty()
                && session.first(exists, row -> row.account("account_id"), id)
                        .filter(id::equals)
                        .isPresent()) {
            ensureState(session, id);
            held = locked(session, id);
            if (held.isEmpty()) {
                throw new SqlFailure(new SQLException(
                        "account '" + id + "' can be read and not locked: look for policies on " + table,
                        SqlStates.NOT_CHANGED));
            }
        }
        return held;
    }

    private Optional<Held> locked(SqlSession session, AccountId id) {
        // The database may ignore case or trailing spaces, and so find another account than the one that was asked for.
        return session.first(lock, AccountRows::held, id)
                .filter(held -> held.account().id().equals(id));
    }

    private static Held held(SqlRow row) throws SQLException {
        Credits credited = row.creditsOrNull("credited");
        return new Held(
                read(row),
                row.big("ledger_seq"),
                credited == null ? Credits.ZERO : credited,
                row.timeOrNull("entries_owed_at"));
    }

    /**
     * Locks the state row only, and then reads the account, so that its row is as new as the lock. Whatever changes the account's balance
     * writes the state row too.
     *
     * @throws UnknownAccountException when only the host can make the account
     */
    Held lockState(SqlSession session, AccountId id) {
        if (session.first(exists, row -> row.account("account_id"), id)
                .filter(id::equals)
                .isEmpty()) {
            return lock(session, id);
        }
        if (!session.exists(lockState, id)) {
            ensureState(session, id);
            session.exists(lockState, id);
        }
        return session.first(find, AccountRows::held, id)
                .orElseThrow(() -> new UnknownAccountException(id, table.toString()));
    }

    void ensureState(SqlSession session, AccountId id) {
        session.inserted(ensureState, id);
    }

    /** Adds an amount, which may be negative, to the balance of a locked account. */
    void add(SqlSession session, AccountId id, Credits amount) {
        if (session.update(add, amount, id) != 1) {
            throw new SqlFailure(new SQLException(
                    "the database did not change the balance of account '" + id + "' by " + amount
                            + ": look for triggers and policies on " + table,
                    SqlStates.NOT_CHANGED));
        }
    }

    /** A debit of a locked account was refused: what it needs is remembered, unless a larger one is. */
    void request(SqlSession session, Account account, Credits credits, Instant at) {
        RequestedCredits requested =
                RequestedCredits.of(credits, at, account.state().requested());
        session.update(REQUEST, requested.credits(), requested.until(), account.id());
    }

    void saveSequence(SqlSession session, AccountId id, long sequence) {
        session.update(SAVE_SEQUENCE, sequence, id);
    }

    /** After an entry that is no debit. */
    void saveSequence(SqlSession session, AccountId id, long sequence, Credits credited) {
        session.update(SAVE_CREDITED, sequence, credited, id);
    }

    /** Settings, customer and payment method. */
    void saveSettings(SqlSession session, Account account) {
        PaymentMethod method = account.method();
        session.update(
                saveSettings,
                account.settings().enabled(),
                account.settings().credits(),
                account.settings().threshold(),
                account.customerId(),
                method == null ? null : method.id(),
                account.id());
    }

    /** The last sequence of the ledger, the state of the protocol, and the brand and last digits of the payment method. */
    void saveState(SqlSession session, Account account, long sequence, Credits credited, @Nullable Instant owedAt) {
        AccountState state = account.state();
        RequestedCredits requested = state.requested();
        Consent consent = state.consent();
        Money most = consent == null ? null : consent.max();
        Suspension stop = state.suspension();
        PaymentMethod method = account.method();
        Money own = state.rules().monthlyLimit();
        List<@Nullable Object> values = new ArrayList<>(Arrays.asList(
                sequence,
                state.dueAt(),
                consent == null ? null : consent.version(),
                consent == null ? null : consent.at(),
                most == null ? null : most.minorUnits(),
                most == null ? null : most.currencyCode(),
                consent == null ? null : consent.source(),
                stop == null ? null : stop.reason(),
                stop == null ? null : stop.since(),
                stop == null ? null : stop.fingerprint(),
                state.declines(),
                state.retryAt(),
                state.lastOpenedAt(),
                state.enablingBonusAt(),
                requested == null ? null : requested.credits(),
                requested == null ? null : requested.until(),
                method == null ? null : method.brand(),
                method == null ? null : method.last4(),
                method == null ? null : method.fingerprint(),
                method == null ? null : method.type(),
                method == null ? null : MethodRows.stored(method.expiry()),
                owedAt,
                state.stampedCustomer(),
                state.notSavedSince(),
                state.backups(),
                own == null ? null : own.minorUnits(),
                own == null ? null : own.currencyCode(),
                state.unused() && table.isOwn() ? sequence : null));
        values.addAll(AnnouncementColumns.values(state.announced()));
        values.addAll(GraceColumns.values(state.grace()));
        values.addAll(ConsentColumns.values(consent, state.consents()));
        values.add(credited);
        values.addAll(UsageColumns.values(state.usage()));
        values.add(account.id());
        session.update(SAVE_STATE, values.toArray());
    }

    private static Account read(SqlRow row) throws SQLException {
        String known = row.textOrNull("stripe_customer_id");
        String customer = known == null || known.isBlank() ? null : known;
        return new Account(
                row.account("account_id"),
                row.credits("balance"),
                new Settings(
                        row.flag("auto_recharge_enabled"),
                        row.numberOrNull("auto_recharge_credits"),
                        row.credits("auto_recharge_threshold")),
                customer,
                method(row, customer),
                state(row));
    }

    private static @Nullable PaymentMethod method(SqlRow row, @Nullable String customer) throws SQLException {
        String id = row.textOrNull("stripe_payment_method_id");
        if (customer == null || id == null || customer.isBlank() || id.isBlank()) {
            return null;
        }
        return new PaymentMethod(
                customer,
                id,
                row.textOrNull("method_brand"),
                row.textOrNull("method_last4"),
                row.textOrNull("method_fingerprint"),
                row.textOrNull("method_type"),
                MethodRows.expiry(row.textOrNull("method_expiry")));
    }

    private static AccountState state(SqlRow row) throws SQLException {
        Suspension.Reason reason = row.wordOrNull(Suspension.Reason.class, "suspension_reason");
        return new AccountState(
                ConsentColumns.read(row),
                reason == null
                        ? null
                        : new Suspension(reason, row.time("suspended_since"), row.textOrNull("suspended_fingerprint")),
                row.number("declines"),
                row.timeOrNull("retry_at"),
                row.timeOrNull("last_opened_at"),
                row.timeOrNull("enabling_bonus_at"),
                row.textOrNull("stamped_customer"),
                row.timeOrNull("due_at"),
                requested(row),
                row.timeOrNull("not_saved_since"),
                row.number("backups"),
                row.number("consents"),
                new UserRules(row.moneyOrNull("own_monthly_minor", "own_monthly_currency")),
                AnnouncementColumns.read(row),
                isUnused(row),
                UsageColumns.read(row),
                GraceColumns.read(row));
    }

    /** Every entry after the one of the last recharge moves the sequence. */
    private static boolean isUnused(SqlRow row) throws SQLException {
        Long idle = row.bigOrNull("idle_seq");
        return idle != null && idle == row.big("ledger_seq");
    }

    private static @Nullable RequestedCredits requested(SqlRow row) throws SQLException {
        Credits credits = row.creditsOrNull("requested_credits");
        Instant until = row.timeOrNull("requested_until");
        return credits == null || until == null ? null : new RequestedCredits(credits, until);
    }

    /** The state as the database will return it, with times cut to microseconds. */
    static AccountState stored(AccountState state) {
        Suspension stop = state.suspension();
        RequestedCredits requested = state.requested();
        return new AccountState(
                ConsentColumns.stored(state.consent()),
                stop == null ? null : new Suspension(stop.reason(), SqlTimes.stored(stop.since()), stop.fingerprint()),
                state.declines(),
                SqlTimes.storedOrNull(state.retryAt()),
                SqlTimes.storedOrNull(state.lastOpenedAt()),
                SqlTimes.storedOrNull(state.enablingBonusAt()),
                state.stampedCustomer(),
                SqlTimes.storedOrNull(state.dueAt()),
                requested == null
                        ? null
                        : new RequestedCredits(requested.credits(), SqlTimes.stored(requested.until())),
                SqlTimes.storedOrNull(state.notSavedSince()),
                state.backups(),
                state.consents(),
                state.rules(),
                AnnouncementColumns.stored(state.announced()),
                state.unused(),
                UsageColumns.stored(state.usage()),
                GraceColumns.stored(state.grace()));
    }
}

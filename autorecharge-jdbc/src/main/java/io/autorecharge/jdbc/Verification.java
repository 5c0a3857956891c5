package io.autorecharge.jdbc;

import io.autorecharge.credit.Credits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Checks every {@link Invariant} for every account, for operators and tests. Its SQL shares nothing with the SQL that writes the rows.
 *
 * <p>It only reads, with one statement per invariant and without locks, so it can run at any time. Each statement reads whole tables: run it daily
 * or when the load is low. It does not check purchase and spend limits, which belong to the policy. It cannot see charges that the provider
 * captured and never reported. Thread-safe.
 */
public final class Verification {
    /** The maximum number of listed violations per invariant. */
    static final int LISTED = 1000;

    private record Found(Violation violation, long count) {}

    private final JdbcTransactions transactions;
    private final Map<Invariant, TimedSql> queries = new EnumMap<>(Invariant.class);

    private Verification(ConnectionPort connections, Dialect dialect, AccountsTable accounts) {
        this.transactions =
                new JdbcTransactions(connections, SchemaResolver.resolve(connections, dialect, accounts), null);
        SqlTemplates sql = new SqlTemplates(dialect, accounts, Credits.ZERO);
        for (Invariant rule : Invariant.values()) {
            if (accounts.isOwn() || !isOfOwnTable(rule)) {
                queries.put(rule, TimedSql.of(sql.of(listed(textOf(rule)))));
            }
        }
    }

    /**
     * A verification that never runs in a transaction of the host.
     *
     * @param accounts the accounts table of the store
     * @throws io.autorecharge.credit.InvalidValueException as {@link JdbcStore#create(ConnectionPort, Dialect, AccountsTable, Credits)}
     * @throws io.autorecharge.store.StoreException when the database cannot be reached
     */
    public static Verification create(ConnectionPort connections, Dialect dialect, AccountsTable accounts) {
        Objects.requireNonNull(connections, "connections");
        Objects.requireNonNull(dialect, "dialect");
        Objects.requireNonNull(accounts, "accounts");
        return new Verification(connections, dialect, accounts);
    }

    /** A verification of the library's own accounts table in the pool's database, which is detected once. */
    public static Verification of(DataSource dataSource) {
        ConnectionPort connections = ConnectionPort.of(dataSource);
        return create(connections, Dialect.detect(connections), AccountsTable.own());
    }

    /**
     * Checks one invariant after the other. A violation counts even while the database is in use: invariants hold at every moment.
     *
     * @param now the time for the invariants that compare times with it
     * @throws io.autorecharge.store.StoreException when the database fails, or lacks a table
     */
    public VerificationReport verify(Instant now) {
        List<Violation> violations = new ArrayList<>();
        long count = 0;
        for (Invariant rule : queries.keySet()) {
            VerificationReport found = verify(rule, now);
            violations.addAll(found.violations());
            count += found.count();
        }
        return new VerificationReport(violations, count);
    }

    /** Checks one invariant that {@link #rules} contains. */
    VerificationReport verify(Invariant rule, Instant now) {
        TimedSql sql = Objects.requireNonNull(queries.get(rule), "rule");
        List<Found> found = transactions.alone(
                "verifying " + rule,
                session -> session.list(
                        sql.text(),
                        row -> new Found(
                                new Violation(rule, row.accountOrNull("account_id"), row.text("details")),
                                row.big("violations")),
                        sql.times(now)));
        return new VerificationReport(
                found.stream().map(Found::violation).toList(),
                found.isEmpty() ? 0 : found.get(0).count());
    }

    Set<Invariant> rules() {
        return queries.keySet();
    }

    /** The window function counts all rows, including those beyond the limit. */
    private static String listed(String rule) {
        return """
                select found.account_id, found.details, count(*) over () as violations
                from (
                %s) found
                order by found.account_id, found.details
                limit %s
                """.formatted(rule, Integer.toString(LISTED));
    }

    private static boolean isOfOwnTable(Invariant rule) {
        return rule == Invariant.LEDGER_ADDS_UP
                || rule == Invariant.LEDGER_IS_A_CHAIN
                || rule == Invariant.ACCOUNTS_ARE_THERE;
    }

    private static String textOf(Invariant rule) {
        return switch (rule) {
            case LEDGER_ADDS_UP -> LedgerInvariants.ADDS_UP;
            case LEDGER_HAS_NO_GAPS -> LedgerInvariants.HAS_NO_GAPS;
            case LEDGER_IS_A_CHAIN -> LedgerInvariants.IS_A_CHAIN;
            case PAYMENTS_ARE_GRANTED_ONCE -> PaymentInvariants.PAYMENTS_ARE_GRANTED_ONCE;
            case BONUSES_ARE_GRANTED_ONCE -> PaymentInvariants.BONUSES_ARE_GRANTED_ONCE;
            case PURCHASES_ARE_PAID -> PaymentInvariants.PURCHASES_ARE_PAID;
            case ENTRIES_ARE_LINKED -> PaymentInvariants.ENTRIES_ARE_LINKED;
            case REVERSALS_ARE_IN_PROPORTION -> PaymentInvariants.REVERSALS_ARE_IN_PROPORTION;
            case ACCOUNTS_ARE_THERE -> RowInvariants.ACCOUNTS_ARE_THERE;
            case PAYMENTS_HAVE_ONE_ACCOUNT -> PaymentInvariants.PAYMENTS_HAVE_ONE_ACCOUNT;
            case TERMS_AGREE -> RowInvariants.TERMS_AGREE;
            case TERMS_ARE_KEPT -> RowInvariants.TERMS_ARE_KEPT;
            case WORDS_ARE_KNOWN -> RowInvariants.WORDS_ARE_KNOWN;
            case TIMES_ARE_NEAR -> RowInvariants.TIMES_ARE_NEAR;
            case TIMES_ARE_PAST -> RowInvariants.TIMES_ARE_PAST;
            case ENDS_HAVE_TIMES -> RowInvariants.ENDS_HAVE_TIMES;
            case ENTRIES_ARE_WELL_FORMED -> RowInvariants.ENTRIES_ARE_WELL_FORMED;
            case SUSPENSIONS_ARE_REPORTED -> RowInvariants.SUSPENSIONS_ARE_REPORTED;
            case ONE_RECHARGE_IS_OPEN -> RechargeInvariants.ONE_IS_OPEN;
            case RECHARGES_AGREE_WITH_ATTEMPTS -> RechargeInvariants.AGREE_WITH_ATTEMPTS;
            case OPEN_IS_LOOKED_AT -> RechargeInvariants.OPEN_IS_LOOKED_AT;
            case OPEN_ENDS -> RechargeInvariants.OPEN_ENDS;
            case REVERSALS_ARE_KEPT -> PaymentInvariants.REVERSALS_ARE_KEPT;
            case OWED_FITS -> PaymentInvariants.OWED_FITS;
            case ENABLING_BONUS_IS_KNOWN -> PaymentInvariants.ENABLING_BONUS_IS_KNOWN;
            case PROGRESS_FITS -> AttemptInvariants.PROGRESS_FITS;
            case CARDS_ARE_COUNTED -> AttemptInvariants.CARDS_ARE_COUNTED;
            case CHECKOUTS_FIT -> CheckoutInvariants.CHECKOUTS_FIT;
            case ENDS_ARE_REPORTED -> EventInvariants.ENDS_ARE_REPORTED;
            case STATES_ARE_THERE -> StateInvariants.STATES_ARE_THERE;
            case BACK_OFFS_HAVE_CAUSES -> StateInvariants.BACK_OFFS_HAVE_CAUSES;
            case SUSPENSIONS_HAVE_CAUSES -> StateInvariants.SUSPENSIONS_HAVE_CAUSES;
            case METHODS_FIT -> StateInvariants.METHODS_FIT;
            case METHODS_ARE_LISTED -> StateInvariants.METHODS_ARE_LISTED;
            case AGREEMENTS_ARE_KEPT -> StateInvariants.AGREEMENTS_ARE_KEPT;
            case CONSENTS_ARE_RECORDED -> ConsentInvariants.CONSENTS_ARE_RECORDED;
            case CONSENTS_ARE_OBEYED -> ConsentInvariants.CONSENTS_ARE_OBEYED;
            case OWED_IS_DUE -> StateInvariants.OWED_IS_DUE;
            case OWN_RULES_FIT -> RuleInvariants.OWN_RULES_FIT;
            case THRESHOLD_IS_BOUNDED -> UsageInvariants.THRESHOLD_IS_BOUNDED;
            case INSTALLATION_IS_THERE -> InstallationInvariants.INSTALLATION_IS_THERE;
            case GRACES_ARE_KEPT -> GraceInvariants.ARE_KEPT;
            case CHARGES_ARE_ANNOUNCED -> AnnouncementInvariants.ARE_KEPT;
            case STOPS_ARE_WHOLE -> InstallationInvariants.STOPS_ARE_WHOLE;
        };
    }
}

package io.autorecharge.jdbc;

import io.autorecharge.credit.Credits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

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

    private static final Duration DOUBT = Duration.ofDays(2);
    private static final Duration BANK_DEBIT = Duration.ofDays(21);

    /** Limits and cool-downs last at most 366 days, back-offs 60. */
    private static final Duration FARTHEST = Duration.ofDays(500);

    /** Less than events are kept. */
    private static final Duration REPORTED = Duration.ofDays(60);

    /** More than the clocks of nodes, provider and database differ. */
    private static final Duration CLOCKS = Duration.ofDays(3);

    private record Query(Invariant rule, String sql) {}

    private record Found(Violation violation, long count) {}

    private final JdbcTransactions transactions;
    private final List<Query> queries = new ArrayList<>();

    private Verification(ConnectionPort connections, Dialect dialect, AccountsTable accounts) {
        this.transactions =
                new JdbcTransactions(connections, SchemaResolver.resolve(connections, dialect, accounts), null);
        SqlTemplates sql = new SqlTemplates(dialect, accounts, Credits.ZERO);
        for (Invariant rule : Invariant.values()) {
            if (accounts.isOwn() || !isOfOwnTable(rule)) {
                queries.add(new Query(rule, sql.of(listed(textOf(rule)))));
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
        for (Query query : queries) {
            List<Found> found = transactions.alone(
                    "verifying " + query.rule(),
                    session -> session.list(
                            query.sql(),
                            row -> new Found(
                                    new Violation(query.rule(), row.account("account_id"), row.text("details")),
                                    row.big("violations")),
                            times(query.rule(), now)));
            found.forEach(it -> violations.add(it.violation()));
            count += found.isEmpty() ? 0 : found.get(0).count();
        }
        return new VerificationReport(violations, count);
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

    private static @Nullable Object[] times(Invariant rule, Instant now) {
        return switch (rule) {
            case OPEN_ENDS -> new @Nullable Object[] {now.minus(DOUBT), now.minus(BANK_DEBIT)};
            case TIMES_ARE_NEAR -> new @Nullable Object[] {now.plus(FARTHEST)};
            case TIMES_ARE_PAST -> new @Nullable Object[] {now.plus(CLOCKS)};
            case SUSPENSIONS_ARE_REPORTED -> new @Nullable Object[] {now.minus(REPORTED), now.minus(REPORTED)};
            default -> new @Nullable Object[0];
        };
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
            case TIMES_ARE_NEAR -> RowInvariants.TIMES_ARE_NEAR;
            case TIMES_ARE_PAST -> RowInvariants.TIMES_ARE_PAST;
            case ENDS_HAVE_TIMES -> RowInvariants.ENDS_HAVE_TIMES;
            case ENTRIES_ARE_WELL_FORMED -> RowInvariants.ENTRIES_ARE_WELL_FORMED;
            case SUSPENSIONS_ARE_REPORTED -> RowInvariants.SUSPENSIONS_ARE_REPORTED;
            case ONE_RECHARGE_IS_OPEN -> RechargeInvariants.ONE_IS_OPEN;
            case RECHARGES_AGREE_WITH_ATTEMPTS -> RechargeInvariants.AGREE_WITH_ATTEMPTS;
            case OPEN_IS_LOOKED_AT -> RechargeInvariants.OPEN_IS_LOOKED_AT;
            case OPEN_ENDS -> RechargeInvariants.OPEN_ENDS;
        };
    }
}

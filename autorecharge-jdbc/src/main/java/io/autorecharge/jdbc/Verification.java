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
 * Tells operators and tests whether the promises hold: asks the database itself, in SQL that shares nothing with what writes the rows, for
 * every {@link Invariant} and every account.
 *
 * <p>It only reads, one statement a rule, each seeing one moment and holding no lock beyond it, so that it may run beside everything else.
 * Each rule reads whole tables: run it at a quiet hour, or daily. Purchase and spend limits are the policy's, not the database's, and are
 * not among the rules. Nor are the provider's books: what was captured and never reported here cannot be seen here. Thread-safe.
 */
public final class Verification {
    /** How many breaches of one rule are listed at most. */
    static final int LISTED = 1000;

    private static final Duration DOUBT = Duration.ofDays(2);
    private static final Duration BANK_DEBIT = Duration.ofDays(21);

    private record Query(Invariant rule, String sql) {}

    private record Found(Violation breach, long count) {}

    private final JdbcTransactions transactions;
    private final List<Query> queries = new ArrayList<>();

    private Verification(ConnectionPort connections, Dialect dialect, AccountsTable accounts) {
        this.transactions = new JdbcTransactions(connections, dialect, accounts.idType());
        SqlTemplates sql = new SqlTemplates(dialect, accounts, Credits.ZERO);
        for (Invariant rule : Invariant.values()) {
            if (accounts.isOwn() || !isOfOwnTable(rule)) {
                queries.add(new Query(rule, sql.of(listed(textOf(rule)))));
            }
        }
    }

    /**
     * A verification of the database behind the port, never in a transaction of the host.
     *
     * @param accounts where the accounts are; the same as the store's
     */
    public static Verification create(ConnectionPort connections, Dialect dialect, AccountsTable accounts) {
        Objects.requireNonNull(connections, "connections");
        Objects.requireNonNull(dialect, "dialect");
        Objects.requireNonNull(accounts, "accounts");
        return new Verification(connections, dialect, accounts);
    }

    /** A verification of the pool's database, with the library's own accounts table; asks it once what it is. */
    public static Verification of(DataSource dataSource) {
        ConnectionPort connections = ConnectionPort.of(dataSource);
        return create(connections, Dialect.detect(connections), AccountsTable.own());
    }

    /**
     * Asks every rule, one after the other. A breach in a database that is at work is one all the same: no moment may have any.
     *
     * @param now against which {@link Invariant#OPEN_ENDS} is measured
     * @throws io.autorecharge.store.StoreException when the database fails, or lacks a table
     */
    public VerificationReport verify(Instant now) {
        List<Violation> breaches = new ArrayList<>();
        long count = 0;
        for (Query query : queries) {
            List<Found> found = transactions.alone(
                    "verifying " + query.rule(),
                    session -> session.list(
                            query.sql(),
                            row -> new Found(
                                    new Violation(query.rule(), row.account("account_id"), row.text("details")),
                                    row.big("breaches")),
                            times(query.rule(), now)));
            found.forEach(it -> breaches.add(it.breach()));
            count += found.isEmpty() ? 0 : found.get(0).count();
        }
        return new VerificationReport(breaches, count);
    }

    /** The window's count is of all rows, also of those beyond the limit. */
    private static String listed(String rule) {
        return """
                select found.account_id, found.details, count(*) over () as breaches
                from (
                %s) found
                order by found.account_id, found.details
                limit %d
                """.formatted(rule, LISTED);
    }

    private static boolean isOfOwnTable(Invariant rule) {
        return rule == Invariant.LEDGER_ADDS_UP || rule == Invariant.LEDGER_IS_A_CHAIN;
    }

    private static @Nullable Object[] times(Invariant rule, Instant now) {
        return rule == Invariant.OPEN_ENDS
                ? new @Nullable Object[] {now.minus(DOUBT), now.minus(BANK_DEBIT)}
                : new @Nullable Object[0];
    }

    private static String textOf(Invariant rule) {
        return switch (rule) {
            case LEDGER_ADDS_UP -> LedgerRules.ADDS_UP;
            case LEDGER_HAS_NO_GAPS -> LedgerRules.HAS_NO_GAPS;
            case LEDGER_IS_A_CHAIN -> LedgerRules.IS_A_CHAIN;
            case PAYMENTS_ARE_GRANTED_ONCE -> PaymentRules.PAYMENTS_ARE_GRANTED_ONCE;
            case BONUSES_ARE_GRANTED_ONCE -> PaymentRules.BONUSES_ARE_GRANTED_ONCE;
            case PURCHASES_ARE_PAID -> PaymentRules.PURCHASES_ARE_PAID;
            case ENTRIES_ARE_LINKED -> PaymentRules.ENTRIES_ARE_LINKED;
            case REVERSALS_ARE_IN_PROPORTION -> PaymentRules.REVERSALS_ARE_IN_PROPORTION;
            case ONE_RECHARGE_IS_OPEN -> RechargeRules.ONE_IS_OPEN;
            case RECHARGES_AGREE_WITH_ATTEMPTS -> RechargeRules.AGREE_WITH_ATTEMPTS;
            case OPEN_IS_LOOKED_AT -> RechargeRules.OPEN_IS_LOOKED_AT;
            case OPEN_ENDS -> RechargeRules.OPEN_ENDS;
        };
    }
}

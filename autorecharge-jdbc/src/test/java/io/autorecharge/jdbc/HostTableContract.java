package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.zaxxer.hikari.HikariDataSource;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.Grant;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.testkit.StoreLedgerContract;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The ledger on a table that the host has already, where the columns' types matter most: ids, balances and the library's entries. Each
 * database's own test gives the database and the columns' types.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HostTableContract {
    private final IdType idType;
    private final BalanceType balanceType;
    private HikariDataSource pool;
    private HostTable host;

    HostTableContract(IdType idType, BalanceType balanceType) {
        this.idType = idType;
        this.balanceType = balanceType;
    }

    /** A new, empty database. */
    abstract DataSource newDatabase();

    /** Whether the host has a ledger already. */
    boolean hasLedger() {
        return false;
    }

    /** The number of rounds of each race of the ledger. */
    int raceRounds() {
        return Soak.rounds(2, 100);
    }

    final DataSource database() {
        return pool;
    }

    final HostTable host() {
        return host;
    }

    @BeforeAll
    void makeTables() throws SQLException {
        pool = DatabaseContract.pool(newDatabase(), true);
        host = new HostTable(pool, idType, balanceType);
        if (hasLedger()) {
            host.makeLedger();
        }
        host.make();
    }

    @AfterAll
    void closePool() {
        if (pool != null) {
            pool.close();
        }
    }

    @BeforeEach
    void empty() throws SQLException {
        host.empty();
    }

    @Nested
    class IsALedger extends StoreLedgerContract {
        @Override
        protected Ledger ledger() {
            return host.ledgerThatSignsUp();
        }

        @Override
        protected RechargeStore store() {
            return host.storeThatSignsUp();
        }

        @Override
        protected AccountId account(String name) {
            return host.account(name);
        }

        @Override
        protected Credits mostWhole() {
            return balanceType.greatest().roundedDownTo(Credits.of(1));
        }

        @Override
        protected int rounds() {
            return raceRounds();
        }
    }

    @Test
    void a_low_account_is_swept_and_taken() {
        AccountId ann = host.account("ann");
        AccountId ben = host.account("ben");
        for (AccountId account : List.of(ann, ben)) {
            host.signUp(account);
            host.store()
                    .grant(
                            new Grant(account, Credits.of(account.equals(ann) ? 9 : 11), Category.PAID, "gift", "Gift"),
                            UsedAccounts.NOW);
            host.store().inTransaction(account, tx -> {
                tx.save(new Settings(true, 100, Credits.of(10)));
                tx.savePaymentMethod(new PaymentMethod("cus_" + account, "pm_1", "visa", "4242", "fp_" + account));
                return true;
            });
        }

        assertThat(host.store().sweep(false, UsedAccounts.NOW)).isOne();
        assertThat(host.store().takeDue(UsedAccounts.NOW, UsedAccounts.NOW.plusSeconds(60), 10))
                .containsExactly(ann);
    }

    @Nested
    class IsVerified {
        private final AccountId ann = host.account("ann");
        private final AccountId ben = host.account("ben");

        private AccountId signedUp(String name) {
            AccountId account = host.account(name);
            host.signUp(account);
            return account;
        }

        @BeforeEach
        void use() {
            new UsedAccounts(signedUp("ann"), signedUp("ben"), signedUp("cleo"), signedUp("dan"), signedUp("eve"))
                    .use(host.store());
        }

        private List<Violation> violations() {
            return Verification.create(ConnectionPort.of(pool), Dialect.detect(ConnectionPort.of(pool)), host.table())
                    .verify(UsedAccounts.NOW)
                    .violations();
        }

        @Test
        void nothing_is_broken_by_the_library_nor_by_the_hosts_own_sql() throws SQLException {
            host.execute("update users set credits = credits + 5 where id = '" + ann + "'");
            host.store().debit(Debit.of(ann, Credits.of(1), "job-2", "Report"), false, UsedAccounts.NOW);

            assertThat(violations()).isEmpty();
        }

        @Test
        void violations_are_reported_by_account() throws SQLException {
            host.execute("delete from credit_transactions where user_id = '" + ann + "' and type = 'BONUS'");
            host.execute("update auto_recharge_state set due_at = null where account_id = '" + ben + "'");

            assertThat(violations())
                    .extracting(Violation::rule, Violation::account)
                    .containsExactly(
                            tuple(Invariant.LEDGER_HAS_NO_GAPS, ann),
                            tuple(Invariant.BONUSES_ARE_GRANTED_ONCE, ann),
                            // What the first refund took, and what the second gave again.
                            tuple(Invariant.ENTRIES_ARE_LINKED, ann),
                            tuple(Invariant.ENTRIES_ARE_LINKED, ann),
                            tuple(Invariant.OPEN_IS_LOOKED_AT, ben));
        }
    }
}

package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.Grace;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.Money;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.GraceRule;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.testkit.FakeGateway;
import io.autorecharge.testkit.SettableClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A constraint of the host forbids negative balances: a grace is refused at the start, and where it is met at run time, the debit is. */
abstract class GraceConstraintContract {
    private static final AccountId ANN = AccountId.of("ann");
    private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
    private static final RechargePolicy POLICY = RechargePolicy.builder(
                    PackageCatalog.of(new CreditPackage(100, Money.of("9.00", "USD"))))
            .grace(new GraceRule(7, Credits.of(20)))
            .build();

    abstract DataSource newDatabase() throws Exception;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "credits >= 0",
                "credits > -1 and credits >= 0.00",
                "0 <= credits",
                "credits between 0 and 100000"
            })
    void a_constraint_that_forbids_negative_balances_stops_the_start_and_is_named(String check) throws Exception {
        DataSource database = newDatabase();
        Migrator.of(database).migrate();
        execute(database, "alter table credit_accounts add constraint no_debts check (" + check + ")");

        assertThatThrownBy(() -> start(database))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("forbids that")
                .message()
                .containsIgnoringCase("no_debts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"credits >= -100", "credits <= 100000", "char_length(id) >= 0"})
    void other_constraints_do_not(String check) throws Exception {
        DataSource database = newDatabase();
        Migrator.of(database).migrate();
        execute(database, "alter table credit_accounts add constraint other check (" + check + ")");

        start(database).close();
    }

    /** Such as one that was added while the application runs. */
    @Test
    void at_run_time_the_debit_is_refused() throws Exception {
        DataSource database = newDatabase();
        Migrator.of(database).migrate();
        JdbcStore store = JdbcStore.of(database);
        store.grant(new Grant(ANN, Credits.of(5), Category.PAID, "start", "Start"), NOW);
        store.inTransaction(ANN, tx -> {
            tx.save(tx.account()
                    .state()
                    .grace(new Grace(NOW, NOW.plusSeconds(60), Credits.of(20), "fp", Grace.Stage.RUNNING)));
            return true;
        });
        execute(database, "alter table credit_accounts add constraint no_debts check (credits >= 0)");

        assertThat(store.debit(Debit.of(ANN, Credits.of(6), "one", null), false, NOW))
                .isInstanceOf(DebitResult.Refused.class);
        assertThat(store.debit(Debit.of(ANN, Credits.of(5), "two", null), false, NOW))
                .isInstanceOf(DebitResult.Applied.class);
        assertThat(store.balance(ANN)).isEqualTo(Credits.ZERO);
    }

    private static AutoRecharge start(DataSource database) {
        JdbcStore store = JdbcStore.of(database);
        SettableClock clock = new SettableClock();
        return AutoRecharge.builder(POLICY, store, new FakeGateway(clock))
                .clock(clock)
                .build();
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

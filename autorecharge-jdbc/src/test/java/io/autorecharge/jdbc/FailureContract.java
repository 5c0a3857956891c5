package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.store.AccountTransaction;
import io.autorecharge.store.StoreException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens to a call when the database fails, and to the connections in any case. */
abstract class FailureContract {
    private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
    private static final AccountId ANN = AccountId.of("ann");
    private final SQLException busy = new SQLException("busy", "40001");
    private final SQLException broken = new SQLException("broken", "08006");

    private WatchedDatabase watched;
    private JdbcStore store;

    abstract DataSource database();

    @BeforeEach
    void watch() {
        watched = new WatchedDatabase(database());
        store = JdbcStore.of(watched.dataSource());
        store.grant(gift("opening"), NOW);
        watched.takeCalls();
    }

    @Test
    void work_is_run_again_when_the_database_was_busy() {
        List<String> runs = new ArrayList<>();
        watched.failBefore("Connection.commit", busy);
        watched.failBefore("Connection.commit", new SQLException("deadlock", "40P01"));
        watched.failBefore("Connection.commit", new SQLException("deadlock", "HY000", 1213));

        store.inTransaction(
                ANN,
                tx -> runs.add(tx.account().balance().toString()
                                + tx.account().state().declines())
                        && increased(tx));

        assertThat(runs).hasSize(4).containsOnly("500");
        assertThat(store.find(ANN).orElseThrow().state().declines()).isEqualTo(1);
        assertThat(watched.openConnections()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"HY000, 1205", "HYT00, 50200", "55P03, 0", "57014, 0", "70100, 1969", "HY000, 3024"})
    void a_lock_that_is_not_released_in_time_is_reported_at_once_as_retryable(String state, int code) {
        List<String> runs = new ArrayList<>();
        watched.failBefore("Connection.commit", new SQLException("time-out", state, code));

        assertThatThrownBy(() -> store.inTransaction(ANN, tx -> runs.add("run")))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.isRetryable()).isTrue());

        assertThat(runs).hasSize(1);
    }

    private static boolean increased(AccountTransaction tx) {
        tx.save(tx.account().state().declined(tx.account().state().declines() + 1, null, null));
        return true;
    }

    @Test
    void a_database_that_stays_busy_is_reported_as_retryable_after_a_bounded_number_of_runs() {
        List<String> runs = new ArrayList<>();
        for (int i = 0; i < JdbcTransactions.RUNS; i++) {
            watched.failBefore("Connection.commit", busy);
        }

        StoreException e = catchThrowableOfType(
                StoreException.class, () -> store.inTransaction(ANN, tx -> runs.add("run") && increased(tx)));

        assertThat(e.isRetryable()).isTrue();
        assertThat(e).hasMessageContaining("ann").hasCause(busy);
        assertThat(runs).hasSize(JdbcTransactions.RUNS);
        assertThat(store.find(ANN).orElseThrow().state().declines()).isZero();
        assertThat(watched.openConnections()).isZero();
    }

    @Test
    void a_broken_database_is_reported_immediately_and_leaves_nothing() {
        List<String> runs = new ArrayList<>();
        watched.failBefore("Connection.commit", broken);
        watched.failBefore("Connection.rollback", new SQLException("no rollback either", "08006"));

        StoreException e = catchThrowableOfType(
                StoreException.class, () -> store.inTransaction(ANN, tx -> runs.add("run") && increased(tx)));

        assertThat(e.isRetryable()).isFalse();
        assertThat(e.getCause().getSuppressed())
                .extracting(Throwable::getMessage)
                .containsExactly("no rollback either");
        assertThat(runs).hasSize(1);
        assertThat(store.find(ANN).orElseThrow().state().declines()).isZero();
        assertThat(watched.openConnections()).isZero();
    }

    @Test
    void a_failure_that_the_work_swallows_is_not_committed() {
        List<String> runs = new ArrayList<>();
        store.inTransaction(ANN, tx -> {
            increased(tx);
            if (runs.isEmpty()) {
                runs.add("first");
                watched.failBefore("Connection.prepareStatement", busy);
                assertThatThrownBy(tx::openRecharge).isInstanceOf(RuntimeException.class);
            }
            return runs.add("end");
        });

        assertThat(runs).containsExactly("first", "end", "end");
        assertThat(store.find(ANN).orElseThrow().state().declines()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "PreparedStatement.executeQuery",
        "PreparedStatement.executeUpdate",
        "Connection.prepareStatement",
        "Connection.setAutoCommit"
    })
    void a_connection_is_given_back_whatever_fails(String call) {
        for (SQLException failure : List.of(broken, busy)) {
            watched.failBefore(call, failure);
            try {
                store.grant(gift("gift-" + failure.getSQLState()), NOW);
            } catch (StoreException e) {
                assertThat(e).hasCause(broken);
            }
            assertThat(watched.openConnections()).isZero();
        }
        assertThat(store.balance(ANN))
                .isEqualTo(
                        Credits.of(50 * store.entries(ANN, Long.MAX_VALUE, 10).size()));
    }

    @Test
    void a_failure_to_close_after_the_commit_does_not_undo_the_answer() {
        watched.failBefore("Connection.close", broken);

        assertThat(store.grant(gift("late"), NOW).balanceAfter()).isEqualTo(Credits.of(100));
        assertThat(store.balance(ANN)).isEqualTo(Credits.of(100));
    }

    @Test
    void a_transaction_is_over_when_its_work_has_returned() {
        AccountTransaction over = store.inTransaction(ANN, tx -> tx);

        assertThatThrownBy(over::account)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("over");
        assertThatThrownBy(() -> over.save(over.account().settings())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_transaction_refuses_the_rows_of_other_accounts() {
        assertThatThrownBy(() -> store.inTransaction(
                        ANN, tx -> tx.publish(AutoRechargeEvent.of(EventType.ENABLED, AccountId.of("ben"), "e", NOW))))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("account must be the account whose lock is held, ann: ben");
    }

    private static Grant gift(String reference) {
        return new Grant(ANN, Credits.of(50), Category.PROMOTIONAL, reference, "Gift");
    }
}

package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.autorecharge.AutoRecharge;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.PaymentReversals;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.OwedEntries;
import io.autorecharge.store.StoreException;
import io.autorecharge.testkit.FakeGateway;
import io.autorecharge.testkit.Reports;
import io.autorecharge.testkit.SettableClock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A host's table and ledger refuse the entries of a payment in every way that the database knows. The payment or the refund is recorded,
 * the account is stopped, and when the obstacle is gone the entries are written once.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RefusedEntriesContract {
    private static final Money PRICE = Money.of("9.00", "USD");
    private static final Credits START = Credits.of(1);
    private static final Credits FULL = Credits.of(121);

    /** SQL of the host that puts an obstacle in the way, and SQL that removes it. */
    record Obstacle(String name, List<String> put, List<String> remove) {
        @Override
        public String toString() {
            return name;
        }
    }

    private final SettableClock clock = new SettableClock();
    private final List<AutoRechargeEvent> events = new ArrayList<>();
    private DataSource database;
    private HikariDataSource pool;
    private HostTable owner;
    private HostTable host;
    private FakeGateway gateway;
    private JdbcStore store;
    private AutoRecharge library;
    private AccountId ann;
    private int accounts;

    /** A new, empty database, as its owner sees it. */
    abstract DataSource newDatabase() throws SQLException;

    /** The same database, as the application connects to it; called after the tables were made. */
    abstract DataSource application(DataSource database) throws SQLException;

    /** None of them fits a balance of 121 or of -119, or lets a balance change; all let it be 0 or 1. */
    abstract List<Obstacle> obstacles();

    @BeforeAll
    void makeTables() throws SQLException {
        database = newDatabase();
        owner = new HostTable(database, IdType.BIGINT, BalanceType.numeric(19, 6));
        owner.make();
        pool = DatabaseContract.pool(application(database), true);
        host = new HostTable(pool, IdType.BIGINT, BalanceType.numeric(19, 6));
    }

    @AfterAll
    void closePool() {
        if (pool != null) {
            pool.close();
        }
    }

    @BeforeEach
    void an_account() throws SQLException {
        owner.empty();
        events.clear();
        gateway = new FakeGateway(clock);
        store = host.store();
        RechargePolicy policy = RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, PRICE)));
        library = AutoRecharge.builder(policy, store, gateway)
                .callsPerSecond(100_000)
                .clock(clock)
                .listener(events::add)
                .listenerExecutor(Runnable::run)
                .afterCommit(task -> {})
                .build();
        ann = AccountId.of(String.valueOf(++accounts));
        owner.signUp(ann);
        library.grant(new Grant(ann, START, Category.PAID, "start", "Start"));
        library.savePaymentMethod(ann, new PaymentMethod("cus_1", "pm_1", "visa", "4242", "fp_1"));
        library.configure(ann, new Settings(true, 100, Credits.of(10)), "v1");
    }

    @AfterEach
    void close() {
        library.close();
    }

    @ParameterizedTest
    @MethodSource("obstacles")
    void a_captured_charge_is_recorded_not_charged_again_and_granted_once_when_the_obstacle_is_gone(Obstacle obstacle) {
        gateway.decideBy(request -> execute(obstacle.put()));
        try {
            library.check(ann);

            assertThat(gateway.captures(ann)).hasSize(1);
            assertThat(library.recharges(ann, 1).get(0).attempt().state()).isEqualTo(AttemptState.PAID);
            assertThat(store.owed(ann)).hasSize(1);
            assertThat(library.status(ann).reason()).isEqualTo("ENTRIES_OWED");
            checkForDays();
            assertThat(gateway.captures(ann)).as("charged once").hasSize(1);
            assertThat(count(EventType.ENTRIES_REFUSED)).isEqualTo(1);
        } finally {
            remove(obstacle);
        }
        checkForDays();

        assertThat(library.balance(ann)).isEqualTo(FULL);
        assertThat(gateway.captures(ann)).hasSize(1);
        assertThat(count(EventType.RECHARGE_PAID)).isEqualTo(1);
        assertThat(store.owed(ann)).isEmpty();
        assertThat(violations()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("obstacles")
    void a_refund_suspends_and_removes_credits_once_when_the_obstacle_is_gone(Obstacle obstacle) {
        library.check(ann);
        library.debit(Debit.of(ann, Credits.of(120), "spent", null));
        String charge = gateway.captures(ann).get(0).reference();
        execute(obstacle.put());
        try {
            assertThat(refund(charge)).isTrue();

            assertThat(store.find(ann).orElseThrow().state().suspension().reason())
                    .isEqualTo(Suspension.Reason.REFUNDED);
            checkForDays();
            refund(charge);
            assertThat(gateway.captures(ann))
                    .as("the refunded card is not charged again")
                    .hasSize(1);
            assertThat(library.balance(ann)).isEqualTo(START);
            assertThat(store.owed(ann))
                    .extracting(OwedEntries::providerReference)
                    .containsExactly(charge);
            assertThat(count(EventType.ENTRIES_REFUSED)).isEqualTo(1);
            assertThat(violations()).as("owed entries are no violation").isEmpty();
        } finally {
            remove(obstacle);
        }
        checkForDays();

        assertThat(library.balance(ann)).isEqualTo(Credits.of(-119));
        assertThat(count(EventType.PAYMENT_REVERSED)).isEqualTo(1);
        assertThat(store.owed(ann)).isEmpty();
        assertThat(violations()).isEmpty();
    }

    private boolean refund(String charge) {
        Reversal refund = new Reversal("re_1", Reversal.Kind.REFUND, PRICE, Money.of("0.00", "USD"));
        return library.settle(
                Reports.reversal(library, ann, new PaymentReversals(charge, "cus_1", PRICE, List.of(refund))));
    }

    /** As the background does, when the account is due. */
    private void checkForDays() {
        for (int i = 0; i < 12; i++) {
            clock.advance(Duration.ofHours(2));
            try {
                library.check(ann);
            } catch (StoreException e) {
                assertThat(e.isRefusal()).as(e.getMessage()).isTrue();
            }
        }
    }

    private long count(EventType type) {
        return events.stream().filter(it -> it.type() == type).count();
    }

    private List<Violation> violations() {
        ConnectionPort connections = ConnectionPort.of(database);
        return Verification.create(connections, Dialect.detect(connections), host.table())
                .verify(clock.instant())
                .violations();
    }

    /** A connection whose prepared statements know the old types of the columns fails once. */
    private void remove(Obstacle obstacle) {
        execute(obstacle.remove());
        pool.getHikariPoolMXBean().softEvictConnections();
    }

    private void execute(List<String> statements) {
        Consumer<String> run = sql -> {
            try {
                owner.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(sql, e);
            }
        };
        statements.forEach(run);
    }
}

package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.autorecharge.AutoRecharge;
import io.autorecharge.account.Agreement;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.Limits;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.testkit.FakeGateway;
import io.autorecharge.testkit.Race;
import io.autorecharge.testkit.SettableClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The limits of one account hold on several nodes at once, and each part of them is warned of once. */
abstract class AccountLimitsContract {
    private static final AccountId ANN = AccountId.of("ann");
    private static final Settings SETTINGS = new Settings(true, 100, Credits.of(10));

    private final SettableClock clock = new SettableClock();
    private final FakeGateway gateway = new FakeGateway(clock);
    private final List<AutoRechargeEvent> events = new CopyOnWriteArrayList<>();
    private HikariDataSource pool;

    abstract DataSource newDatabase();

    @BeforeEach
    void migrate() {
        pool = DatabaseContract.pool(newDatabase(), true);
        Migrator.of(pool).migrate();
    }

    @AfterEach
    void closePool() {
        pool.close();
    }

    private AutoRecharge node(Limits limits) {
        RechargePolicy policy = RechargePolicy.builder(
                        PackageCatalog.of(new CreditPackage(100, Money.of("9.00", "USD"))))
                .limits(limits.withCooldown(Duration.ZERO).withPurchases(1000, Duration.ofDays(1)))
                .velocityAlarm(null)
                .build();
        return AutoRecharge.builder(policy, JdbcStore.of(pool), gateway)
                .clock(clock)
                .afterCommit(task -> {})
                .listenerExecutor(Runnable::run)
                .listener(events::add)
                .callsPerSecond(100_000)
                .build();
    }

    private static void enable(AutoRecharge library) {
        library.grant(new Grant(ANN, Credits.of(1), Category.PAID, "start", "Start"));
        library.savePaymentMethod(ANN, new PaymentMethod("cus_ann", "pm_ann", "visa", "4242", "fp_ann"));
        library.configure(ANN, SETTINGS, "v1");
    }

    /** Two nodes, two threads of each, and a balance that is low before every round. */
    private void race(AutoRecharge one, AutoRecharge other) throws Exception {
        try (Race race = new Race()) {
            for (int round = 0; round < 9; round++) {
                Credits rest = one.balance(ANN).minus(Credits.of(1));
                if (rest.isPositive()) {
                    one.debit(Debit.of(ANN, rest, "use-" + clock.instant() + round, null));
                }
                race.run(4, thread -> (thread % 2 == 0 ? one : other).check(ANN));
            }
        }
    }

    private List<String> warnings() {
        return events.stream()
                .filter(it -> it.type() == EventType.LIMIT_WARNING)
                .map(it -> it.reason() + " " + it.subject())
                .toList();
    }

    @Test
    void several_nodes_stay_within_the_users_own_monthly_limit() throws Exception {
        try (AutoRecharge one = node(Limits.ofDefaults());
                AutoRecharge other = node(Limits.ofDefaults())) {
            enable(one);
            one.save(ANN, SETTINGS, Agreement.none(), rules -> rules.withMonthlyLimit(Money.of("45.00", "USD")));

            race(one, other);

            assertThat(gateway.captures()).as("5 times 9 dollars are 45").hasSize(5);
            assertThat(warnings()).containsExactlyInAnyOrder("OWN_SPEND_LIMIT 80", "OWN_SPEND_LIMIT 100");
            assertThat(one.status(ANN).reason()).isEqualTo("OWN_SPEND_LIMIT");
            assertThat(one.status(ANN).spending().month().spent()).isEqualTo(Money.of("45.00", "USD"));
            assertThat(Verification.of(pool).verify(clock.instant()).violations())
                    .isEmpty();
        }
    }

    @Test
    void several_nodes_stay_within_the_daily_limit_of_the_host() throws Exception {
        Limits daily = Limits.ofDefaults().withDailySpend(Money.of("30.00", "USD"));
        try (AutoRecharge one = node(daily);
                AutoRecharge other = node(daily)) {
            enable(one);

            race(one, other);

            assertThat(gateway.captures())
                    .as("27 dollars, and 9 more would be 36")
                    .hasSize(3);
            assertThat(warnings()).containsExactly("DAILY_SPEND_LIMIT 80");
            Instant tomorrow = one.status(ANN).spending().day().until();
            clock.advance(Duration.between(clock.instant(), tomorrow));
            race(one, other);
            assertThat(gateway.captures()).hasSize(6);
            assertThat(warnings()).containsExactly("DAILY_SPEND_LIMIT 80", "DAILY_SPEND_LIMIT 80");
        }
    }

    @Test
    void an_account_whose_balance_was_lowered_by_other_means_than_use_is_not_charged_again() throws Exception {
        try (AutoRecharge library = node(Limits.ofDefaults())) {
            enable(library);
            library.check(ANN);
            execute("update credit_accounts set credits = 3 where id = 'ann'");

            library.runOnce();

            assertThat(gateway.captures()).hasSize(1);
            assertThat(library.status(ANN).reason()).isEqualTo("IDLE");
            library.debit(Debit.of(ANN, Credits.of(1), "use", null));
            clock.advance(Duration.ofHours(1));
            library.runOnce();
            assertThat(gateway.captures()).hasSize(2);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

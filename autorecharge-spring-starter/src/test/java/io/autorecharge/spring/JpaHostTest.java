package io.autorecharge.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.store.RechargeStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Names no type of JPA, so that it can be read, and left out, where there is none. */
@Tag("jpa")
class JpaHostTest {
    private static final Map<Boolean, ConfigurableApplicationContext> HOSTS = new HashMap<>();

    /** A new account in every test. */
    private final String user = "alice-" + UUID.randomUUID();

    private final AccountId alice = AccountId.of(user);

    private ConfigurableApplicationContext context;
    private AutoRecharge autoRecharge;
    private JpaHost.Counter counter;
    private FakeShop shop;
    private long ordersBefore;

    @BeforeEach
    void start() {
        use(true);
    }

    private void use(boolean autoCommit) {
        context = HOSTS.computeIfAbsent(autoCommit, JpaHostTest::host);
        autoRecharge = context.getBean(AutoRecharge.class);
        counter = context.getBean(JpaHost.Counter.class);
        shop = context.getBean(FakeShop.class);
        Customers.ready(autoRecharge, context.getBean(RechargeStore.class), user);
        ordersBefore = counter.orders();
    }

    private static ConfigurableApplicationContext host(boolean autoCommit) {
        return SpringApplication.run(
                JpaHost.class,
                "--spring.main.web-application-type=none",
                "--spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
                "--spring.sql.init.schema-locations=classpath:orders.sql",
                "--spring.jpa.hibernate.ddl-auto=validate",
                "--autorecharge.scheduler.enabled=false",
                "--spring.datasource.hikari.auto-commit=" + autoCommit);
    }

    @AfterAll
    static void stop() {
        HOSTS.values().forEach(ConfigurableApplicationContext::close);
        HOSTS.clear();
    }

    @Test
    void a_debit_sees_an_account_that_its_transaction_has_just_saved() {
        assertThat(counter.signUpAndBuy("zoe", 30, "12")).isInstanceOf(DebitResult.Applied.class);

        assertThat(autoRecharge.balance(AccountId.of("zoe"))).isEqualTo(Credits.of(18));
        assertThat(counter.balanceAfter("zoe", 1)).isEqualByComparingTo("18");
    }

    @Test
    void a_rollback_takes_the_debit_with_it_and_nothing_is_charged() {
        assertThatThrownBy(() -> counter.buy(user, "95", () -> {
                    assertThat(autoRecharge.balance(alice)).isEqualTo(Credits.of(5));
                    throw new IllegalStateException("out of stock");
                }))
                .hasMessage("out of stock");

        assertThat(autoRecharge.runOnce().paid()).isZero();
        assertThat(autoRecharge.balance(alice)).isEqualTo(Credits.of(100));
        assertThat(counter.orders()).isEqualTo(ordersBefore);
        assertThat(charges()).isEmpty();
    }

    @Test
    void the_recharge_of_a_debit_comes_after_the_commit() {
        counter.buy(user, "95", () -> {
            assertThat(CompletableFuture.supplyAsync(
                                    () -> autoRecharge.runOnce().paid())
                            .join())
                    .isZero();
            assertThat(charges()).isEmpty();
        });

        await("the recharge")
                .atMost(Duration.ofSeconds(20))
                .until(() -> autoRecharge.balance(alice).equals(Credits.of(125)));
        assertThat(counter.descriptions(user)).hasSize(4).anyMatch(text -> text.startsWith("Auto-recharge"));
        assertThat(charges()).hasSize(1);
        assertThat(counter.orders()).isEqualTo(ordersBefore + 1);
    }

    @Test
    void a_recharge_inside_the_hosts_transaction_is_refused_and_leaves_the_transaction_alone() {
        RechargeStore store = context.getBean(RechargeStore.class);
        AccountId bob = Customers.low(store, AccountId.of("bob"));
        store.markDue(bob, Instant.EPOCH);

        assertThatThrownBy(() -> counter.buy(user, "1", () -> {
                    assertThatThrownBy(autoRecharge::runOnce)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("runOnce must not be called inside a transaction");
                    throw new IllegalStateException("out of stock");
                }))
                .hasMessage("out of stock");

        assertThat(autoRecharge.balance(bob)).isEqualTo(Credits.ZERO);
        assertThat(autoRecharge.runOnce().paid()).isOne();
        assertThat(autoRecharge.balance(alice)).isEqualTo(Credits.of(100));
    }

    @Test
    void saving_an_account_that_was_loaded_before_undoes_no_debit_and_no_setting() {
        counter.changeEmail(
                user,
                "alice@example.org",
                () -> CompletableFuture.runAsync(() -> {
                            counter.buy(user, "20", () -> {});
                            autoRecharge.configure(alice, new Settings(false, 100, Credits.of(10)), "1");
                        })
                        .join());

        assertThat(counter.email(user)).isEqualTo("alice@example.org");
        assertThat(autoRecharge.balance(alice)).isEqualTo(Credits.of(75));
        assertThat(counter.isEnabled(user)).isFalse();
    }

    @Test
    void nothing_is_written_in_a_transaction_that_only_reads() {
        assertThat(counter.look(user)).isEqualTo(Credits.of(100));

        assertThat(counter.orders()).isEqualTo(ordersBefore);
    }

    @Test
    void a_transaction_of_another_persistence_unit_is_not_joined() {
        try (OtherUnit other = new OtherUnit()) {
            other.rollBack(() -> debit("20"));
        }

        assertThat(autoRecharge.balance(alice)).isEqualTo(Credits.of(80));
    }

    @Test
    void of_two_transactions_only_the_one_on_our_database_is_joined() {
        TransactionTemplate ours = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        try (OtherUnit other = new OtherUnit()) {
            ours.executeWithoutResult(status -> {
                other.rollBack(() -> debit("20"));
                assertThat(autoRecharge.balance(alice)).isEqualTo(Credits.of(80));
                status.setRollbackOnly();
            });
        }

        assertThat(autoRecharge.balance(alice)).isEqualTo(Credits.of(100));
    }

    @Test
    void a_debit_after_the_commit_is_not_lost() {
        counter.buyAfterTheCommit(user, "20");

        assertThat(autoRecharge.balance(alice)).isEqualTo(Credits.of(80));
    }

    @Test
    void a_debit_after_the_commit_is_not_lost_where_connections_never_commit_by_themselves() {
        use(false);

        counter.buyAfterTheCommit(user, "20");

        assertThat(autoRecharge.balance(alice)).isEqualTo(Credits.of(80));
    }

    private List<ChargeRequest> charges() {
        return shop.charges.requests().stream()
                .filter(request -> request.account().equals(alice))
                .toList();
    }

    private void debit(String amount) {
        autoRecharge.debit(Debit.of(alice, Credits.of(amount), UUID.randomUUID().toString(), null));
    }
}

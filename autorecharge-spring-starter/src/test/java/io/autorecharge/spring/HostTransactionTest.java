package io.autorecharge.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.policy.Decision;
import io.autorecharge.store.RechargeStore;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Tag("database")
class HostTransactionTest {
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class App {
        final List<AccountId> decided = new CopyOnWriteArrayList<>();

        @Bean
        FakeShop shop() {
            return new FakeShop();
        }

        @Bean
        AutoRechargeObserver observer() {
            return new AutoRechargeObserver() {
                @Override
                public void decided(AccountId account, Decision decision) {
                    decided.add(account);
                }
            };
        }
    }

    private static ConfigurableApplicationContext context;
    private static AutoRecharge autoRecharge;
    private static JdbcTemplate jdbc;
    private static TransactionTemplate transaction;
    private static FakeShop shop;

    /** A new account in every test. */
    private AccountId alice;

    @BeforeAll
    static void start() {
        context = SpringApplication.run(
                App.class,
                "--spring.main.web-application-type=none",
                "--spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
                "--autorecharge.scheduler.enabled=false",
                // One worker checks accounts in the order in which their checks were requested.
                "--autorecharge.concurrency=1");
        autoRecharge = context.getBean(AutoRecharge.class);
        jdbc = context.getBean(JdbcTemplate.class);
        transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        shop = context.getBean(FakeShop.class);
        jdbc.execute("create table orders (id varchar(20) primary key)");
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @BeforeEach
    void begin() {
        jdbc.update("delete from orders");
        alice = ready("alice-" + UUID.randomUUID());
    }

    @Test
    void a_rollback_undoes_the_debit_and_requests_no_check() {
        afterAllNudgesBefore();
        int checks = checksOf(alice);

        transaction.executeWithoutResult(status -> {
            jdbc.update("insert into orders values ('1')");
            assertThat(autoRecharge
                            .debit(Debit.of(alice, Credits.of(95), "1", null))
                            .crossed())
                    .isTrue();
            status.setRollbackOnly();
        });

        afterAllNudgesBefore();
        assertThat(autoRecharge.balance(alice)).isEqualTo(Credits.of(100));
        assertThat(autoRecharge.entries(alice, 10)).hasSize(1);
        assertThat(jdbc.queryForObject("select count(*) from orders", Integer.class))
                .isZero();
        assertThat(checksOf(alice)).isEqualTo(checks);
        assertThat(charges(alice)).isEmpty();
        assertThat(autoRecharge.runOnce().paid()).isZero();
    }

    @Test
    void a_commit_keeps_the_debit_and_recharges_immediately_without_a_scheduler() {
        transaction.executeWithoutResult(status -> {
            jdbc.update("insert into orders values ('1')");
            autoRecharge.debit(Debit.of(alice, Credits.of(95), "1", null));
            // The check of another account, requested now, was carried out, so this account's was not requested yet.
            afterAllNudgesBefore();
            assertThat(charges(alice)).isEmpty();
        });

        await("the recharge")
                .atMost(Duration.ofSeconds(20))
                .until(() -> autoRecharge.balance(alice).equals(Credits.of(125)));
        assertThat(charges(alice)).hasSize(1);
        assertThat(jdbc.queryForObject("select count(*) from orders", Integer.class))
                .isEqualTo(1);
    }

    @Test
    void an_exception_of_the_host_takes_the_debit_with_it() {
        try {
            transaction.executeWithoutResult(status -> {
                autoRecharge.debit(Debit.of(alice, Credits.of(95), "1", null));
                throw new IllegalStateException("out of stock");
            });
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("out of stock");
        }

        assertThat(autoRecharge.balance(alice)).isEqualTo(Credits.of(100));
    }

    @Test
    void the_host_sees_its_own_debit_inside_its_transaction() {
        transaction.executeWithoutResult(status -> {
            autoRecharge.debit(Debit.of(alice, Credits.of(30), "1", null));
            assertThat(jdbc.queryForObject(
                            "select credits from credit_accounts where id = ?",
                            java.math.BigDecimal.class,
                            alice.value()))
                    .isEqualByComparingTo("70");
            assertThat(autoRecharge.balance(alice)).isEqualTo(Credits.of(70));
        });
    }

    @Test
    void without_a_transaction_the_recharge_follows_immediately() {
        autoRecharge.debit(Debit.of(alice, Credits.of(95), "1", null));

        await("the recharge")
                .atMost(Duration.ofSeconds(20))
                .until(() -> autoRecharge.balance(alice).equals(Credits.of(125)));
    }

    @Test
    void a_connection_of_the_library_is_never_the_hosts_even_if_the_pool_has_a_proxy() throws Exception {
        javax.sql.DataSource pool = context.getBean(javax.sql.DataSource.class);
        SpringConnections port = new SpringConnections(new TransactionAwareDataSourceProxy(pool));

        assertThat(port.hostTransaction()).isNull();
        transaction.executeWithoutResult(status -> {
            assertThat(port.hostTransaction()).isNotNull();
            try (java.sql.Connection own = port.open();
                    java.sql.Statement sql = own.createStatement();
                    java.sql.ResultSet rows = sql.executeQuery("select count(*) from orders")) {
                jdbc.update("insert into orders values ('2')");
                assertThat(rows.next()).isTrue();
                assertThat(own.unwrap(org.h2.jdbc.JdbcConnection.class)).isNotSameAs(unwrapped(port.hostTransaction()));
            } catch (java.sql.SQLException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void a_transaction_of_another_database_is_not_joined() {
        SpringConnections port = new SpringConnections(context.getBean(javax.sql.DataSource.class));
        javax.sql.DataSource other =
                new org.springframework.jdbc.datasource.DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID());
        TransactionTemplate elsewhere =
                new TransactionTemplate(new org.springframework.jdbc.datasource.DataSourceTransactionManager(other));

        elsewhere.executeWithoutResult(status -> {
            assertThat(port.hostTransaction()).isNull();
            // Leaves a connection here that commits by itself.
            jdbc.queryForObject("select count(*) from orders", Integer.class);
            assertThat(port.hostTransaction()).isNull();
        });
    }

    private static java.sql.Connection unwrapped(java.sql.Connection connection) throws java.sql.SQLException {
        return connection.unwrap(org.h2.jdbc.JdbcConnection.class);
    }

    private static AccountId ready(String name) {
        return Customers.ready(autoRecharge, context.getBean(RechargeStore.class), name);
    }

    private int checksOf(AccountId account) {
        return (int) context.getBean(App.class).decided.stream()
                .filter(account::equals)
                .count();
    }

    private List<ChargeRequest> charges(AccountId account) {
        return shop.charges.requests().stream()
                .filter(request -> request.account().equals(account))
                .toList();
    }

    /** Requested checks are carried out in order: when a later one has been carried out, so has every earlier one. */
    private void afterAllNudgesBefore() {
        Thread other = new Thread(() -> {
            AccountId marker = ready("marker-" + UUID.randomUUID());
            autoRecharge.debit(Debit.of(marker, Credits.of(95), "1", null));
            await("the marker's recharge")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> autoRecharge.balance(marker).equals(Credits.of(125)));
        });
        other.start();
        try {
            other.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

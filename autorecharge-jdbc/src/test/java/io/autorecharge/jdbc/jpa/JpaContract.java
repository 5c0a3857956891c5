package io.autorecharge.jdbc.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.autorecharge.AutoRecharge;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Money;
import io.autorecharge.jdbc.Dialect;
import io.autorecharge.jdbc.JdbcStore;
import io.autorecharge.jdbc.Migrator;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.Trigger;
import io.autorecharge.testkit.FakeGateway;
import io.autorecharge.testkit.SettableClock;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.hibernate.tool.schema.spi.SchemaManagementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What hosts with JPA rely on, with Hibernate. Each database's own test gives the database. */
abstract class JpaContract {
    private static final AccountId ANN = AccountId.of("ann");
    private static final AccountId BEN = AccountId.of("ben");
    private static final Class<?>[] ENTITIES = {
        HostAccount.class, HostOrder.class, CreditTransactionEntity.class, RechargeEntity.class
    };

    private final List<Runnable> afterCommit = new ArrayList<>();
    private final FakeGateway gateway = new FakeGateway(new SettableClock());
    private HikariDataSource pool;
    private Unit host;
    private JdbcStore store;
    private AutoRecharge autoRecharge;

    /** A new, empty database. */
    abstract DataSource newDatabase();

    /** A new database with the tables of the library and of the host. */
    DataSource newTables() {
        DataSource made = newDatabase();
        makeTables(made);
        return made;
    }

    static void makeTables(DataSource database) {
        Migrator.of(database).migrate();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table orders (id varchar(255) primary key)");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void start() {
        pool = pool(newTables());
        host = new Unit(pool, ENTITIES);
        var connections = JpaConnections.create(pool, host::current, Unit::connectionOf);
        store = JdbcStore.create(connections, Dialect.detect(connections));
        RechargePolicy policy =
                RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, Money.of("9.00", "USD"))));
        autoRecharge = AutoRecharge.builder(policy, store, gateway)
                .callsPerSecond(100_000)
                .clock(new SettableClock())
                .afterCommit(afterCommit::add)
                .build();
        ready(ANN);
        ready(BEN);
        afterCommit.clear();
    }

    @AfterEach
    void stop() {
        autoRecharge.close();
        host.close();
        pool.close();
    }

    private static HikariDataSource pool(DataSource database) {
        HikariDataSource made = new HikariDataSource();
        made.setDataSource(database);
        made.setMaximumPoolSize(4);
        return made;
    }

    /** 50 credits, and 100 more when fewer than 10 are left. */
    private void ready(AccountId account) {
        autoRecharge.grant(new Grant(account, Credits.of(50), Category.PROMOTIONAL, "opening", "Gift"));
        store.inTransaction(account, tx -> {
            tx.savePaymentMethod(new PaymentMethod("cus_" + account, "pm_1", "visa", "4242", "print"));
            return true;
        });
        autoRecharge.configure(account, new Settings(true, 100, Credits.of(10)), "1");
    }

    @Test
    void validation_would_notice_a_column_that_is_not_there() {
        sql("alter table credit_transactions drop column linked_to");

        assertThatThrownBy(() -> new Unit(pool, ENTITIES).close())
                .isInstanceOf(SchemaManagementException.class)
                .hasMessageContaining("linked_to");
    }

    @Test
    void a_debit_disappears_with_the_transaction_of_the_entity_manager() {
        host.rollBack(entityManager -> {
            entityManager.persist(new HostOrder("1"));
            assertThat(debit(ANN, "45").crossed()).isTrue();
            assertThat(autoRecharge.balance(ANN)).isEqualTo(Credits.of(5));
        });

        assertThat(autoRecharge.balance(ANN)).isEqualTo(Credits.of(50));
        assertThat(autoRecharge.entries(ANN, 10)).hasSize(1);
        assertThat(orders()).isZero();
    }

    @Test
    void a_debit_is_kept_with_the_transaction_of_the_entity_manager() {
        host.commit(entityManager -> {
            entityManager.persist(new HostOrder("1"));
            return debit(ANN, "45");
        });

        assertThat(autoRecharge.balance(ANN)).isEqualTo(Credits.of(5));
        assertThat(orders()).isOne();
    }

    @Test
    void a_debit_disappears_with_a_transaction_that_was_already_given_up() {
        host.rollBack(entityManager -> {
            entityManager.getTransaction().setRollbackOnly();
            debit(ANN, "45");
        });

        assertThat(autoRecharge.balance(ANN)).isEqualTo(Credits.of(50));
    }

    @Test
    void without_a_transaction_a_debit_is_one_of_its_own() {
        host.with(entityManager -> debit(ANN, "20"));
        debit(ANN, "20");

        assertThat(autoRecharge.balance(ANN)).isEqualTo(Credits.of(10));
    }

    @Test
    void a_debit_sees_an_account_that_was_persisted_a_moment_before() {
        DebitResult result = host.commit(entityManager -> {
            entityManager.persist(new HostAccount("zoe", "30"));
            return debit(AccountId.of("zoe"), "12");
        });

        assertThat(result).isInstanceOf(DebitResult.Applied.class);
        assertThat(autoRecharge.balance(AccountId.of("zoe"))).isEqualTo(Credits.of(18));
    }

    @Test
    void what_is_wrong_with_the_hosts_own_rows_comes_out_of_the_debit_and_takes_nothing() {
        host.commit(entityManager -> {
            entityManager.persist(new HostOrder("1"));
            return true;
        });

        assertThatThrownBy(() -> host.commit(entityManager -> {
                    entityManager.persist(new HostOrder("1"));
                    return debit(ANN, "20");
                }))
                .isInstanceOf(PersistenceException.class);

        assertThat(autoRecharge.balance(ANN)).isEqualTo(Credits.of(50));
    }

    @Test
    void saving_an_account_that_was_loaded_before_undoes_no_debit_and_no_setting() {
        host.commit(entityManager -> {
            HostAccount loaded = entityManager.find(HostAccount.class, "ann");
            inAnotherTransaction(() -> debit(ANN, "20"));
            inAnotherTransaction(() -> autoRecharge.configure(ANN, new Settings(false, 100, Credits.of(25)), "1"));
            loaded.setEmail("ann@example.org");
            debit(ANN, "5");
            return true;
        });

        HostAccount saved = find("ann");
        assertThat(saved.email()).isEqualTo("ann@example.org");
        assertThat(saved.credits()).isEqualByComparingTo("25");
        assertThat(saved.autoRecharge().isEnabled()).isFalse();
        assertThat(saved.autoRecharge().getThreshold()).isEqualByComparingTo("25");
    }

    @Test
    void a_balance_that_is_mapped_without_care_does_undo_a_debit() {
        try (Unit careless = new Unit(pool, CarelessAccount.class)) {
            careless.commit(entityManager -> {
                CarelessAccount loaded = entityManager.find(CarelessAccount.class, "ann");
                inAnotherTransaction(() -> debit(ANN, "20"));
                loaded.setEmail("ann@example.org");
                return true;
            });
        }

        assertThat(autoRecharge.balance(ANN)).isEqualTo(Credits.of(50));
    }

    @Test
    void an_entity_shows_a_debit_when_it_is_refreshed() {
        host.commit(entityManager -> {
            HostAccount loaded = entityManager.find(HostAccount.class, "ann");
            debit(ANN, "20");
            assertThat(loaded.credits()).isEqualByComparingTo("50");
            entityManager.refresh(loaded);
            assertThat(loaded.credits()).isEqualByComparingTo("30");
            return true;
        });
    }

    @Test
    void the_five_columns_are_shown_as_they_are() {
        AutoRechargeColumns columns = find("ann").autoRecharge();

        assertThat(columns.isEnabled()).isTrue();
        assertThat(columns.getPackageCredits()).isEqualTo(100);
        assertThat(columns.getThreshold()).isEqualByComparingTo("10");
        assertThat(columns.getStripeCustomerId()).isEqualTo("cus_ann");
        assertThat(columns.getStripePaymentMethodId()).isEqualTo("pm_1");
    }

    @Test
    void a_recharge_that_runs_while_the_host_has_a_transaction_open_is_no_part_of_it() {
        debit(BEN, "45");

        host.rollBack(entityManager -> {
            entityManager.persist(new HostOrder("1"));
            assertThat(debit(ANN, "45").crossed()).isTrue();
            assertThat(inAnotherTransaction(autoRecharge::runOnce).paid()).isOne();
            assertThat(inAnotherTransaction(autoRecharge::runOnce).paid()).isZero();
            assertThat(autoRecharge.balance(ANN)).isEqualTo(Credits.of(5));
        });

        assertThat(autoRecharge.balance(BEN)).isEqualTo(Credits.of(125));
        assertThat(autoRecharge.balance(ANN)).isEqualTo(Credits.of(50));
        assertThat(gateway.captures()).extracting(FakeGateway.Capture::account).containsExactly(BEN);
        assertThat(orders()).isZero();
    }

    @Test
    void a_run_on_the_very_thread_of_the_host_is_refused_inside_its_transaction() {
        debit(BEN, "45");

        host.commit(entityManager -> {
            entityManager.persist(new HostOrder("1"));
            assertThatIllegalStateException()
                    .isThrownBy(autoRecharge::runOnce)
                    .withMessageStartingWith("runOnce must not be called inside a transaction");
            return true;
        });

        assertThat(orders()).isOne();
        assertThat(gateway.requests()).isEmpty();
        assertThat(autoRecharge.runOnce().paid()).isOne();
        assertThat(autoRecharge.balance(BEN)).isEqualTo(Credits.of(125));
        assertThat(store.recharges(BEN, 1).get(0).recharge().state()).isEqualTo(RechargeState.PAID);
    }

    @Test
    void the_recharge_of_a_debit_comes_after_the_hosts_commit() {
        host.commit(entityManager -> {
            debit(ANN, "45");
            assertThat(gateway.requests()).isEmpty();
            return true;
        });

        assertThat(afterCommit).hasSize(1);
        assertThat(autoRecharge.runOnce().paid()).isOne();
        assertThat(autoRecharge.balance(ANN)).isEqualTo(Credits.of(125));
    }

    @Test
    void the_ledger_and_the_recharges_are_read_as_entities() {
        debit(ANN, "45");
        autoRecharge.runOnce();
        List<LedgerEntry> entries = autoRecharge.entries(ANN, 10);

        host.with(entityManager -> {
            assertThat(entityManager
                            .createQuery(
                                    "select t from CreditTransactionEntity t where t.userId = 'ann' order by t.sequence desc",
                                    CreditTransactionEntity.class)
                            .getResultList())
                    .extracting(JpaContract::entry)
                    .isEqualTo(entries);
            assertThat(entityManager
                            .createQuery(
                                    "select sum(t.amount) from CreditTransactionEntity t where t.userId = 'ann'",
                                    BigDecimal.class)
                            .getSingleResult())
                    .isEqualByComparingTo("125");
            assertThat(entityManager
                            .createQuery(
                                    "select t.description from CreditTransactionEntity t where t.type = :type",
                                    String.class)
                            .setParameter("type", EntryType.BONUS)
                            .getResultList())
                    .hasSize(1);

            var recharge = store.recharges(ANN, 1).get(0).recharge();
            RechargeEntity found = entityManager.find(
                    RechargeEntity.class,
                    new RechargeEntity.Key("ann", recharge.id().value()));
            assertThat(found.getAccountId()).isEqualTo("ann");
            assertThat(found.getId()).isEqualTo(recharge.id().value());
            assertThat(found.getTriggeredBy()).isEqualTo(Trigger.SWEEP);
            assertThat(found.getState()).isEqualTo(RechargeState.PAID);
            assertThat(found.getPackageCredits()).isEqualTo(100);
            assertThat(found.getCredits()).isEqualByComparingTo("100");
            assertThat(found.getBonus()).isEqualByComparingTo("20");
            assertThat(found.getPriceMinor()).isEqualTo(900);
            assertThat(found.getPriceCurrency()).isEqualTo("USD");
            assertThat(found.getBalance()).isEqualByComparingTo("5");
            assertThat(found.getOpenedAt()).isEqualTo(recharge.openedAt());
            assertThat(found.getClosedAt()).isEqualTo(recharge.closedAt());
            return true;
        });
    }

    @Test
    void rows_of_the_library_are_neither_made_nor_removed_nor_changed() {
        debit(ANN, "45");
        autoRecharge.runOnce();
        List<LedgerEntry> entries = autoRecharge.entries(ANN, 10);

        refused(entityManager -> entityManager.persist(new CreditTransactionEntity()));
        refused(entityManager -> entityManager.persist(new RechargeEntity()));
        refused(entityManager -> entityManager.remove(anEntry(entityManager)));
        refused(entityManager -> entityManager.remove(entityManager
                .createQuery("select r from RechargeEntity r", RechargeEntity.class)
                .getSingleResult()));
        host.commit(entityManager -> {
            overwrite(anEntry(entityManager), "amount", new BigDecimal("1000"));
            return true;
        });

        assertThat(autoRecharge.entries(ANN, 10)).isEqualTo(entries);
        assertThat(store.recharges(ANN, 10)).hasSize(1);
    }

    @Test
    void a_host_with_integer_ids_adds_the_account_to_what_is_there() {
        try (HikariDataSource other = pool(newDatabase())) {
            Integers.makeTables(other);
            try (Unit unit =
                    new Unit(other, IntegerUser.class, IntegerCreditTransaction.class, IntegerRecharge.class)) {
                unit.commit(entityManager -> {
                    IntegerUser user = entityManager.find(IntegerUser.class, 7);
                    assertThat(user.autoRecharge().isEnabled()).isFalse();
                    assertThat(user.autoRecharge().getPackageCredits()).isNull();
                    assertThat(user.autoRecharge().getThreshold()).isEqualByComparingTo("10");
                    assertThat(user.autoRecharge().getStripeCustomerId()).isNull();
                    assertThat(user.autoRecharge().getStripePaymentMethodId()).isNull();
                    assertThat(entityManager
                                    .find(IntegerCreditTransaction.class, new IntegerCreditTransaction.Key(7, 1))
                                    .getBalanceAfter())
                            .isEqualByComparingTo("50");
                    assertThat(entityManager
                                    .find(IntegerRecharge.class, new IntegerRecharge.Key(7, "r-1"))
                                    .user())
                            .isSameAs(user);
                    entityManager.persist(new IntegerUser(8, 0));
                    return true;
                });
                assertThat(unit.<IntegerUser>with(entityManager -> entityManager.find(IntegerUser.class, 8))
                                .autoRecharge()
                                .getThreshold())
                        .isEqualByComparingTo("10");
            }
        }
    }

    @Test
    void a_host_whose_columns_allow_nulls_can_read_its_users() {
        try (HikariDataSource other = pool(newDatabase())) {
            Integers.makeTables(other);
            sql(other, "alter table users alter column auto_recharge_enabled drop not null");
            sql(other, "alter table users alter column auto_recharge_threshold drop not null");
            sql(
                    other,
                    "update users set auto_recharge_enabled = null, auto_recharge_threshold = null, "
                            + "stripe_customer_id = 'cus_7'");
            try (Unit unit = new Unit(other, IntegerUser.class)) {
                AutoRechargeColumns columns = unit.with(entityManager -> entityManager.find(IntegerUser.class, 7))
                        .autoRecharge();

                assertThat(columns.isEnabled()).isFalse();
                assertThat(columns.getThreshold()).isNull();
            }
        }
    }

    private void refused(Consumer<EntityManager> change) {
        assertThatThrownBy(() -> host.commit(entityManager -> {
                    change.accept(entityManager);
                    return true;
                }))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("is read-only");
    }

    private static CreditTransactionEntity anEntry(EntityManager entityManager) {
        return entityManager.find(CreditTransactionEntity.class, new CreditTransactionEntity.Key("ann", 1));
    }

    private static void overwrite(Object row, String field, Object value) {
        try {
            var found = CreditTransactionColumns.class.getDeclaredField(field);
            found.setAccessible(true);
            found.set(row, value);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static LedgerEntry entry(CreditTransactionEntity row) {
        return new LedgerEntry(
                AccountId.of(row.getUserId()),
                row.getSequence(),
                row.getType(),
                row.getCategory(),
                Credits.of(row.getAmount()),
                Credits.of(row.getBalanceAfter()),
                row.getDescription(),
                row.getReference(),
                row.getLinkedTo(),
                row.getCreatedAt());
    }

    private DebitResult debit(AccountId account, String amount) {
        return autoRecharge.debit(
                Debit.of(account, Credits.of(amount), UUID.randomUUID().toString(), null));
    }

    private static <T> T inAnotherTransaction(Supplier<T> work) {
        // Another thread has another entity manager, or as here none.
        return CompletableFuture.supplyAsync(work).join();
    }

    private HostAccount find(String id) {
        return host.with(entityManager -> entityManager.find(HostAccount.class, id));
    }

    private long orders() {
        return host.with(entityManager -> entityManager
                .createQuery("select count(o) from HostOrder o", Long.class)
                .getSingleResult());
    }

    private void sql(String statement) {
        sql(pool, statement);
    }

    private static void sql(DataSource database, String statement) {
        try (Connection connection = database.getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}

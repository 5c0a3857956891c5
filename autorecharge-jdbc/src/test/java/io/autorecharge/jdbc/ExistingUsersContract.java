package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.autorecharge.AutoRecharge;
import io.autorecharge.account.Consent;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.PaymentReversals;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.store.AccountTransaction;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.CheckoutOffer;
import io.autorecharge.store.CheckoutProgress;
import io.autorecharge.store.CheckoutState;
import io.autorecharge.store.StoreException;
import io.autorecharge.store.UnknownAccountException;
import io.autorecharge.testkit.FakeGateway;
import io.autorecharge.testkit.Reports;
import io.autorecharge.testkit.SettableClock;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users that existed before the library was added, with whole credits that the host also changes itself. */
abstract class ExistingUsersContract {
    static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
    static final AccountId ANN = AccountId.of("1");
    static final AccountId BEN = AccountId.of("2");
    private static final PaymentMethod CARD = new PaymentMethod("cus_1", "pm_1", "visa", "4242", "fp_1");
    private static final PaymentMethod CARD_OF_BEN = new PaymentMethod("cus_2", "pm_2", "visa", "1111", "fp_2");

    DataSource database;
    HostTable host;
    JdbcStore store;
    private final SettableClock clock = new SettableClock();
    private final FakeGateway gateway = new FakeGateway(clock);

    private final List<HikariDataSource> pools = new ArrayList<>();

    /** A new, empty database. */
    abstract DataSource newDatabase();

    /** A new database with a migrated table of users that has no rows. */
    DataSource newUsers(IdType idType, BalanceType type) throws SQLException {
        DataSource empty = newDatabase();
        new HostTable(empty, idType, type).make();
        return empty;
    }

    @BeforeEach
    void makeUsers() throws SQLException {
        host = host(IdType.INTEGER, BalanceType.INTEGER);
        host.execute("insert into users (id, name, credits) values (1, 'Ann', 50)");
        host.execute("insert into users (id, name, credits) values (2, 'Ben', 7)");
        store = host.store();
    }

    @AfterEach
    void closePools() {
        pools.forEach(HikariDataSource::close);
    }

    private HostTable host(IdType idType, BalanceType type) throws SQLException {
        database = pooled(newUsers(idType, type));
        return new HostTable(database, idType, type);
    }

    private DataSource pooled(DataSource unpooled) {
        HikariDataSource pool = DatabaseContract.pool(unpooled, true);
        pools.add(pool);
        return pool;
    }

    @Test
    void users_of_before_keep_their_credits_and_are_off() {
        assertThat(store.find(ANN).orElseThrow().balance()).isEqualTo(Credits.of(50));
        assertThat(store.find(ANN).orElseThrow().settings()).isEqualTo(Settings.initial(Credits.of(10)));
        assertThat(store.sweep(false, NOW)).isZero();
    }

    @Test
    void the_librarys_credits_are_the_hosts() throws SQLException {
        store.grant(new Grant(ANN, Credits.of(5), Category.PAID, "gift", "Gift"), NOW);
        host.execute("update users set credits = credits - 20 where id = 1");
        DebitResult result = store.debit(Debit.of(ANN, Credits.of(3), "job", null), false, NOW);

        assertThat(result.balance()).isEqualTo(Credits.of(32));
        assertThat(store.balance(ANN)).isEqualTo(Credits.of(32));
        assertThat(store.entries(ANN, Long.MAX_VALUE, 10))
                .extracting(LedgerEntry::balanceAfter)
                .containsExactly(Credits.of(32), Credits.of(55));
    }

    @Test
    void the_sweep_finds_what_the_host_took_with_its_own_sql() throws SQLException {
        try (AutoRecharge library = library()) {
            enable(library, ANN);
            enable(library, BEN);
            library.check(BEN);
            host.execute("update users set credits = 4 where id = 1");

            library.runOnce();

            assertThat(library.balance(ANN)).isEqualTo(Credits.of(124));
            assertThat(gateway.captures()).hasSize(2);
        }
    }

    @Test
    void a_host_that_reports_its_own_write_gets_the_recharge_immediately() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        gateway.decideBy(request -> begun.countDown());
        AutoRecharge library = library();
        enable(library, ANN);
        host.execute("update users set credits = 4 where id = 1");

        library.balanceChanged(ANN);
        // Closing waits for the check that has begun, and begins no other.
        assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();
        library.close();

        assertThat(store.balance(ANN)).isEqualTo(Credits.of(124));
        assertThat(gateway.captures()).hasSize(1);
    }

    @Test
    void amounts_that_the_column_cannot_hold_are_refused_and_nothing_is_written() {
        assertThatThrownBy(() -> store.debit(Debit.of(ANN, Credits.of("0.5"), "job", null), false, NOW))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("amount cannot be held by users.credits (integer")
                .hasMessageEndingWith("0.5");
        assertThatThrownBy(() -> store.grant(new Grant(ANN, Credits.of("1.25"), Category.PAID, "gift", "Gift"), NOW))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("1.25");
        assertThatThrownBy(() ->
                        store.grant(new Grant(ANN, Credits.of(Integer.MAX_VALUE), Category.PAID, "gift", "Gift"), NOW))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("users.credits");
        try (AutoRecharge library = library()) {
            assertThatThrownBy(() -> library.configure(ANN, new Settings(true, 100, Credits.of("10.5")), "v1"))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessage("threshold cannot be held by the ledger, whose smallest amount is 1: 10.5");
        }

        assertThat(store.balance(ANN)).isEqualTo(Credits.of(50));
        assertThat(store.entries(ANN, Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void nothing_is_charged_for_credits_that_would_not_fit() throws SQLException {
        store = again(BalanceType.numeric(3, 0));
        try (AutoRecharge library = library()) {
            enable(library, ANN);
            host.execute("update users set credits = 990, auto_recharge_threshold = 995 where id = 1");

            assertThatThrownBy(() -> library.check(ANN))
                    .isInstanceOf(ArithmeticException.class)
                    .hasMessageContaining("account '1'");
        }

        assertThat(gateway.requests()).isEmpty();
        assertThat(store.recharges(ANN, 10)).isEmpty();
    }

    @Test
    void of_whole_credits_whole_credits_are_taken_back() throws SQLException {
        try (AutoRecharge library = library()) {
            enable(library, ANN);
            host.execute("update users set credits = 1 where id = 1");
            library.check(ANN);
            Money price = gateway.captures().get(0).amount();
            Money third = Money.of("3.01", "USD");
            Money nothing = Money.of("0.00", "USD");

            library.settle(Reports.reversal(
                    library, ANN, refunds(price, new Reversal("re_1", Reversal.Kind.REFUND, third, nothing))));
            assertThat(library.balance(ANN)).isEqualTo(Credits.of(121 - 33 - 6));
            library.settle(Reports.reversal(
                    library, ANN, refunds(price, new Reversal("re_1", Reversal.Kind.REFUND, price, nothing))));
        }

        assertThat(store.balance(ANN)).isEqualTo(Credits.of(1));
    }

    private static PaymentReversals refunds(Money captured, Reversal reversal) {
        return new PaymentReversals("pi_1", "cus_1", captured, List.of(reversal));
    }

    @Test
    void only_the_host_makes_users() {
        AccountId nobody = AccountId.of("99");
        Debit overdraft = Debit.of(nobody, Credits.of(1), "job", null).withOverdraft();

        assertThat(store.find(nobody)).isEmpty();
        assertThat(store.balance(nobody)).isEqualTo(Credits.ZERO);
        assertThat(store.debit(Debit.of(nobody, Credits.of(1), "job", null), false, NOW))
                .isEqualTo(new DebitResult.Refused(Credits.ZERO));
        assertThatThrownBy(() -> store.debit(overdraft, false, NOW)).isInstanceOf(UnknownAccountException.class);
        assertThatThrownBy(() -> store.grant(new Grant(nobody, Credits.of(1), Category.PAID, "g", "Gift"), NOW))
                .isInstanceOf(UnknownAccountException.class)
                .hasMessage("account '99' is not in users");
        assertThat(store.find(nobody)).isEmpty();
    }

    @Test
    void a_deleted_user_is_checked_once_more_and_then_left_alone() throws SQLException {
        store.markDue(ANN, NOW);
        store.markDue(BEN, NOW);
        host.execute("delete from users where id = 1");

        assertThat(store.takeDue(NOW, NOW.plusSeconds(60), 10)).containsExactlyInAnyOrder(ANN, BEN);
        assertThatThrownBy(() -> store.inTransaction(ANN, tx -> tx.account()))
                .isInstanceOf(UnknownAccountException.class);

        assertThat(store.takeDue(NOW.plusSeconds(60), NOW.plusSeconds(90), 10)).containsExactly(BEN);
    }

    @Test
    void a_deleted_user_with_an_open_recharge_is_checked_until_the_row_is_back() throws SQLException {
        try (AutoRecharge library = library()) {
            host.execute("update users set credits = 1 where id = 1");
            library.savePaymentMethod(ANN, CARD);
            library.configure(ANN, new Settings(true, 100, Credits.of(10)), "v1");
            gateway.timeOutAfterCaptureNext();
            library.check(ANN);
            assertThat(library.recharges(ANN, 1).get(0).attempt().state()).isEqualTo(AttemptState.OPEN);
            host.execute("delete from users where id = 1");

            for (int day = 1; day <= 3; day++) {
                Instant now = clock.instant().plus(Duration.ofDays(day));
                assertThat(store.takeDue(now, now.plusSeconds(60), 10))
                        .as("day " + day)
                        .containsExactly(ANN);
                assertThatThrownBy(() -> store.inTransaction(ANN, AccountTransaction::account))
                        .isInstanceOf(UnknownAccountException.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", "1.0", "01", "+1", "1 or 1=1", "2147483648", "'; drop table users; --"})
    void ids_of_another_type_or_spelling_belong_to_no_account(String id) {
        AccountId nobody = AccountId.of(id);

        assertThat(store.find(nobody)).isEmpty();
        assertThatThrownBy(() -> store.inTransaction(nobody, AccountTransaction::account))
                .isInstanceOf(UnknownAccountException.class)
                .hasMessage("account '" + id + "' is not in a table whose ids are integer");
    }

    @Test
    void columns_that_the_host_leaves_empty_are_read_as_their_defaults() throws SQLException {
        host.execute("alter table users alter column auto_recharge_threshold drop not null");
        host.execute("alter table users alter column auto_recharge_enabled drop not null");
        host.execute("update users set credits = null, auto_recharge_threshold = null, auto_recharge_enabled = null");

        assertThat(store.find(ANN).orElseThrow().settings()).isEqualTo(Settings.initial(Credits.of(10)));
        assertThat(store.grant(new Grant(ANN, Credits.of(5), Category.PAID, "gift", "Gift"), NOW)
                        .balanceAfter())
                .isEqualTo(Credits.of(5));
        DebitResult result = store.debit(Debit.of(ANN, Credits.of(1), "job", null), false, NOW);
        assertThat(result).isInstanceOf(DebitResult.Applied.class);
        assertThat(result.crossed()).isFalse();
    }

    @Test
    void sums_of_floating_credits_are_made_in_decimals() throws SQLException {
        JdbcStore floating = again(BalanceType.DOUBLE);
        floating.grant(new Grant(ANN, Credits.of("0.1"), Category.PAID, "a", "Gift"), NOW);
        floating.grant(new Grant(ANN, Credits.of("0.2"), Category.PAID, "b", "Gift"), NOW);

        DebitResult result = floating.debit(Debit.of(ANN, Credits.of("0.3"), "job", null), false, NOW);

        assertThat(result).isInstanceOf(DebitResult.Applied.class);
        assertThat(result.balance()).isEqualTo(Credits.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'NaN'", "'Infinity'", "'-Infinity'", "1e300", "-1e12"})
    void a_floating_balance_that_is_no_amount_is_an_error_of_that_account_alone(String value) throws SQLException {
        JdbcStore floating = again(BalanceType.DOUBLE);
        host.execute("update users set auto_recharge_enabled = true, stripe_customer_id = 'cus_1', "
                + "stripe_payment_method_id = 'pm_1', credits = 5");
        host.execute("update users set credits = " + value + " where id = 1");

        assertThatThrownBy(() -> floating.balance(ANN)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() ->
                        floating.debit(Debit.of(ANN, Credits.of(1), "job", null).withOverdraft(), false, NOW))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("account '1'");
        assertThatThrownBy(() -> floating.grant(new Grant(ANN, Credits.of(1), Category.PAID, "g", "Gift"), NOW))
                .isInstanceOf(StoreException.class);
        assertThat(floating.sweep(false, NOW)).isEqualTo(1);
        assertThat(floating.takeDue(NOW, NOW.plusSeconds(1), 10)).containsExactly(BEN);
        assertThat(floating.entries(ANN, Long.MAX_VALUE, 10)).isEmpty();
    }

    @Test
    void what_the_host_keeps_beyond_six_places_stays() throws SQLException {
        JdbcStore fine = again(BalanceType.numeric(20, 8));
        host.execute("update users set credits = 5.00000012 where id = 1");

        fine.debit(Debit.of(ANN, Credits.of(1), "job", null), false, NOW);
        fine.grant(new Grant(ANN, Credits.of(2), Category.PAID, "g", "Gift"), NOW);

        assertThat(fine.balance(ANN)).isEqualTo(Credits.of(6));
        assertThat(host.number("select credits from users where id = 1")).isEqualByComparingTo("6.00000012");
    }

    @Test
    void an_invalid_threshold_counts_as_the_default_and_a_blank_card_as_none() throws SQLException {
        host.execute("update users set auto_recharge_threshold = 'NaN', stripe_customer_id = '', "
                + "stripe_payment_method_id = ' ', auto_recharge_enabled = true");

        assertThat(store.find(ANN).orElseThrow().settings().threshold()).isEqualTo(Credits.of(10));
        assertThat(store.find(ANN).orElseThrow().method()).isNull();
        assertThat(store.find(ANN).orElseThrow().customerId()).isNull();
    }

    @Test
    void the_sweep_leaves_out_ids_that_no_account_can_have() throws SQLException {
        host = host(IdType.TEXT, BalanceType.INTEGER);
        host.execute("insert into users (id) values (' padded'), (''), ('ann')");
        host.execute("update users set auto_recharge_enabled = true, stripe_customer_id = 'cus_1', "
                + "stripe_payment_method_id = 'pm_1'");
        store = host.store();

        assertThat(store.sweep(false, NOW)).isEqualTo(1);
        assertThat(store.takeDue(NOW, NOW.plusSeconds(1), 10)).containsExactly(AccountId.of("ann"));
    }

    @Test
    void ids_that_cannot_be_read_take_no_place_in_a_batch() throws SQLException {
        host = host(IdType.TEXT, BalanceType.INTEGER);
        store = host.store();
        for (int i = 0; i < 10; i++) {
            host.execute(
                    "insert into users (id) values (' padded %d'), ('line\nbreak %d'), ('user %d')".formatted(i, i, i));
            // For longer than all others.
            host.execute(
                    "insert into auto_recharge_state (account_id, due_at) values (' padded %d', '2026-01-01 00:00:00'),"
                                    .formatted(i)
                            + " ('line\nbreak %d', '2026-01-01 00:00:00')".formatted(i));
            store.markDue(AccountId.of("user " + i), NOW);
        }

        for (int round = 0; round < 3; round++) {
            Instant now = NOW.plusSeconds(round);
            Instant lease = now.plusSeconds(1);
            List<AccountId> taken = new ArrayList<>();
            for (int batch = 0; batch < 5; batch++) {
                assertThat(store.takeDue(now, lease, 2)).hasSize(2).allSatisfy(taken::add);
            }
            assertThat(store.takeDue(now, lease, 2)).isEmpty();
            assertThat(taken).extracting(AccountId::value).containsExactlyInAnyOrderElementsOf(readable());
        }
    }

    private static List<String> readable() {
        return IntStream.range(0, 10).mapToObj(i -> "user " + i).toList();
    }

    @Test
    void a_checkout_is_not_opened_whose_credits_would_not_fit() throws SQLException {
        JdbcStore narrow = again(BalanceType.numeric(3, 0));
        host.execute("update users set credits = 950 where id = 1");
        Checkout page = new Checkout(
                new CheckoutOffer(
                        ANN, new CheckoutId("c1"), 100, Money.of("9.00", "USD"), false, null, NOW, null, null),
                new CheckoutProgress(null, CheckoutState.OPEN, NOW, 0, null));

        assertThatThrownBy(() -> narrow.inTransaction(ANN, tx -> {
                    tx.save(page);
                    return true;
                }))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("users.credits");
    }

    @Test
    void a_ledger_that_was_kept_when_the_other_tables_were_dropped_goes_on_counting() throws SQLException {
        store.debit(Debit.of(ANN, Credits.of(1), "job-1", null), false, NOW);
        store.debit(Debit.of(ANN, Credits.of(1), "job-2", null), false, NOW);
        for (String table : DatabaseContract.TABLES) {
            if (table.startsWith("auto_recharge_")) {
                host.execute("drop table " + table);
            }
        }
        host.execute("drop table auto_recharge_schema");

        host.migrator().migrate();

        DebitResult next = store.debit(Debit.of(ANN, Credits.of(1), "job-3", null), false, NOW);
        assertThat(((DebitResult.Applied) next).entry().sequence()).isEqualTo(3);
        assertThat(store.debit(Debit.of(ANN, Credits.of(1), "job-1", null), false, NOW))
                .isInstanceOf(DebitResult.Replayed.class);
    }

    @Test
    void a_ledger_without_its_keys_is_found_wanting() throws SQLException {
        host.migrator().check();
        host.execute("alter table credit_transactions drop constraint credit_transactions_reference");

        assertThatThrownBy(() -> host.migrator().check())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a unique index on credit_transactions (user_id, reference)");
    }

    @Test
    void a_foreign_key_is_no_column_that_is_missing() {
        ConnectionPort connections = ConnectionPort.of(database);
        Migrator tied = Migrator.create(
                connections, Dialect.detect(connections), host.table().withForeignKey());
        tied.migrate();

        assertThatCode(tied::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id integer unique, credits integer | idColumn must be a column of users that is not null: id",
                "id integer primary key, credits integer generated always as (1) | balanceColumn must not be a generated column of users, which cannot be written: credits",
            })
    void refuses_columns_that_cannot_serve(String columns, String reason) throws SQLException {
        database = pooled(newDatabase());
        HostTable odd = new HostTable(database, IdType.INTEGER, BalanceType.INTEGER);
        boolean stored = Dialect.detect(ConnectionPort.of(database)) == Dialect.POSTGRESQL;
        odd.execute("create table users (" + columns + (stored && columns.endsWith("(1)") ? " stored" : "") + ")");

        assertThatThrownBy(() -> odd.migrator().migrate())
                .isInstanceOf(InvalidValueException.class)
                .hasMessage(reason);
    }

    @Test
    void a_sequence_of_the_hosts_own_is_not_taken_for_the_librarys() throws SQLException {
        database = pooled(newDatabase());
        HostTable odd = new HostTable(database, IdType.INTEGER, BalanceType.INTEGER);
        odd.execute("create table users (id integer primary key, credits integer)");
        odd.execute("create table credit_transactions (user_id integer, seq bigint, amount numeric(19, 6), "
                + "balance_after numeric(19, 6), description varchar(500), created_at timestamp(6) with time zone)");
        odd.execute("insert into credit_transactions (user_id, seq) values (1, 7)");

        assertThatThrownBy(() -> odd.migrator().migrate())
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("credit_transactions.seq must be renamed: it is your own column,"
                        + " and its values would count as the library's: bigint");
    }

    @Test
    void names_are_quoted_as_the_host_writes_them() throws SQLException {
        host.execute("create table \"Order\" (\"Select\" integer primary key, \"From Where\" integer not null)");
        host.execute("insert into \"Order\" values (1, 50)");
        AccountsTable odd =
                AccountsTable.of("\"Order\"", "\"Select\"", IdType.INTEGER, "\"From Where\"", BalanceType.INTEGER);
        host.execute("drop table auto_recharge_schema");
        ConnectionPort connections = ConnectionPort.of(database);
        Dialect dialect = Dialect.detect(connections);
        Migrator.create(connections, dialect, odd).migrate();
        JdbcStore quoted = JdbcStore.create(connections, dialect, odd, Credits.of(10));

        assertThat(quoted.debit(Debit.of(ANN, Credits.of(1), "job", null), false, NOW)
                        .balance())
                .isEqualTo(Credits.of(49));
        assertThat(quoted.find(ANN)).isPresent();
        assertThat(quoted.sweep(false, NOW)).isZero();
    }

    /** The same users with credits of another type. */
    private JdbcStore again(BalanceType type) throws SQLException {
        host = host(IdType.INTEGER, type);
        host.execute("insert into users (id, name) values (1, 'Ann')");
        host.execute("insert into users (id, name) values (2, 'Ben')");
        return host.store();
    }

    private AutoRecharge library() {
        RechargePolicy policy =
                RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, Money.of("9.00", "USD"))));
        return AutoRecharge.builder(policy, store, gateway)
                .clock(clock)
                .callsPerSecond(100_000)
                .build();
    }

    private void enable(AutoRecharge library, AccountId account) {
        store.inTransaction(account, tx -> {
            tx.savePaymentMethod(account.equals(ANN) ? CARD : CARD_OF_BEN);
            tx.save(tx.account().state().withConsent(new Consent("v1", clock.instant())));
            tx.save(new Settings(true, 100, Credits.of(10)));
            return true;
        });
        assertThat(library.settings(account).enabled()).isTrue();
    }
}

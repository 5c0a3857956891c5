package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.zaxxer.hikari.HikariDataSource;
import io.autorecharge.AutoRecharge;
import io.autorecharge.account.Account;
import io.autorecharge.account.AgreedPackage;
import io.autorecharge.account.Agreement;
import io.autorecharge.account.Consent;
import io.autorecharge.account.ConsentRecord;
import io.autorecharge.account.MethodPlace;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension;
import io.autorecharge.account.UsageMark;
import io.autorecharge.account.UserRules;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.CheckoutOffer;
import io.autorecharge.store.CheckoutProgress;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeWithAttempt;
import io.autorecharge.testkit.FakeGateway;
import io.autorecharge.testkit.Reports;
import io.autorecharge.testkit.SettableClock;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that the first version created and filled, upgraded to this one. */
abstract class UpgradeContract {
    private static final AccountId ANN = AccountId.of("ann");
    private static final AccountId BEN = AccountId.of("ben");
    private static final AccountId CLEO = AccountId.of("cleo");
    private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");

    private HikariDataSource pool;

    abstract DataSource newDatabase();

    @BeforeEach
    void makeTheFirstVersion() throws Exception {
        pool = DatabaseContract.pool(newDatabase(), true);
        Dialect dialect = Dialect.detect(ConnectionPort.of(pool));
        run("V1_" + dialect.folder() + ".sql");
        run("V1_data.sql");
    }

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Test
    void keeps_every_balance_entry_and_setting() {
        Migrator.of(pool).migrate();
        JdbcStore store = JdbcStore.of(pool);

        Account ann = store.find(ANN).orElseThrow();
        assertThat(ann.balance()).isEqualTo(Credits.of("4.5"));
        assertThat(ann.settings()).isEqualTo(new Settings(true, 100, Credits.of(10)));
        assertThat(ann.method().last4()).isEqualTo("4242");
        assertThat(ann.state().consent()).isEqualTo(new Consent("1", Instant.parse("2026-10-01T10:00:00Z")));
        assertThat(store.entries(ANN, Long.MAX_VALUE, 10))
                .extracting(LedgerEntry::sequence, LedgerEntry::reference, LedgerEntry::balanceAfter)
                .containsExactly(
                        tuple(3L, "job-1", Credits.of("4.5")),
                        tuple(2L, "bonus:pi_1", Credits.of(70)),
                        tuple(1L, "pi_1", Credits.of(50)));
        assertThat(store.balance(BEN)).isEqualTo(Credits.of(7));
        assertThat(store.balance(CLEO)).isEqualTo(Credits.ZERO);
        assertThat(store.isHandled("evt_1")).isTrue();
        assertThat(store.undelivered(NOW, 10)).extracting(AutoRechargeEvent::id).containsExactly("PURCHASE_PAID:c0");
    }

    @Test
    void checkouts_of_before_are_purchases_and_new_ones_may_add_a_payment_method() {
        Migrator.of(pool).migrate();
        JdbcStore store = JdbcStore.of(pool);
        Checkout setup = new Checkout(
                new CheckoutOffer(
                        ANN,
                        new CheckoutId("setup"),
                        0,
                        Money.of("0", "USD"),
                        false,
                        null,
                        NOW,
                        null,
                        new InstallationId("ours"),
                        MethodPlace.BACKUP),
                CheckoutProgress.offered(NOW));
        List<Checkout> before =
                store.inTransaction(ANN, tx -> tx.openCheckouts().stream().toList());

        store.inTransaction(ANN, tx -> {
            tx.save(setup);
            return tx;
        });

        assertThat(before).allSatisfy(it -> assertThat(it.saves()).isNull());
        List<Checkout> after =
                store.inTransaction(ANN, tx -> tx.openCheckouts().stream().toList());
        assertThat(after).contains(setup).containsAll(before);
    }

    @Test
    void goes_on_counting_where_each_ledger_ended() {
        Migrator.of(pool).migrate();
        JdbcStore store = JdbcStore.of(pool);

        store.debit(Debit.of(ANN, Credits.of(1), "job-2", null), false, NOW);
        store.grant(new Grant(BEN, Credits.of(1), Category.PAID, "g", "Gift"), NOW);
        store.grant(new Grant(CLEO, Credits.of(1), Category.PAID, "g", "Gift"), NOW);

        assertThat(store.entries(ANN, Long.MAX_VALUE, 1).get(0).sequence()).isEqualTo(4);
        assertThat(store.entries(BEN, Long.MAX_VALUE, 1).get(0).sequence()).isEqualTo(2);
        assertThat(store.entries(CLEO, Long.MAX_VALUE, 1).get(0).sequence()).isEqualTo(1);
    }

    @Test
    void finds_what_was_under_way() {
        Migrator.of(pool).migrate();
        JdbcStore store = JdbcStore.of(pool);

        assertThat(store.takeDue(NOW, NOW.plusSeconds(60), 10)).containsExactly(ANN);
        RechargeWithAttempt open = store.inTransaction(
                ANN, tx -> tx.rechargeOf(new AttemptId("a1")).orElseThrow());
        assertThat(store.inTransaction(ANN, tx -> tx.openRecharge().orElseThrow())
                        .recharge())
                .isEqualTo(open.recharge());
        assertThat(open.attempt().inDoubt()).isTrue();
        Checkout page = store.inTransaction(BEN, tx -> tx.openCheckouts().get(0));
        assertThat(page.sessionId()).isEqualTo("cs_1");
    }

    @Test
    void an_agreement_from_before_is_bound_by_the_prices_of_the_first_start_and_by_what_was_paid() {
        Migrator.of(pool).migrate();
        JdbcStore store = JdbcStore.of(pool);
        SettableClock clock = new SettableClock();
        clock.advance(Duration.between(clock.instant(), NOW));
        FakeGateway gateway = new FakeGateway(clock);
        try (AutoRecharge first = selling(store, gateway, clock, "9.00")) {
            first.installation();
            assertThat(first.consents(ANN))
                    .as("no account is touched at the start")
                    .isEmpty();
        }

        try (AutoRecharge dearer = selling(store, gateway, clock, "9.50")) {
            assertThat(dearer.status(ANN).missing()).contains(HoldReason.PRICE_CHANGED);
            settleOpen(dearer);
            clock.advance(Duration.ofHours(1));
            dearer.debit(Debit.of(ANN, Credits.of(120), "job-9", null));
            dearer.check(ANN);
            assertThat(gateway.captures(ANN)).isEmpty();
        }

        try (AutoRecharge again = selling(store, gateway, clock, "9.00")) {
            again.check(ANN);

            assertThat(gateway.captures(ANN)).hasSize(1);
            ConsentRecord record = again.consents(ANN).get(0);
            assertThat(record.source()).isEqualTo(Consent.Source.MIGRATION);
            assertThat(record.version()).isEqualTo("1");
            assertThat(record.bought()).isEqualTo(new AgreedPackage(100, Credits.of(20), Money.of("9.00", "USD")));
            assertThat(record.max()).isEqualTo(Money.of("9.00", "USD"));
            assertThat(again.recharges(ANN, 2))
                    .extracting(it -> it.recharge().consent())
                    .as("the one from before names none")
                    .containsExactly(1, null);
        }
        assertThat(Verification.of(pool).verify(clock.instant()).violations())
                .filteredOn(it ->
                        it.rule() == Invariant.CONSENTS_ARE_RECORDED || it.rule() == Invariant.CONSENTS_ARE_OBEYED)
                .isEmpty();
    }

    @Test
    void an_agreement_from_before_keeps_the_maximum_that_it_had() throws Exception {
        Migrator.of(pool).migrate();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("update auto_recharge_state set consent_max_minor = 1800, consent_max_currency = 'USD',"
                    + " consent_source = 'SETTINGS' where account_id = 'ann'");
        }
        JdbcStore store = JdbcStore.of(pool);
        SettableClock clock = new SettableClock();
        clock.advance(Duration.between(clock.instant(), NOW));
        FakeGateway gateway = new FakeGateway(clock);
        try (AutoRecharge library = selling(store, gateway, clock, "9.00")) {
            library.save(ANN, new Settings(false, 100, Credits.of(10)), Agreement.none());

            assertThat(library.consents(ANN))
                    .extracting(ConsentRecord::kind, ConsentRecord::source, ConsentRecord::max)
                    .containsExactly(
                            tuple(ConsentRecord.Kind.GIVEN, Consent.Source.MIGRATION, Money.of("18.00", "USD")),
                            tuple(ConsentRecord.Kind.REVOKED, Consent.Source.SETTINGS, null));
        }
    }

    private static AutoRecharge selling(JdbcStore store, FakeGateway gateway, SettableClock clock, String price) {
        RechargePolicy policy =
                RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, Money.of(price, "USD"))));
        return AutoRecharge.builder(policy, store, gateway)
                .clock(clock)
                .afterCommit(task -> {})
                .build();
    }

    private static void settleOpen(AutoRecharge library) {
        library.settle(
                Reports.charge(library, ANN, new AttemptId("a1"), new Outcome.Paid("pi_a1", Money.of("9.00", "USD"))));
        assertThat(library.recharges(ANN, 1).get(0).recharge().state()).isEqualTo(RechargeState.PAID);
    }

    @Test
    void makes_the_payment_method_and_its_stop_the_list_of_the_account() throws Exception {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "update auto_recharge_state set declines = 3, suspension_reason = 'REPEATED_DECLINES',"
                            + " suspended_since = '2026-10-02 10:00:00', suspended_fingerprint = 'fp_ann' where account_id = 'ann'");
        }
        Migrator.of(pool).migrate();
        JdbcStore store = JdbcStore.of(pool);

        PaymentMethods methods = store.methods(ANN);
        assertThat(methods.all()).singleElement().satisfies(it -> {
            assertThat(it.method().id()).isEqualTo("pm_ann");
            assertThat(it.method().fingerprint()).isEqualTo("fp_ann");
            assertThat(it.declines()).isEqualTo(3);
            assertThat(it.stop().reason()).isEqualTo(Suspension.Reason.REPEATED_DECLINES);
        });
        assertThat(store.methods(BEN).all()).isEmpty();
        RechargeWithAttempt open =
                store.inTransaction(ANN, tx -> tx.openRecharge().orElseThrow());
        assertThat(open.recharge().maxAttempts()).isEqualTo(1);

        PaymentMethod backup = new PaymentMethod("cus_ann", "pm_backup", "visa", "1881", "fp_backup");
        store.inTransaction(ANN, tx -> {
            tx.save(tx.methods().adding(backup));
            return true;
        });
        assertThat(store.methods(ANN).all())
                .extracting(it -> it.method().id(), it -> it.stop() == null)
                .containsExactly(tuple("pm_ann", false), tuple("pm_backup", true));
    }

    @Test
    void an_account_has_no_rules_of_its_own_until_its_user_sets_them() {
        Migrator.of(pool).migrate();
        JdbcStore store = JdbcStore.of(pool);

        assertThat(store.find(ANN).orElseThrow().state().rules()).isEqualTo(UserRules.NONE);
        store.inTransaction(ANN, tx -> {
            tx.save(tx.account().state().withRules(new UserRules(Money.of("40.00", "EUR"))));
            return true;
        });
        assertThat(store.find(ANN).orElseThrow().state().rules().monthlyLimit()).isEqualTo(Money.of("40.00", "EUR"));
    }

    @Test
    void begins_to_measure_how_credits_are_used() {
        Migrator.of(pool).migrate();
        JdbcStore store = JdbcStore.of(pool);
        assertThat(store.find(ANN).orElseThrow().state().usage()).isNull();
        Credits before = store.balance(ANN);
        Instant now = Instant.parse("2026-11-02T10:00:00Z");

        store.grant(new Grant(ANN, Credits.of(7), Category.PROMOTIONAL, "after the upgrade", "Gift"), now);
        UsageMark mark = store.inTransaction(ANN, tx -> {
            assertThat(tx.usageMarks()).isEmpty();
            tx.saveMarks(tx.usageMark(now), List.of());
            return tx.usageMark(now);
        });
        assertThat(mark.credited()).isEqualTo(Credits.of(7));
        assertThat(mark.balance()).isEqualTo(before.plus(Credits.of(7)));
        List<UsageMark> kept = store.inTransaction(ANN, tx -> tx.usageMarks());
        assertThat(kept).containsExactly(mark);
    }

    @Test
    void a_second_run_changes_nothing() throws Exception {
        Migrator.of(pool).migrate();
        List<String> once = everything();

        Migrator.of(pool).migrate();
        assertThat(everything()).isEqualTo(once);
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("delete from auto_recharge_schema where version > 1");
        }
        Migrator.of(pool).migrate();
        assertThat(everything()).isEqualTo(once);
    }

    private List<String> everything() throws Exception {
        List<String> found = new ArrayList<>();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : DatabaseContract.TABLES) {
                try (ResultSet rows = statement.executeQuery("select * from " + table)) {
                    while (rows.next()) {
                        StringBuilder row = new StringBuilder(table);
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            row.append('|').append(rows.getString(i));
                        }
                        found.add(row.toString());
                    }
                }
            }
        }
        return found.stream().sorted().toList();
    }

    private void run(String script) throws Exception {
        boolean zoned = Dialect.detect(ConnectionPort.of(pool)) != Dialect.MARIADB;
        String text;
        try (var in = UpgradeContract.class.getResourceAsStream("released/" + script)) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*$", "");
        }
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String one : text.split(";")) {
                if (!one.isBlank()) {
                    statement.execute(zoned ? one : one.replace("+00:00'", "'"));
                }
            }
        }
    }
}

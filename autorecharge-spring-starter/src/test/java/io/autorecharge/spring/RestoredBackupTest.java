package io.autorecharge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autorecharge.AutoRecharge;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.jdbc.JdbcStore;
import io.autorecharge.jdbc.Migrator;
import io.autorecharge.jdbc.Verification;
import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.Binding;
import io.autorecharge.store.RechargeState;
import io.autorecharge.stripe.StripeGateway;
import io.autorecharge.stripe.StripeSettings;
import io.autorecharge.stripe.simulator.Fault;
import io.autorecharge.stripe.simulator.SimulatorOptions;
import io.autorecharge.stripe.simulator.StripeSimulator;
import io.autorecharge.testkit.SettableClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A PostgreSQL database that is restored from a backup, while Stripe has recorded later payments: 100 credits cost 9 dollars, with 20 on
 * top. What the accounts do before the backup is in it; what they do afterwards is lost with the database.
 */
@Tag("database")
class RestoredBackupTest {
    private static final AccountId ALICE = AccountId.of("alice");
    private static final AccountId BOB = AccountId.of("bob");
    private static final AccountId CLEO = AccountId.of("cleo");
    private static final AccountId DORA = AccountId.of("dora");
    private static final AccountId ERIN = AccountId.of("erin");
    private static final AccountId FRED = AccountId.of("fred");
    private static final List<AccountId> ALL = List.of(ALICE, BOB, CLEO, DORA, ERIN, FRED);
    private static final RechargePolicy POLICY =
            RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, Money.of("9.00", "USD"))));
    private static final List<Integer> CODES = new ArrayList<>();

    private final StripeSimulator stripe = StripeSimulator.start(SimulatorOptions.defaults());
    private final SettableClock clock = new SettableClock();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<AutoRecharge> nodes = new ArrayList<>();
    private final PGSimpleDataSource lost = (PGSimpleDataSource) PostgreSqlFixture.newDatabase();
    private PGSimpleDataSource restored;
    private Instant backup;
    private AutoRecharge node;

    /** The host's application, started once with the command's option. */
    @Configuration(proxyBeanMethods = false)
    @EnableLibraryOnly
    static class App {
        @Bean
        DataSource database(@Value("${database}") String url) {
            PGSimpleDataSource database = new PGSimpleDataSource();
            database.setURL(url);
            database.setUser("postgres");
            return database;
        }

        @Bean
        ProcessExit exit() {
            return CODES::add;
        }
    }

    @BeforeEach
    void run_back_up_and_go_on() throws Exception {
        CODES.clear();
        clock.set(Instant.now().truncatedTo(ChronoUnit.MILLIS));
        Migrator.of(lost).migrate();
        node = node(lost);
        for (AccountId account : List.of(ALICE, BOB, DORA, ERIN, FRED)) {
            buy(account);
        }
        use(BOB, 115);
        stripe.faults().next("POST /v1/payment_intents", Fault.RESET_AFTER_EXECUTION);
        node.check(BOB);
        assertThat(node.recharges(BOB, 1).get(0).attempt().state()).isEqualTo(AttemptState.OPEN);

        backup = clock.instant();
        restored = copy(lost);

        clock.advance(Duration.ofMinutes(1));
        recharge(ALICE);
        node.check(BOB);
        buy(CLEO);
        refund(DORA, "450");
        stripe.issuer().declineNext(customer(ERIN), "insufficient_funds");
        recharge(ERIN);
        JsonNode bank = post("/v1/payment_methods/pm_usBankAccount_success/attach", "customer=" + customer(FRED));
        node.savePaymentMethod(
                FRED, new PaymentMethod(customer(FRED), bank.get("id").textValue(), null, null, null));
        recharge(FRED);
        assertThat(node.balance(ALICE)).isEqualTo(Credits.of(125));
        assertThat(node.recharges(FRED, 1).get(0).attempt().detail()).isEqualTo("processing");
    }

    @AfterEach
    void close() {
        nodes.forEach(AutoRecharge::close);
        stripe.close();
    }

    @Test
    void row_48_a_restored_database_charges_nobody_before_an_operator_confirms_it() {
        int charged = stripe.history().captures().size();
        AutoRecharge careless = node(restored);
        careless.debit(Debit.of(ALICE, Credits.of(115), "again", null));

        ALL.forEach(careless::check);

        assertThat(stripe.history().captures()).hasSize(charged);
        assertThat(careless.status(ALICE).reason()).isEqualTo("DATABASE_NOT_CONFIRMED");
    }

    @Test
    void row_48_without_reconciling_a_payment_is_lost_and_its_customer_charged_a_second_time() throws Exception {
        confirm();
        AutoRecharge careless = node(restored);
        careless.debit(Debit.of(ALICE, Credits.of(115), "again", null));
        careless.check(ALICE);
        clock.advance(Duration.ofHours(1));
        ALL.forEach(careless::check);

        assertThat(stripe.history().capturesBy("autorecharge_account")).containsEntry("alice", 3);
        assertThat(purchases(restored)).containsEntry("alice", 2).doesNotContainKey("cleo");
    }

    @Test
    void row_48_reconciled_with_stripes_books_a_restored_database_agrees_with_them_and_no_account_is_charged_twice()
            throws Exception {
        assertThat(command()).isEqualTo(0);

        assertThat(purchases(restored)).isEqualTo(stripe.history().capturesBy("autorecharge_account"));
        confirm();
        AutoRecharge after = node(restored);
        assertThat(after.balance(ALICE)).as("what she used since is forgotten").isEqualTo(Credits.of(240));
        assertThat(after.balance(BOB)).isEqualTo(Credits.of(125));
        assertThat(after.balance(CLEO)).isEqualTo(Credits.of(120));
        assertThat(after.settings(CLEO).enabled()).isTrue();
        assertThat(after.balance(DORA)).isEqualTo(Credits.of(60));
        assertThat(after.status(DORA).reason()).isEqualTo("REFUNDED");
        assertThat(after.balance(ERIN)).isEqualTo(Credits.of(120));
        assertThat(after.recharges(FRED, 1).get(0).recharge().state()).isEqualTo(RechargeState.OPEN);
        assertThat(Verification.of(restored).verify(Instant.now()).violations()).isEmpty();

        Map<String, List<Map<String, Object>>> before = rows(restored);
        assertThat(command()).isEqualTo(0);
        assertThat(rows(restored)).as("a second time changes nothing").isEqualTo(before);

        use(after, FRED, 115);
        for (AccountId account : ALL) {
            after.check(account);
        }
        assertThat(stripe.history().capturesBy("autorecharge_account"))
                .as("no account is charged, not even beside the open recharge")
                .isEqualTo(purchases(restored));
        stripe.bankDebits().succeed(after.recharges(FRED, 1).get(0).attempt().providerReference());
        later(Duration.ofHours(7));
        ALL.forEach(after::check);
        assertThat(after.recharges(FRED, 1).get(0).recharge().state()).isEqualTo(RechargeState.PAID);
        assertThat(purchases(restored)).isEqualTo(stripe.history().capturesBy("autorecharge_account"));
        assertThat(Verification.of(restored).verify(clock.instant()).violations())
                .isEmpty();
    }

    @Test
    void undecidable_payments_and_an_unreadable_history_end_the_command_with_three() throws Exception {
        post(
                "/v1/payment_intents",
                "amount=900&currency=usd&customer=" + customer(ALICE) + "&metadata[autorecharge_attempt]=spoilt");
        assertThat(command()).isEqualTo(RunOnce.PROVIDER_FAILED);
        assertThat(purchases(restored)).as("everything else is restored").containsEntry("alice", 2);

        stripe.faults().always("GET /v1/payment_intents", Fault.UNAVAILABLE_BEFORE_EXECUTION);
        assertThat(command()).isEqualTo(RunOnce.PROVIDER_FAILED);
    }

    @Test
    void a_debit_before_the_reconciliation_is_followed_by_no_charge() throws Exception {
        int charged = stripe.history().captures().size();

        assertThat(command(DebitsAtStart.class)).isEqualTo(0);

        assertThat(stripe.history().captures()).hasSize(charged);
        assertThat(purchases(restored)).isEqualTo(stripe.history().capturesBy("autorecharge_account"));
        assertThat(node(restored).balance(ALICE)).isEqualTo(Credits.of(125));
    }

    /** The host's application, with a consumer that is at work before the command begins. */
    @Configuration(proxyBeanMethods = false)
    static class DebitsAtStart extends App {
        @Bean
        CommandLineRunner consumer(AutoRecharge autoRecharge) {
            // Crosses the threshold; the context's end waits for what that begins.
            return arguments -> autoRecharge.debit(Debit.of(ALICE, Credits.of(115), "at start", null));
        }
    }

    private int command() {
        return command(App.class);
    }

    /** As the command does. */
    private void confirm() {
        JdbcStore store = JdbcStore.of(restored);
        InstallationId id = node.installation();
        store.bind(id, new Binding(store.identity().onAnyServer(), null, clock.instant(), clock.instant()));
    }

    private int command(Class<?> application) {
        CODES.clear();
        SpringApplication.run(
                application,
                "--autorecharge.reconcile-since=" + backup,
                "--autorecharge.packages[0].credits=100",
                "--autorecharge.packages[0].price=9.00",
                "--autorecharge.stripe.secret-key=" + SimulatorOptions.SECRET_KEY,
                "--autorecharge.stripe.api-base=" + stripe.baseUrl(),
                "--autorecharge.stripe.success-url=http://localhost/paid",
                "--autorecharge.stripe.cancel-url=http://localhost/cancelled",
                "--database=" + restored.getUrl());
        assertThat(CODES).hasSize(1);
        return CODES.get(0);
    }

    private AutoRecharge node(DataSource database) {
        StripeSettings settings = StripeSettings.builder(
                        SimulatorOptions.SECRET_KEY, "http://localhost/paid", "http://localhost/cancelled")
                .apiBase(stripe.baseUrl())
                .build();
        AutoRecharge made = AutoRecharge.builder(POLICY, JdbcStore.of(database), new StripeGateway(settings))
                .clock(clock)
                .afterCommit(task -> {})
                .build();
        // A settled report requests no check on another thread: the test checks the accounts itself.
        made.close();
        nodes.add(made);
        return made;
    }

    /** With a checkout that enables auto-recharge. */
    private void buy(AccountId account) throws Exception {
        URI page = node.openCheckout(account, 100, "terms", null).url();
        HttpRequest request = HttpRequest.newBuilder(page)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("number=4242424242424242&expiry=12%2F99&cvc=123&email=a%40example.org"))
                .build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(303);
        node.refreshCheckouts(account);
        assertThat(node.balance(account)).isEqualTo(Credits.of(120));
    }

    private void use(AccountId account, int credits) {
        use(node, account, credits);
    }

    private static void use(AutoRecharge on, AccountId account, int credits) {
        on.debit(Debit.of(account, Credits.of(credits), "use-" + credits, null));
    }

    private void recharge(AccountId account) {
        use(account, 115);
        node.check(account);
    }

    private String customer(AccountId account) {
        return new JdbcTemplate(lost)
                .queryForObject(
                        "select stripe_customer_id from credit_accounts where id = ?", String.class, account.value());
    }

    private void refund(AccountId account, String amount) throws Exception {
        String payment = stripe.history().captures(customer(account)).get(0).paymentIntentId();
        post("/v1/refunds", "payment_intent=" + payment + "&amount=" + amount);
    }

    private JsonNode post(String path, String form) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(stripe.baseUrl() + path))
                .header("Authorization", "Bearer " + SimulatorOptions.SECRET_KEY)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        String body = http.send(request, BodyHandlers.ofString()).body();
        JsonNode answer = new ObjectMapper().readTree(body);
        assertThat(answer.has("error")).as(body).isFalse();
        return answer;
    }

    private void later(Duration time) {
        clock.advance(time);
        stripe.advanceClock(time);
    }

    /** A whole database, as it is at this moment. */
    private static PGSimpleDataSource copy(PGSimpleDataSource original) throws Exception {
        PGSimpleDataSource server = new PGSimpleDataSource();
        server.setURL(original.getUrl());
        server.setUser("postgres");
        server.setDatabaseName("postgres");
        String name = original.getDatabaseName() + "_restored";
        new JdbcTemplate(server).execute("create database " + name + " template " + original.getDatabaseName());
        PGSimpleDataSource copy = new PGSimpleDataSource();
        copy.setURL(original.getUrl());
        copy.setUser("postgres");
        copy.setDatabaseName(name);
        return copy;
    }

    /** Payments that were granted, by account. */
    private static Map<String, Integer> purchases(DataSource database) {
        Map<String, Integer> counts = new TreeMap<>();
        new JdbcTemplate(database)
                .query(
                        "select user_id, count(*) as n from credit_transactions where type = 'PURCHASE' group by user_id",
                        row -> {
                            counts.put(row.getString("user_id"), row.getInt("n"));
                        });
        return counts;
    }

    private static Map<String, List<Map<String, Object>>> rows(DataSource database) {
        JdbcTemplate jdbc = new JdbcTemplate(database);
        Map<String, List<Map<String, Object>>> rows = new TreeMap<>();
        for (String table : jdbc.queryForList(
                "select table_name from information_schema.tables where table_schema = 'public'", String.class)) {
            rows.put(table, jdbc.queryForList("select * from " + table + " order by 1, 2"));
        }
        return rows;
    }
}

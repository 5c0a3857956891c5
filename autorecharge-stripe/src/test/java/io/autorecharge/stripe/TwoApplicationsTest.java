package io.autorecharge.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonObject;
import io.autorecharge.AutoRecharge;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.CustomerOwner;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.report.Reconciliation;
import io.autorecharge.report.Status;
import io.autorecharge.stripe.simulator.Capture;
import io.autorecharge.stripe.simulator.WebhookEndpoint;
import io.autorecharge.testkit.InMemoryStore;
import io.autorecharge.testkit.Race;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two applications with a database each use one Stripe account. Both have a user whose id is 1, and both receive every event. */
class TwoApplicationsTest {
    private static final AccountId USER = new AccountId("1");
    private static final Money PRICE = Money.of("9.00", "USD");
    private static final Credits RECHARGED = Credits.of(125);

    private final SimulatedStripe stripe = new SimulatedStripe();
    private final Application shop = new Application();
    private final Application forum = new Application();

    private final class Application implements AutoCloseable {
        final InMemoryStore store = new InMemoryStore();
        final List<AutoRechargeEvent> events = new CopyOnWriteArrayList<>();
        final List<ProviderReport> ignored = new CopyOnWriteArrayList<>();
        final AutoRecharge library = AutoRecharge.builder(
                        RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, PRICE))),
                        store,
                        stripe.gateway)
                .callsPerSecond(100_000)
                .listenerExecutor(Runnable::run)
                .listener(events::add)
                .observer(new AutoRechargeObserver() {
                    @Override
                    public void ignored(ProviderReport report) {
                        ignored.add(report);
                    }
                })
                .afterCommit(task -> {})
                .build();
        final HostEndpoint endpoint =
                new HostEndpoint(new StripeWebhook(stripe.settings, stripe.gateway, Clock.systemUTC()), library);

        /** Buys 100 credits in a checkout, and is recharged with 100 once 115 of them are spent. */
        void buyAndRecharge(String card) throws Exception {
            stripe.pay(library.openCheckout(USER, 100, "v1", null).url(), card);
            library.refreshCheckouts(USER);
            library.debit(Debit.of(USER, Credits.of(115), "spent", null));
            library.check(USER);
            awaitDeliveries();
            assertThat(library.balance(USER)).isEqualTo(RECHARGED);
        }

        PaymentMethod method() {
            return store.find(USER).orElseThrow().method();
        }

        @Override
        public void close() {
            library.close();
            endpoint.close();
        }
    }

    @BeforeEach
    void both_receive_every_event() {
        shop.library.close();
        forum.library.close();
        stripe.simulator
                .webhooks()
                .endpoints(
                        WebhookEndpoint.of(shop.endpoint.url(), SimulatedStripe.WEBHOOK_SECRET),
                        WebhookEndpoint.of(forum.endpoint.url(), SimulatedStripe.WEBHOOK_SECRET));
    }

    @AfterEach
    void close() {
        shop.close();
        forum.close();
        stripe.close();
    }

    @Test
    void users_with_the_same_id_have_customers_and_cards_of_their_own() throws Exception {
        shop.buyAndRecharge("4242424242424242");
        forum.buyAndRecharge("5555555555554444");

        assertThat(shop.method().customerId()).isNotEqualTo(forum.method().customerId());
        assertThat(shop.method().brand()).isEqualTo("visa");
        assertThat(forum.method().brand()).isEqualTo("mastercard");
        assertThat(shop.library.balance(USER)).isEqualTo(RECHARGED);
        assertThat(captures()).hasSize(4).doesNotHaveDuplicates();
        assertThat(shop.ignored).isNotEmpty();
        assertThat(forum.ignored).isNotEmpty();
    }

    @Test
    void a_refund_and_a_dispute_in_one_change_nothing_in_the_other_and_are_answered() throws Exception {
        shop.buyAndRecharge("4242424242424242");
        forum.buyAndRecharge("5555555555554444");
        for (Capture capture : captures()) {
            if (isOf(shop, capture)) {
                refund(capture);
            }
        }
        stripe.simulator
                .disputes()
                .open(captures().stream()
                        .filter(it -> isOf(shop, it))
                        .findFirst()
                        .orElseThrow()
                        .paymentIntentId());
        awaitDeliveries();

        assertThat(shop.library.balance(USER)).isEqualTo(Credits.of(-115));
        assertThat(suspension(shop)).isNotNull();
        assertThat(forum.library.balance(USER)).isEqualTo(RECHARGED);
        assertThat(suspension(forum)).isNull();
        assertThat(forum.ignored).anyMatch(ProviderReport.Reversal.class::isInstance);
    }

    @Test
    void a_fraud_warning_in_one_suspends_nobody_in_the_other() throws Exception {
        shop.buyAndRecharge("4242424242424242");
        forum.buyAndRecharge("5555555555554444");
        for (Capture capture : captures()) {
            if (isOf(shop, capture)) {
                stripe.simulator.disputes().warn(capture.paymentIntentId());
            }
        }
        awaitDeliveries();

        assertThat(suspension(shop).reason()).isEqualTo(Suspension.Reason.FRAUD_WARNING);
        assertThat(suspension(forum)).isNull();
    }

    @Test
    void an_incomplete_charge_is_cancelled_by_its_own_application_only() throws Exception {
        shop.buyAndRecharge("4242424242424242");
        forum.buyAndRecharge("5555555555554444");
        String installation = shop.library.installation().value();
        JsonObject started = stripe.post(
                "/v1/payment_intents",
                Map.ofEntries(
                        Map.entry("amount", "900"),
                        Map.entry("currency", "usd"),
                        Map.entry("customer", shop.method().customerId()),
                        Map.entry(
                                "payment_method",
                                stripe.attach(shop.method().customerId(), "pm_card_chargeCustomerFail")),
                        Map.entry("confirm", "true"),
                        Map.entry("off_session", "true"),
                        Map.entry("automatic_payment_methods[enabled]", "true"),
                        Map.entry("automatic_payment_methods[allow_redirects]", "never"),
                        Map.entry("metadata[autorecharge_account]", USER.value()),
                        Map.entry("metadata[autorecharge_attempt]", "of-a-node-that-stopped"),
                        Map.entry("metadata[autorecharge_installation]", installation)));
        awaitDeliveries();

        String intent = started.getAsJsonObject("error")
                .getAsJsonObject("payment_intent")
                .get("id")
                .getAsString();
        assertThat(forum.endpoint.results())
                .as("both were told")
                .anyMatch(it -> it instanceof WebhookResult.Reported reported
                        && reported.report() instanceof ProviderReport.Charge charge
                        && charge.attempt().value().equals("of-a-node-that-stopped"));
        assertThat(stripe.get("/v1/payment_intents/" + intent).get("status").getAsString())
                .as("no row of either names it")
                .isEqualTo("requires_payment_method");
        assertThat(stripe.simulator.history().requests("POST", "/v1/payment_intents/" + intent + "/cancel"))
                .isEmpty();
    }

    @Test
    void the_search_for_missed_refunds_leaves_those_of_the_other_alone_and_asks_once() throws Exception {
        shop.buyAndRecharge("4242424242424242");
        forum.buyAndRecharge("5555555555554444");
        stripe.simulator.webhooks().endpoints();
        refund(captures().stream().filter(it -> isOf(shop, it)).findFirst().orElseThrow());

        forum.library.runOnce();
        int asked = forum.ignored.size();
        forum.library.runOnce();

        assertThat(forum.library.balance(USER)).isEqualTo(RECHARGED);
        assertThat(suspension(forum)).isNull();
        assertThat(forum.ignored).as("not asked about again").hasSize(asked);
    }

    @Test
    void a_reconciliation_grants_nothing_of_the_other_and_reports_it() throws Exception {
        shop.buyAndRecharge("4242424242424242");
        forum.buyAndRecharge("5555555555554444");

        Reconciliation found = forum.library.reconcileSince(Instant.now().minus(Duration.ofHours(1)));

        assertThat(forum.library.balance(USER)).isEqualTo(RECHARGED);
        assertThat(found.known()).isEqualTo(2);
        assertThat(found.granted()).isZero();
        assertThat(found.concerns())
                .extracting(Reconciliation.Concern::reason)
                .containsExactly(Reconciliation.Reason.OTHER_INSTALLATION, Reconciliation.Reason.OTHER_INSTALLATION);
    }

    @Test
    void an_account_that_only_the_other_has_is_not_created() throws Exception {
        shop.buyAndRecharge("4242424242424242");

        assertThat(forum.store.find(USER)).isEmpty();
        assertThat(forum.endpoint.results()).isNotEmpty();
        assertThat(forum.ignored).isNotEmpty();
        forum.library.reconcileSince(Instant.now().minus(Duration.ofHours(1)));
        assertThat(forum.store.find(USER)).isEmpty();
    }

    @Test
    void a_customer_of_the_other_is_refused_when_a_method_is_saved() throws Exception {
        shop.buyAndRecharge("4242424242424242");

        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> forum.library.savePaymentMethod(USER, shop.method()))
                .withMessageContaining("must not belong to another installation");
        assertThat(forum.library.settings(USER).enabled()).isFalse();
    }

    @Test
    void a_customer_of_the_other_that_was_in_the_table_already_is_never_charged_until_a_checkout_replaces_it()
            throws Exception {
        shop.buyAndRecharge("4242424242424242");
        int before = captures().size();
        forum.library.grant(new Grant(USER, Credits.of(5), Category.PROMOTIONAL, "welcome", "Welcome"));
        forum.store.inTransaction(USER, tx -> {
            tx.savePaymentMethod(shop.method());
            return tx;
        });
        forum.library.configure(USER, new Settings(true, 100, Credits.of(10)), "v1");

        forum.library.check(USER);
        forum.library.configure(USER, new Settings(true, 100, Credits.of(10)), "v1");
        forum.library.check(USER);

        assertThat(captures()).hasSize(before);
        Status status = forum.library.status(USER);
        assertThat(status.state()).isEqualTo(Status.State.SUSPENDED);
        assertThat(status.reason()).isEqualTo("OTHER_INSTALLATION");
        assertThat(forum.events)
                .filteredOn(it -> it.type() == EventType.SUSPENDED)
                .extracting(AutoRechargeEvent::reason)
                .containsExactly("OTHER_INSTALLATION");

        stripe.pay(forum.library.openCheckout(USER, 100, "v1", null).url(), "5555555555554444");
        forum.library.refreshCheckouts(USER);

        assertThat(forum.library.status(USER).state()).isEqualTo(Status.State.ACTIVE);
        assertThat(forum.method().customerId()).isNotEqualTo(shop.method().customerId());
        assertThat(forum.method().brand()).isEqualTo("mastercard");
    }

    @Test
    void of_many_that_mark_a_customer_at_once_one_gets_it() throws Exception {
        String customer = stripe.customer();
        List<CustomerOwner> owners = new CopyOnWriteArrayList<>();
        try (Race race = new Race()) {
            race.run(
                    8,
                    number -> owners.add(
                            stripe.gateway.stampCustomer(customer, new InstallationId("installation-" + number))));
        }

        assertThat(owners).filteredOn(it -> it == CustomerOwner.OURS).hasSize(1);
        String carried = stripe.get("/v1/customers/" + customer)
                .getAsJsonObject("metadata")
                .get("autorecharge_installation")
                .getAsString();
        assertThat(stripe.gateway.stampCustomer(customer, new InstallationId(carried)))
                .isEqualTo(CustomerOwner.OURS);
        assertThat(stripe.gateway.stampCustomer(customer, new InstallationId("latecomer")))
                .isEqualTo(CustomerOwner.OTHERS);
    }

    @Test
    void a_customer_that_is_gone_is_nobodys() {
        String deleted = stripe.customer();
        stripe.delete("/v1/customers/" + deleted);

        assertThat(stripe.gateway.stampCustomer(deleted, shop.library.installation()))
                .isEqualTo(CustomerOwner.GONE);
        assertThat(stripe.gateway.stampCustomer("cus_unknown", shop.library.installation()))
                .isEqualTo(CustomerOwner.GONE);
    }

    private static Suspension suspension(Application application) {
        return application.store.find(USER).orElseThrow().state().suspension();
    }

    private boolean isOf(Application application, Capture capture) {
        return stripe.get("/v1/payment_intents/" + capture.paymentIntentId())
                .getAsJsonObject("metadata")
                .get("autorecharge_installation")
                .getAsString()
                .equals(application.library.installation().value());
    }

    private void refund(Capture capture) throws Exception {
        stripe.post("/v1/refunds", Map.of("payment_intent", capture.paymentIntentId()));
        awaitDeliveries();
    }

    private List<Capture> captures() {
        return stripe.simulator.history().captures();
    }

    private void awaitDeliveries() throws InterruptedException {
        assertThat(stripe.simulator.webhooks().awaitIdle(Duration.ofSeconds(20)))
                .isTrue();
    }
}

package io.autorecharge.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.report.RunReport;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeWithAttempt;
import io.autorecharge.stripe.simulator.Capture;
import io.autorecharge.stripe.simulator.WebhookEndpoint;
import io.autorecharge.testkit.InMemoryStore;
import io.autorecharge.testkit.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A host with an account to recharge, a simulated Stripe, and a proxy between them that can fail; all with one clock. Every run is that of a
 * node that has just started, so it knows only what is in the store.
 */
final class FaultRig implements AutoCloseable {
    static final AccountId ALICE = AccountId.of("alice");
    static final Credits BEFORE = Credits.of(1);
    static final Credits AFTER = Credits.of(121);
    static final String CHARGE = "POST /v1/payment_intents";
    static final String CANCEL = "POST /v1/payment_intents/*/cancel";
    static final String LIST = "GET /v1/payment_intents";
    static final String VISA = "pm_card_visa";
    static final RechargePolicy POLICY = policy("9.00");
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    final SettableClock clock = new SettableClock();
    final InMemoryStore store = new InMemoryStore();
    final List<AutoRechargeEvent> events = new CopyOnWriteArrayList<>();
    final SimulatedStripe stripe;
    final FaultProxy proxy;
    final StripeGateway gateway;

    /** Executes the requests of the host; never runs on its own. */
    final AutoRecharge library;

    private final HostEndpoint endpoint;
    private String customer = "";

    FaultRig() {
        this(Duration.ZERO);
    }

    /** @param stripeAhead how far Stripe's clock is ahead of the host's clock */
    FaultRig(Duration stripeAhead) {
        stripe = new SimulatedStripe(Clock.offset(clock, stripeAhead));
        proxy = new FaultProxy(stripe.simulator.baseUrl());
        StripeSettings settings = settings().build();
        gateway = new StripeGateway(settings);
        library = node(POLICY, gateway);
        endpoint = new HostEndpoint(new StripeWebhook(settings, gateway, clock), library);
        stripe.simulator.webhooks().endpoints(WebhookEndpoint.of(endpoint.url(), SimulatedStripe.WEBHOOK_SECRET));
        // From here on, settling starts no work in the background.
        library.close();
    }

    StripeSettings.Builder settings() {
        return SimulatedStripe.settings(proxy.url()).readTimeout(Duration.ofSeconds(20));
    }

    /** 100 credits for this price in dollars, and a bonus of 20. */
    static RechargePolicy policy(String price) {
        return RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, Money.of(price, "USD"))));
    }

    /** Gives the account one credit and this test card, and enables auto-recharge. */
    FaultRig enabled(String card) {
        return enabled(ALICE, card);
    }

    /** Does the same for another account, with a customer of its own. */
    FaultRig enabled(AccountId account, String card) {
        library.grant(new Grant(account, BEFORE, Category.PAID, "start", "Start"));
        customer = stripe.customer();
        library.savePaymentMethod(account, saved(account, card));
        library.configure(account, new Settings(true, 100, Credits.of(10)), "v1");
        return this;
    }

    /** Replaces the card of the account. */
    void card(String card) {
        library.savePaymentMethod(ALICE, saved(ALICE, card));
    }

    private PaymentMethod saved(AccountId account, String card) {
        return new PaymentMethod(customer, stripe.attach(customer, card), null, null, account + "'s " + card);
    }

    String customer() {
        return customer;
    }

    /** Delivers no events to the host. */
    FaultRig withoutWebhooks() {
        stripe.simulator.webhooks().endpoints();
        return this;
    }

    AutoRecharge node(RechargePolicy policy, Gateway gateway) {
        return node(policy, gateway, clock);
    }

    AutoRecharge node(RechargePolicy policy, Gateway gateway, Clock ownClock) {
        return AutoRecharge.builder(policy, store, gateway)
                .clock(ownClock)
                .listenerExecutor(Runnable::run)
                .listener(events::add)
                .callsPerSecond(100_000)
                // The tests are about responses and webhooks, so no run may find reversals first.
                .reversalCheck(Duration.ZERO)
                .afterCommit(task -> {})
                .build();
    }

    RunReport run() {
        return run(gateway);
    }

    RunReport run(Gateway other) {
        try (AutoRecharge node = node(POLICY, other)) {
            return node.runOnce();
        }
    }

    /** A gateway with this read timeout. */
    StripeGateway withReadTimeout(Duration timeout) {
        return new StripeGateway(settings().readTimeout(timeout).build());
    }

    /** Runs in another thread, for tests of what happens while the run waits for a response. */
    CompletableFuture<RunReport> runInBackground() {
        return CompletableFuture.supplyAsync(this::run);
    }

    void awaitHanging(int requests) throws InterruptedException {
        assertThat(stripe.simulator.faults().awaitHanging(requests, TIMEOUT)).isTrue();
    }

    /** Waits until Stripe has captured this often. */
    void awaitCaptures(int captures) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (captures().size() < captures && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(captures()).hasSize(captures);
    }

    RunReport runAfter(Duration pause) {
        clock.advance(pause);
        return run();
    }

    /** Runs the job after every step, for the total time. */
    void runEvery(Duration step, Duration total) {
        for (Duration elapsed = Duration.ZERO; elapsed.compareTo(total) < 0; elapsed = elapsed.plus(step)) {
            runAfter(step);
        }
    }

    /** Runs the job every hour for half a day, every six hours until the third day has passed, and then daily, for the total time. */
    void runFor(Duration total) {
        runEvery(Duration.ofHours(1), Duration.ofHours(12));
        runEvery(Duration.ofHours(6), Duration.ofHours(60));
        runEvery(Duration.ofDays(1), total.minusDays(3));
    }

    /** Waits until every event was delivered and settled. */
    void awaitDeliveries() throws InterruptedException {
        assertThat(stripe.simulator.webhooks().awaitIdle(TIMEOUT)).isTrue();
    }

    List<WebhookResult> webhookResults() {
        return endpoint.results();
    }

    String endpointUrl() {
        return endpoint.url();
    }

    Credits balance() {
        return library.balance(ALICE);
    }

    RechargeWithAttempt last() {
        return library.recharges(ALICE, 1).get(0);
    }

    String attempt() {
        return last().attempt().id().value();
    }

    /** The idempotency key of the last attempt. */
    String key() {
        return key(attempt());
    }

    /** Written out here, because Stripe remembers keys of this form: no change of the code may change them. */
    String key(String attempt) {
        return library.installation().value() + ":" + attempt;
    }

    int declines() {
        return store.find(ALICE).orElseThrow().state().declines();
    }

    Suspension.@Nullable Reason suspensionReason() {
        Suspension stop = store.find(ALICE).orElseThrow().state().suspension();
        return stop == null ? null : stop.reason();
    }

    List<Capture> captures() {
        return stripe.simulator.history().captures();
    }

    /** The idempotency keys of all charge requests that the host sent, in order, whether or not they arrived. */
    List<String> keys() {
        return proxy.requests(CHARGE).stream()
                .map(it -> it.headers().get("idempotency-key"))
                .toList();
    }

    String status(String intent) {
        return stripe.get("/v1/payment_intents/" + intent).get("status").getAsString();
    }

    List<EventType> eventTypes() {
        return events.stream().map(AutoRechargeEvent::type).toList();
    }

    /** Nothing is settled, no decline is counted, and there is no new attempt. */
    void assertInDoubt() {
        assertThat(last().recharge().state()).isEqualTo(RechargeState.OPEN);
        assertThat(library.recharges(ALICE, 10)).hasSize(1);
        assertThat(balance()).isEqualTo(BEFORE);
        assertBlamed(false);
    }

    void assertBlamed(boolean blamed) {
        assertThat(declines() > 0 || suspensionReason() != null)
                .as("a decline is counted")
                .isEqualTo(blamed);
    }

    /** There is one attempt with one key, one capture, and one grant of it with its bonus, and a later run changes nothing. */
    void assertPaidOnce() {
        assertThat(keys()).containsOnly(key());
        assertThat(library.recharges(ALICE, 10)).hasSize(1);
        assertLastPaid();
        assertThat(captures()).hasSize(1);
        assertThat(balance()).isEqualTo(AFTER);
        runAfter(Duration.ofDays(1));
        assertThat(captures()).hasSize(1);
        assertThat(balance()).isEqualTo(AFTER);
        assertBlamed(false);
    }

    /** The last recharge is paid by the last capture, and its grant has the id of that capture. */
    void assertLastPaid() {
        Capture capture = captures().get(captures().size() - 1);
        assertThat(last().recharge().state()).isEqualTo(RechargeState.PAID);
        assertThat(last().attempt().providerReference()).isEqualTo(capture.paymentIntentId());
        assertThat(capture.metadata())
                .containsEntry(Metadata.ATTEMPT, attempt())
                .containsEntry(Metadata.INSTALLATION, library.installation().value());
        assertThat(library.entries(ALICE, 100))
                .filteredOn(it -> it.reference().contains(capture.paymentIntentId()))
                .extracting(LedgerEntry::type)
                .as("the grant of the capture")
                .filteredOn(it -> it != EntryType.REVERSAL)
                .containsExactly(EntryType.BONUS, EntryType.PURCHASE);
        assertThat(library.entries(ALICE, 100).stream().map(LedgerEntry::amount).reduce(Credits.ZERO, Credits::plus))
                .isEqualTo(balance());
    }

    @Override
    public void close() {
        library.close();
        proxy.close();
        endpoint.close();
        stripe.close();
    }
}

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
 * A host with an account that is to be recharged, a Stripe with books of its own, and a line between them that can break; all by one clock.
 * Every run is that of a node that has just started, so nothing is known but what the store holds.
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
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final SettableClock clock = new SettableClock();
    final InMemoryStore store = new InMemoryStore();
    final List<AutoRechargeEvent> events = new CopyOnWriteArrayList<>();
    final SimulatedStripe stripe;
    final Line line;
    final StripeGateway gateway;

    /** The host's own requests go through this one; it never runs by itself. */
    final AutoRecharge library;

    private final HostEndpoint endpoint;
    private String customer = "";

    FaultRig() {
        this(Duration.ZERO);
    }

    /** @param stripeAhead by how much Stripe's clock is ahead of the host's */
    FaultRig(Duration stripeAhead) {
        stripe = new SimulatedStripe(Clock.offset(clock, stripeAhead));
        line = new Line(stripe.simulator.baseUrl());
        StripeSettings settings = settings().build();
        gateway = new StripeGateway(settings);
        library = node(POLICY, gateway);
        endpoint = new HostEndpoint(new StripeWebhook(settings, gateway, clock), library);
        stripe.simulator.webhooks().endpoints(WebhookEndpoint.of(endpoint.url(), SimulatedStripe.WEBHOOK_SECRET));
        // What is settled nudges no thread from here on.
        library.close();
    }

    StripeSettings.Builder settings() {
        return SimulatedStripe.settings(line.url()).readTimeout(Duration.ofSeconds(20));
    }

    /** 100 credits at this price in dollars, and a bonus of 20. */
    static RechargePolicy policy(String price) {
        return RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, Money.of(price, "USD"))));
    }

    /** The account has one credit, agrees, and has this card of the test mode. */
    FaultRig enabled(String card) {
        customer = stripe.customer();
        return enabled(ALICE, card);
    }

    /** Another one like it, of the same customer. */
    FaultRig enabled(AccountId account, String card) {
        library.grant(new Grant(account, BEFORE, Category.PAID, "start", "Start"));
        library.savePaymentMethod(account, saved(card));
        library.configure(account, new Settings(true, 100, Credits.of(10)), "v1");
        return this;
    }

    /** The account saves this card instead of the one it has. */
    void card(String card) {
        library.savePaymentMethod(ALICE, saved(card));
    }

    private PaymentMethod saved(String card) {
        return new PaymentMethod(customer, stripe.attach(customer, card), null, null, "fingerprint of " + card);
    }

    String customer() {
        return customer;
    }

    /** No event reaches the host. */
    FaultRig deaf() {
        stripe.simulator.webhooks().endpoints();
        return this;
    }

    AutoRecharge node(RechargePolicy policy, Gateway gateway) {
        return node(policy, gateway, clock);
    }

    AutoRecharge node(RechargePolicy policy, Gateway gateway, Clock ownClock) {
        return AutoRecharge.builder(policy, store, gateway)
                .clock(ownClock)
                .listener(events::add)
                .callsPerSecond(100_000)
                // What a row is about comes by its answer or its webhook, not by a look at the books before it.
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

    /** A gateway that waits so long for an answer. */
    StripeGateway patientFor(Duration timeout) {
        return new StripeGateway(settings().readTimeout(timeout).build());
    }

    /** A run on a thread of its own, for what happens while it waits for its answer. */
    CompletableFuture<RunReport> runMeanwhile() {
        return CompletableFuture.supplyAsync(this::run);
    }

    void awaitHanging(int requests) throws InterruptedException {
        assertThat(stripe.simulator.faults().awaitHanging(requests, PATIENCE)).isTrue();
    }

    /** What Stripe is still at has been done. */
    void awaitCaptures(int captures) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (captures().size() < captures && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(captures()).hasSize(captures);
    }

    RunReport runAfter(Duration pause) {
        clock.advance(pause);
        return run();
    }

    /** The job runs every so often for so long. */
    void runEvery(Duration step, Duration total) {
        for (Duration gone = Duration.ZERO; gone.compareTo(total) < 0; gone = gone.plus(step)) {
            runAfter(step);
        }
    }

    /** Waits until every event has arrived and was settled. */
    void delivered() throws InterruptedException {
        assertThat(stripe.simulator.webhooks().awaitIdle(PATIENCE)).isTrue();
    }

    List<WebhookResult> heard() {
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

    int declines() {
        return store.find(ALICE).orElseThrow().state().declines();
    }

    Suspension.@Nullable Reason stopped() {
        Suspension stop = store.find(ALICE).orElseThrow().state().suspension();
        return stop == null ? null : stop.reason();
    }

    List<Capture> captures() {
        return stripe.simulator.books().captures();
    }

    /** The keys of the charges that left the host, in order; whether they arrived or not. */
    List<String> keys() {
        return line.requests(CHARGE).stream()
                .map(it -> it.headers().get("idempotency-key"))
                .toList();
    }

    String status(String intent) {
        return stripe.get("/v1/payment_intents/" + intent).get("status").getAsString();
    }

    List<EventType> told() {
        return events.stream().map(AutoRechargeEvent::type).toList();
    }

    /** Nothing is settled, nobody is blamed, and the attempt is the same. */
    void assertInDoubt() {
        assertThat(last().recharge().state()).isEqualTo(RechargeState.OPEN);
        assertThat(library.recharges(ALICE, 10)).hasSize(1);
        assertThat(balance()).isEqualTo(BEFORE);
        assertBlamed(false);
    }

    void assertBlamed(boolean blamed) {
        assertThat(declines() > 0 || stopped() != null)
                .as("the customer is blamed")
                .isEqualTo(blamed);
    }

    /** One capture, one grant of it with its bonus, by its own id; one attempt under one key; and so it stays. */
    void assertPaidOnce() {
        assertThat(keys()).containsOnly(attempt());
        assertThat(library.recharges(ALICE, 10)).hasSize(1);
        assertLastPaid();
        assertThat(captures()).hasSize(1);
        assertThat(balance()).isEqualTo(AFTER);
        runAfter(Duration.ofDays(1));
        assertThat(captures()).hasSize(1);
        assertThat(balance()).isEqualTo(AFTER);
        assertBlamed(false);
    }

    /** The last recharge is paid, by the last capture, whose id its grant carries. */
    void assertLastPaid() {
        Capture capture = captures().get(captures().size() - 1);
        assertThat(last().recharge().state()).isEqualTo(RechargeState.PAID);
        assertThat(last().attempt().providerReference()).isEqualTo(capture.paymentIntentId());
        assertThat(capture.metadata()).containsEntry(Metadata.ATTEMPT, attempt());
        assertThat(library.entries(ALICE, 100))
                .filteredOn(it -> it.reference().contains(capture.paymentIntentId()))
                .extracting(LedgerEntry::type)
                .as("what was granted for it")
                .filteredOn(it -> it != EntryType.REVERSAL)
                .containsExactly(EntryType.BONUS, EntryType.PURCHASE);
        assertThat(library.entries(ALICE, 100).stream().map(LedgerEntry::amount).reduce(Credits.ZERO, Credits::plus))
                .isEqualTo(balance());
    }

    @Override
    public void close() {
        library.close();
        line.close();
        endpoint.close();
        stripe.close();
    }
}

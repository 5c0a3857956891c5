package io.autorecharge.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.Money;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.Suspension;
import io.autorecharge.store.InMemoryStore;
import io.autorecharge.stripe.WebhookResult.ChargeReported;
import io.autorecharge.stripe.WebhookResult.CheckoutReported;
import io.autorecharge.stripe.WebhookResult.ReversalsReported;
import io.autorecharge.stripe.simulator.Capture;
import io.autorecharge.stripe.simulator.WebhookEndpoint;
import io.autorecharge.stripe.simulator.WebhookMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Refunds and disputes from Stripe's side to the ledger: the account bought 100 credits with 20 on top, and was recharged with the same. */
class StripeReversalTest {
    private static final AccountId ALICE = new AccountId("alice");
    private static final Credits BEFORE = Credits.of(125);

    private final SimulatedStripe stripe = new SimulatedStripe();
    private final InMemoryStore store = new InMemoryStore();
    private final RechargePolicy policy =
            RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, Money.of("9.00", "USD"))));
    private final AutoRecharge library = AutoRecharge.builder(policy, store, stripe.gateway)
            .afterCommit(task -> {})
            .build();
    private HttpServer endpoint;

    @BeforeEach
    void bought_and_recharged() throws Exception {
        endpoint = listen(new StripeWebhook(stripe.settings, stripe.gateway, Clock.systemUTC()));
        String url = "http://127.0.0.1:" + endpoint.getAddress().getPort() + "/";
        stripe.simulator.webhooks().endpoints(WebhookEndpoint.of(url, SimulatedStripe.WEBHOOK_SECRET));
        buy("4242424242424242");
        library.debit(Debit.of(ALICE, Credits.of(115), "spent", null));
        library.look(ALICE);
        delivered();
        assertThat(captures()).hasSize(2);
        assertThat(library.balance(ALICE)).isEqualTo(BEFORE);
    }

    @AfterEach
    void close() {
        library.close();
        endpoint.stop(0);
        stripe.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = WebhookMode.class,
            names = {"DELIVER", "TWICE"})
    void refunds_in_parts_take_back_their_share_of_a_recharge_and_of_a_purchase(WebhookMode mode) throws Exception {
        stripe.simulator.webhooks().mode(mode);
        for (Capture capture : captures()) {
            refund(capture, "450");
        }
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(5));
        assertThat(suspension()).isEqualTo(Suspension.Reason.REFUNDED);

        refund(captures().get(0), "300");
        refund(captures().get(0), "150");

        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(-55));
        assertThat(captures()).as("a low balance after a refund charges nobody").hasSize(2);
    }

    @Test
    void a_refund_that_fails_later_gives_the_credits_again_whatever_the_order_of_the_events() throws Exception {
        stripe.simulator.webhooks().mode(WebhookMode.HOLD);
        String refund = refund(captures().get(1), "900");
        stripe.simulator.webhooks().releaseNewestFirst();
        delivered();
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(5));

        stripe.simulator.refunds().fail(refund);
        stripe.simulator.webhooks().releaseNewestFirst();
        delivered();

        assertThat(library.balance(ALICE)).isEqualTo(BEFORE);
        assertThat(suspension()).isEqualTo(Suspension.Reason.REFUNDED);
    }

    @Test
    void an_inquiry_suspends_a_dispute_takes_back_and_winning_it_gives_again() throws Exception {
        String intent = captures().get(1).paymentIntentId();
        String dispute = stripe.simulator.disputes().inquire(intent);
        delivered();
        assertThat(library.balance(ALICE)).isEqualTo(BEFORE);
        assertThat(suspension()).isEqualTo(Suspension.Reason.DISPUTED);

        stripe.simulator.disputes().escalate(dispute);
        delivered();
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(5));
        stripe.simulator.disputes().win(dispute);
        delivered();

        assertThat(library.balance(ALICE)).isEqualTo(BEFORE);
        assertThat(suspension()).isEqualTo(Suspension.Reason.DISPUTED);
    }

    @Test
    void a_dispute_that_is_lost_keeps_what_was_taken_back() throws Exception {
        refund(captures().get(0), "450");
        String dispute = stripe.simulator.disputes().open(captures().get(0).paymentIntentId());
        delivered();
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(5));

        stripe.simulator.disputes().lose(dispute);
        delivered();

        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(5));
    }

    @Test
    void a_purchase_with_a_card_that_is_disputed_at_once_leaves_nothing_of_it_and_a_stop() throws Exception {
        buy("4000000000000259");
        delivered();

        assertThat(library.balance(ALICE)).isEqualTo(BEFORE);
        assertThat(suspension()).isEqualTo(Suspension.Reason.DISPUTED);
    }

    @Test
    void a_refund_of_somebody_elses_payment_is_passed_over() throws Exception {
        String customer = stripe.customer();
        String intent = stripe.post(
                        "/v1/payment_intents",
                        Map.of(
                                "amount", "900",
                                "currency", "usd",
                                "customer", customer,
                                "payment_method", stripe.attach(customer, "pm_card_visa"),
                                "confirm", "true",
                                "automatic_payment_methods[enabled]", "true",
                                "automatic_payment_methods[allow_redirects]", "never"))
                .get("id")
                .getAsString();
        stripe.post("/v1/refunds", Map.of("payment_intent", intent));
        delivered();

        assertThat(store.find(ALICE).orElseThrow().state().suspension()).isNull();
    }

    private void buy(String card) throws Exception {
        stripe.submit(
                library.openCheckout(ALICE, 100, "v1", null).url(),
                Map.of("number", card, "expiry", "12/40", "cvc", "123", "email", "a@example.org"));
        delivered();
        library.refreshCheckouts(ALICE);
    }

    private String refund(Capture capture, String amount) throws Exception {
        String id = stripe.post("/v1/refunds", Map.of("payment_intent", capture.paymentIntentId(), "amount", amount))
                .get("id")
                .getAsString();
        delivered();
        return id;
    }

    private List<Capture> captures() {
        return stripe.simulator.books().captures();
    }

    private Suspension.Reason suspension() {
        return store.find(ALICE).orElseThrow().state().suspension().reason();
    }

    private void delivered() throws Exception {
        assertThat(stripe.simulator.webhooks().awaitIdle(Duration.ofSeconds(20)))
                .isTrue();
    }

    private HttpServer listen(StripeWebhook webhook) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readNBytes(StripeWebhook.MAX_BODY_BYTES + 1);
            settle(webhook.handle(body, exchange.getRequestHeaders().getFirst("Stripe-Signature")));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private void settle(WebhookResult result) {
        if (result instanceof ChargeReported charge) {
            library.settle(charge.account(), charge.attempt(), charge.outcome());
        } else if (result instanceof CheckoutReported checkout) {
            library.settle(checkout.account(), checkout.checkout(), checkout.outcome());
        } else if (result instanceof ReversalsReported reversals) {
            library.settle(reversals.account(), reversals.report());
        }
    }
}

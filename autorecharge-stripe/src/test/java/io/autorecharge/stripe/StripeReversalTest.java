package io.autorecharge.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.CardStop;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.stripe.simulator.Capture;
import io.autorecharge.stripe.simulator.WebhookMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Refunds and disputes, from Stripe to the ledger. The account has bought 100 credits with a bonus of 20, and was recharged with the same. */
class StripeReversalTest {
    private static final AccountId ALICE = new AccountId("alice");
    private static final Credits BEFORE = Credits.of(125);

    private final StripeHost host = new StripeHost();
    private final SimulatedStripe stripe = host.stripe;
    private final AutoRecharge library = host.library;

    @BeforeEach
    void bought_and_recharged() throws Exception {
        buy("4242424242424242");
        library.debit(Debit.of(ALICE, Credits.of(115), "spent", null));
        library.check(ALICE);
        awaitDeliveries();
        assertThat(captures()).hasSize(2);
        assertThat(library.balance(ALICE)).isEqualTo(BEFORE);
    }

    @AfterEach
    void close() {
        host.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = WebhookMode.class,
            names = {"DELIVER", "TWICE"})
    void row_40_partial_refunds_remove_their_share_of_a_recharge_and_of_a_purchase(WebhookMode mode) throws Exception {
        stripe.simulator.webhooks().mode(mode);
        for (Capture capture : captures()) {
            refund(capture, "450");
        }
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(5));
        assertThat(suspension()).isEqualTo(Suspension.Reason.REFUNDED);

        refund(captures().get(0), "300");
        refund(captures().get(0), "150");

        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(-55));
        assertThat(captures())
                .as("a low balance after a refund triggers no charge")
                .hasSize(2);
    }

    @Test
    void row_41_a_refund_that_fails_later_restores_the_credits_whatever_the_order_of_the_events() throws Exception {
        stripe.simulator.webhooks().mode(WebhookMode.HOLD);
        String refund = refund(captures().get(1), "900");
        stripe.simulator.webhooks().releaseNewestFirst();
        awaitDeliveries();
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(5));

        stripe.simulator.refunds().fail(refund);
        stripe.simulator.webhooks().releaseNewestFirst();
        awaitDeliveries();

        assertThat(library.balance(ALICE)).isEqualTo(BEFORE);
        assertThat(suspension()).isEqualTo(Suspension.Reason.REFUNDED);
    }

    @Test
    void row_42_an_inquiry_suspends_a_dispute_removes_credits_and_winning_it_restores_them() throws Exception {
        String intent = captures().get(1).paymentIntentId();
        String dispute = stripe.simulator.disputes().inquire(intent);
        awaitDeliveries();
        assertThat(library.balance(ALICE)).isEqualTo(BEFORE);
        assertThat(suspension()).isEqualTo(Suspension.Reason.DISPUTED);

        stripe.simulator.disputes().escalate(dispute);
        awaitDeliveries();
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(5));
        stripe.simulator.disputes().win(dispute);
        awaitDeliveries();

        assertThat(library.balance(ALICE)).isEqualTo(BEFORE);
        assertThat(suspension()).isEqualTo(Suspension.Reason.DISPUTED);
    }

    @Test
    void row_42_a_lost_dispute_leaves_the_credits_removed() throws Exception {
        refund(captures().get(0), "450");
        String dispute = stripe.simulator.disputes().open(captures().get(0).paymentIntentId());
        awaitDeliveries();
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(5));

        stripe.simulator.disputes().lose(dispute);
        awaitDeliveries();

        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(5));
    }

    @ParameterizedTest
    @EnumSource(
            value = WebhookMode.class,
            names = {"DELIVER", "TWICE"})
    void a_fraud_warning_suspends_stops_the_card_and_removes_no_credits(WebhookMode mode) throws Exception {
        stripe.simulator.webhooks().mode(mode);
        stripe.simulator.disputes().warn(captures().get(1).paymentIntentId());
        awaitDeliveries();

        assertThat(library.balance(ALICE)).isEqualTo(BEFORE);
        assertThat(suspension()).isEqualTo(Suspension.Reason.FRAUD_WARNING);
        assertThat(stop()).isEqualTo(CardStop.Reason.FRAUD_WARNING);

        refund(captures().get(1), "900");
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(5));
        assertThat(suspension()).isEqualTo(Suspension.Reason.FRAUD_WARNING);
    }

    @Test
    void a_fraud_warning_about_a_refunded_purchase_stops_the_card_all_the_same() throws Exception {
        refund(captures().get(0), "900");
        stripe.simulator.disputes().warn(captures().get(0).paymentIntentId());
        awaitDeliveries();

        assertThat(suspension()).isEqualTo(Suspension.Reason.FRAUD_WARNING);
        assertThat(stop()).isEqualTo(CardStop.Reason.FRAUD_WARNING);
    }

    @Test
    void a_fraud_warning_that_no_webhook_reported_is_found_by_polling() {
        stripe.simulator.webhooks().endpoints();
        stripe.simulator.disputes().warn(captures().get(0).paymentIntentId());

        library.runOnce();

        assertThat(suspension()).isEqualTo(Suspension.Reason.FRAUD_WARNING);
        assertThat(stop()).isEqualTo(CardStop.Reason.FRAUD_WARNING);
    }

    @Test
    void row_42_an_immediately_disputed_purchase_leaves_no_credits_and_suspends() throws Exception {
        buy("4000000000000259");
        awaitDeliveries();

        assertThat(library.balance(ALICE)).isEqualTo(BEFORE);
        assertThat(suspension()).isEqualTo(Suspension.Reason.DISPUTED);
    }

    @Test
    void ignores_a_refund_of_an_unrelated_payment() throws Exception {
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
        awaitDeliveries();

        assertThat(host.store.find(ALICE).orElseThrow().state().suspension()).isNull();
    }

    private void buy(String card) throws Exception {
        stripe.pay(library.openCheckout(ALICE, 100, "v1", null).url(), card);
        awaitDeliveries();
        library.refreshCheckouts(ALICE);
    }

    private String refund(Capture capture, String amount) throws Exception {
        String id = stripe.post("/v1/refunds", Map.of("payment_intent", capture.paymentIntentId(), "amount", amount))
                .get("id")
                .getAsString();
        awaitDeliveries();
        return id;
    }

    private CardStop.Reason stop() {
        PaymentMethod method = host.store.find(ALICE).orElseThrow().method();
        return host.store.cardUse(method.card(), Instant.EPOCH).stop().reason();
    }

    private List<Capture> captures() {
        return stripe.simulator.history().captures();
    }

    private Suspension.Reason suspension() {
        return host.store.find(ALICE).orElseThrow().state().suspension().reason();
    }

    private void awaitDeliveries() throws Exception {
        host.awaitDeliveries();
    }
}

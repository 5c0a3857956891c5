package io.autorecharge.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.model.Event;
import com.stripe.net.Webhook;
import io.autorecharge.stripe.simulator.ListeningHost.Received;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WebhooksTest {

    private static final String SECRET = "whsec_test";
    private static final long FOREVER = Long.MAX_VALUE / 1000;

    @RegisterExtension
    final RawStripeExtension simulated = new RawStripeExtension();

    @RegisterExtension
    final ListeningHost host = new ListeningHost();

    private List<Received> received;
    private String url;
    private Webhooks webhooks;
    private RawStripe stripe;

    @BeforeEach
    void a_host_that_listens() {
        received = host.received();
        url = host.url();
        webhooks = simulated.simulator.webhooks();
        webhooks.endpoints(WebhookEndpoint.of(url, SECRET));
        stripe = simulated.stripe;
    }

    @Test
    void a_charge_is_reported_in_order_and_signed_so_that_stripe_java_accepts_it() throws Exception {
        String customer = stripe.customer();
        String method = stripe.card(customer, "pm_card_visa");
        String intent = stripe.charge(customer, method, "key-1").text("id");
        delivered();

        assertThat(received)
                .extracting(Received::type)
                .containsExactly(
                        "customer.created",
                        "payment_method.attached",
                        "payment_intent.created",
                        "charge.succeeded",
                        "payment_intent.succeeded");
        Received last = received.get(4);
        Event event = Webhook.constructEvent(last.body(), last.signature(), SECRET, FOREVER);
        assertThat(event.getType()).isEqualTo("payment_intent.succeeded");
        assertThat(event.getLivemode()).isFalse();
        assertThat(event.getRequest().getIdempotencyKey()).isEqualTo("key-1");
        assertThat(last.json()
                        .getAsJsonObject("data")
                        .getAsJsonObject("object")
                        .get("id")
                        .getAsString())
                .isEqualTo(intent);
        assertThat(last.signature()).startsWith("t=" + RawStripeExtension.NOW.getEpochSecond() + ",v1=");
    }

    @Test
    void another_secret_does_not_verify() throws Exception {
        stripe.customer();
        delivered();

        assertThatThrownBy(() -> Webhook.constructEvent(
                        received.get(0).body(), received.get(0).signature(), "whsec_other", FOREVER))
                .isInstanceOf(SignatureVerificationException.class);
    }

    @Test
    void while_a_secret_is_rolled_both_verify() throws Exception {
        webhooks.endpoints(new WebhookEndpoint(URI.create(url), List.of("whsec_old", "whsec_new"), Set.of()));
        stripe.customer();
        delivered();

        for (String secret : List.of("whsec_old", "whsec_new")) {
            assertThat(Webhook.constructEvent(
                            received.get(0).body(), received.get(0).signature(), secret, FOREVER))
                    .isNotNull();
        }
    }

    @Test
    void retries_until_the_host_responds_with_2xx() throws Exception {
        host.failNext(2);
        stripe.customer();
        delivered();

        assertThat(received).hasSize(3);
        assertThat(received)
                .extracting(Received::id)
                .containsOnly(received.get(0).id());
        assertThat(webhooks.deliveries()).extracting(Delivery::status).containsExactly(500, 500, 200);
    }

    @Test
    void gives_up_after_the_last_retry() throws Exception {
        host.failNext(100);
        stripe.customer();
        delivered();

        assertThat(webhooks.deliveries()).extracting(Delivery::attempt).containsExactly(1, 2, 3);
    }

    @Test
    void delivers_twice_in_mode_twice() throws Exception {
        webhooks.mode(WebhookMode.TWICE);
        stripe.customer();
        delivered();

        assertThat(received).hasSize(2);
        assertThat(received.get(0).id()).isEqualTo(received.get(1).id());
    }

    @Test
    void delivers_held_events_on_release() throws Exception {
        webhooks.mode(WebhookMode.HOLD);
        stripe.customer();
        stripe.customer();
        assertThat(received).isEmpty();

        webhooks.release();
        delivered();

        assertThat(received).extracting(Received::id).containsExactlyElementsOf(webhooks.eventIds("customer.created"));
    }

    @Test
    void delivers_held_events_newest_first_on_request() throws Exception {
        webhooks.mode(WebhookMode.HOLD);
        String customer = stripe.customer();
        stripe.charge(customer, stripe.card(customer, "pm_card_visa"), "key-1");

        webhooks.releaseNewestFirst();
        delivered();

        assertThat(received.get(0).type()).isEqualTo("payment_intent.succeeded");
        assertThat(received.get(4).type()).isEqualTo("customer.created");
    }

    @Test
    void loses_events_but_lists_them_and_can_send_them_again() throws Exception {
        webhooks.lose("payment_intent.succeeded");
        String customer = stripe.customer();
        stripe.charge(customer, stripe.card(customer, "pm_card_visa"), "key-1");
        delivered();
        assertThat(received).extracting(Received::type).doesNotContain("payment_intent.succeeded");

        String lost = stripe.get("/v1/events", "type", "payment_intent.succeeded")
                .json()
                .getAsJsonArray("data")
                .get(0)
                .getAsJsonObject()
                .get("id")
                .getAsString();
        webhooks.resend(lost);
        delivered();

        assertThat(received.get(received.size() - 1).id()).isEqualTo(lost);
    }

    @Test
    void sends_only_the_event_types_of_an_endpoint() throws Exception {
        webhooks.endpoints(new WebhookEndpoint(URI.create(url), List.of(SECRET), Set.of("charge.succeeded")));
        String customer = stripe.customer();
        stripe.charge(customer, stripe.card(customer, "pm_card_visa"), "key-1");
        delivered();

        assertThat(received).extracting(Received::type).containsExactly("charge.succeeded");
    }

    @Test
    void an_event_keeps_the_object_as_it_was() throws Exception {
        webhooks.mode(WebhookMode.HOLD);
        String customer = stripe.customer();
        String method = stripe.card(customer, "pm_usBankAccount_success");
        String intent = stripe.charge(customer, method, "key-1").text("id");
        simulated.simulator.bankDebits().succeed(intent);

        webhooks.release();
        delivered();

        JsonObject processing = received.stream()
                .filter(event -> event.type().equals("payment_intent.processing"))
                .findFirst()
                .orElseThrow()
                .json();
        assertThat(processing
                        .getAsJsonObject("data")
                        .getAsJsonObject("object")
                        .get("status")
                        .getAsString())
                .isEqualTo("processing");
    }

    @Test
    void the_events_list_goes_back_thirty_days() throws Exception {
        stripe.customer();
        simulated.simulator.advanceClock(Duration.ofDays(30));
        assertThat(stripe.get("/v1/events").json().getAsJsonArray("data")).hasSize(1);
        simulated.simulator.advanceClock(Duration.ofSeconds(1));
        assertThat(stripe.get("/v1/events").json().getAsJsonArray("data")).isEmpty();
    }

    private void delivered() throws InterruptedException {
        assertThat(webhooks.awaitIdle(Duration.ofSeconds(10))).isTrue();
    }
}

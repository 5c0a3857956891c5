package io.autorecharge.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.stripe.simulator.RawStripe.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IdempotencyTest {

    private static final String CHARGE = "POST /v1/payment_intents";

    @RegisterExtension
    final RawStripeExtension simulated = new RawStripeExtension();

    private RawStripe stripe;
    private String customer;
    private String method;

    @BeforeEach
    void a_customer_with_a_card() throws Exception {
        stripe = simulated.stripe;
        customer = stripe.customer();
        method = stripe.card(customer, "pm_card_visa");
    }

    @Test
    void the_first_response_is_replayed_and_marked_as_such() throws Exception {
        Response first = stripe.charge(customer, method, "key-1");
        Response second = stripe.charge(customer, method, "key-1");

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(first.header("Original-Request")).isEqualTo(first.header("Request-Id"));
        assertThat(second.header("Original-Request")).isEqualTo(first.header("Request-Id"));
        assertThat(second.header("Request-Id")).isNotEqualTo(first.header("Request-Id"));
        assertThat(second.header("Idempotency-Key")).isEqualTo("key-1");
        assertThat(second.header("Stripe-Should-Retry")).isEqualTo("false");
        assertThat(simulated.simulator.history().captures()).hasSize(1);
    }

    @Test
    void a_decline_is_replayed_too_even_if_the_card_would_pay_now() throws Exception {
        simulated.simulator.issuer().declineNext(customer, "insufficient_funds");
        Response first = stripe.charge(customer, method, "key-1");
        Response second = stripe.charge(customer, method, "key-1");

        assertThat(first.status()).isEqualTo(402);
        assertThat(second.status()).isEqualTo(402);
        assertThat(second.body()).isEqualTo(first.body());
    }

    @Test
    void the_order_of_the_parameters_does_not_matter() throws Exception {
        Response first = stripe.postWithKey("key-1", "/v1/customers", "email", "a@example.org", "name", "A");
        Response second = stripe.postWithKey("key-1", "/v1/customers", "name", "A", "email", "a@example.org");

        assertThat(second.text("id")).isEqualTo(first.text("id"));
    }

    @Test
    void other_parameters_under_the_same_key_are_an_idempotency_error() throws Exception {
        stripe.charge(customer, method, "key-1");
        String[] other = RawStripe.chargeParams(customer, method, "key-1");
        other[1] = "2500";

        Response response = stripe.postWithKey("key-1", "/v1/payment_intents", other);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.error().get("type").getAsString()).isEqualTo("idempotency_error");
        assertThat(response.error().has("code")).isFalse();
        assertThat(simulated.simulator.history().captures()).hasSize(1);
    }

    @Test
    void another_endpoint_under_the_same_key_is_an_idempotency_error() throws Exception {
        stripe.charge(customer, method, "key-1");

        Response response = stripe.postWithKey("key-1", "/v1/customers");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.error().get("type").getAsString()).isEqualTo("idempotency_error");
    }

    @Test
    void a_concurrent_request_with_the_same_key_gets_a_409() throws Exception {
        simulated.simulator.faults().next(CHARGE, Fault.HANG_AFTER_EXECUTION);
        CompletableFuture<Response> first = CompletableFuture.supplyAsync(() -> unchecked("key-1"));
        assertThat(simulated.simulator.faults().awaitHanging(1, Duration.ofSeconds(10)))
                .isTrue();

        Response second = stripe.charge(customer, method, "key-1");
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.error().get("code").getAsString()).isEqualTo("idempotency_key_in_use");

        simulated.simulator.faults().release();
        assertThat(first.get().status()).isEqualTo(200);
        Response third = stripe.charge(customer, method, "key-1");
        assertThat(third.body()).isEqualTo(first.get().body());
        assertThat(simulated.simulator.history().captures()).hasSize(1);
    }

    @Test
    void a_key_expires_after_a_day() throws Exception {
        stripe.charge(customer, method, "key-1");
        simulated.simulator.advanceClock(Duration.ofHours(24).minusSeconds(1));
        assertThat(stripe.charge(customer, method, "key-1").header("Idempotent-Replayed"))
                .isEqualTo("true");

        simulated.simulator.advanceClock(Duration.ofSeconds(1));
        assertThat(stripe.charge(customer, method, "key-1").header("Idempotent-Replayed"))
                .isEmpty();
        assertThat(simulated.simulator.history().captures()).hasSize(2);
    }

    @Test
    void a_server_error_is_stored_under_its_key() throws Exception {
        simulated.simulator.faults().next(CHARGE, Fault.SERVER_ERROR_AFTER_EXECUTION);

        assertThat(stripe.charge(customer, method, "key-1").status()).isEqualTo(500);
        Response second = stripe.charge(customer, method, "key-1");
        assertThat(second.status()).isEqualTo(500);
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(simulated.simulator.history().captures()).hasSize(1);
    }

    @Test
    void a_key_longer_than_255_characters_is_rejected() throws Exception {
        assertThat(stripe.charge(customer, method, "k".repeat(255)).status()).isEqualTo(200);
        assertThat(stripe.charge(customer, method, "k".repeat(256)).status()).isEqualTo(400);
    }

    @Test
    void sixteen_concurrent_requests_with_one_key_capture_once() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        for (int round = 0; round < 25; round++) {
            String key = "key-" + round;
            List<Future<Response>> responses = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                responses.add(threads.submit(() -> unchecked(key)));
            }
            for (Future<Response> response : responses) {
                assertThat(response.get().status()).isIn(200, 409);
            }
        }
        threads.shutdown();

        assertThat(simulated.simulator.history().capturesBy("attempt"))
                .hasSize(25)
                .allSatisfy((attempt, captures) -> assertThat(captures).isEqualTo(1));
    }

    private Response unchecked(String key) {
        try {
            return stripe.charge(customer, method, key);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.autorecharge.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.autorecharge.stripe.simulator.RawStripe.Response;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FaultsTest {

    private static final String CHARGE = "POST /v1/payment_intents";

    @RegisterExtension
    final RawStripeExtension simulated = new RawStripeExtension();

    private Faults faults;
    private RawStripe stripe;
    private String customer;
    private String method;

    @BeforeEach
    void a_customer_with_a_card() throws Exception {
        faults = simulated.simulator.faults();
        stripe = simulated.stripe;
        customer = stripe.customer();
        method = stripe.card(customer, "pm_card_visa");
    }

    @Test
    void end_together_and_leave_the_history_unchanged() throws Exception {
        stripe.charge(customer, method, "key-1");
        faults.always(CHARGE, Fault.RATE_LIMIT);
        simulated.simulator.issuer().declineAlways(customer, "lost_card");
        simulated.simulator.acceptKeys();
        simulated.simulator.latency(Duration.ofMinutes(1));
        simulated.simulator.webhooks().mode(WebhookMode.LOSE);

        simulated.simulator.endFaults();

        assertThat(stripe.charge(customer, method, "key-2").text("status")).isEqualTo("succeeded");
        assertThat(captures()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"RESET_BEFORE_EXECUTION,0", "RESET_AFTER_EXECUTION,1", "TRUNCATED_BODY,1"})
    void breaks_the_connection(Fault fault, int captures) throws Exception {
        faults.next(CHARGE, fault);

        assertThatIOException().isThrownBy(() -> stripe.charge(customer, method, "key-1"));

        assertThat(captures()).isEqualTo(captures);
        Response second = stripe.charge(customer, method, "key-1");
        assertThat(second.text("status")).isEqualTo("succeeded");
        assertThat(second.header("Idempotent-Replayed")).isEqualTo(captures == 1 ? "true" : "");
        assertThat(captures()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "EMPTY_BODY,200,1,true",
        "GARBAGE_BODY,200,1,true",
        "UNAVAILABLE_BEFORE_EXECUTION,503,0,true",
        "UNAVAILABLE_AFTER_EXECUTION,503,1,true",
        "BAD_GATEWAY_BEFORE_EXECUTION,502,0,true",
        "BAD_GATEWAY_AFTER_EXECUTION,502,1,true",
        "RATE_LIMIT,429,0,true",
        "LOCK_TIMEOUT,429,0,true",
        "SERVER_ERROR_BEFORE_EXECUTION,500,0,false",
        "SERVER_ERROR_AFTER_EXECUTION,500,1,false",
    })
    void responds_with_an_error(Fault fault, int status, int captures, boolean sameKeyHelps) throws Exception {
        faults.next(CHARGE, fault);

        Response first = stripe.charge(customer, method, "key-1");

        assertThat(first.status()).isEqualTo(status);
        assertThat(captures()).isEqualTo(captures);
        assertThat(stripe.charge(customer, method, "key-1").status()).isEqualTo(sameKeyHelps ? 200 : 500);
        assertThat(captures()).isEqualTo(sameKeyHelps ? 1 : captures);
    }

    @Test
    void the_response_bodies_are_broken_as_named() throws Exception {
        faults.next(CHARGE, Fault.EMPTY_BODY)
                .next(CHARGE, Fault.GARBAGE_BODY)
                .next(CHARGE, Fault.UNAVAILABLE_BEFORE_EXECUTION)
                .next(CHARGE, Fault.BAD_GATEWAY_BEFORE_EXECUTION)
                .next(CHARGE, Fault.RATE_LIMIT)
                .next(CHARGE, Fault.LOCK_TIMEOUT);

        assertThat(stripe.charge(customer, method, "1").body()).isEmpty();
        assertThat(stripe.charge(customer, method, "2").body()).startsWith("<<<");
        assertThat(stripe.charge(customer, method, "3").body()).isEmpty();
        assertThat(stripe.charge(customer, method, "4").body()).startsWith("<html>");
        assertThat(stripe.charge(customer, method, "5").error().get("code").getAsString())
                .isEqualTo("rate_limit");
        assertThat(stripe.charge(customer, method, "6").error().get("code").getAsString())
                .isEqualTo("lock_timeout");
        assertThat(stripe.charge(customer, method, "7").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(names = {"HANG_BEFORE_EXECUTION", "HANG_AFTER_EXECUTION"})
    void hangs_until_released(Fault fault) throws Exception {
        faults.next(CHARGE, fault);
        CompletableFuture<Response> hanging = CompletableFuture.supplyAsync(() -> {
            try {
                return stripe.charge(customer, method, "key-1");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(faults.awaitHanging(1, Duration.ofSeconds(10))).isTrue();
        assertThat(captures()).isEqualTo(fault == Fault.HANG_AFTER_EXECUTION ? 1 : 0);
        assertThat(hanging).isNotDone();

        faults.release();

        assertThat(hanging.get().status()).isEqualTo(200);
        assertThat(captures()).isEqualTo(1);
    }

    @Test
    void applies_to_the_nth_request_only() throws Exception {
        faults.nth(CHARGE, 2, Fault.RATE_LIMIT);

        assertThat(stripe.charge(customer, method, "1").status()).isEqualTo(200);
        assertThat(stripe.charge(customer, method, "2").status()).isEqualTo(429);
        assertThat(stripe.charge(customer, method, "3").status()).isEqualTo(200);
    }

    @Test
    void applies_to_the_given_number_of_matching_requests_only() throws Exception {
        faults.next("GET /v1/payment_intents/*", Fault.UNAVAILABLE_BEFORE_EXECUTION, 2);

        String id = stripe.charge(customer, method, "1").text("id");
        assertThat(stripe.get("/v1/payment_intents").status()).isEqualTo(200);
        assertThat(stripe.get("/v1/payment_intents/" + id).status()).isEqualTo(503);
        assertThat(stripe.get("/v1/payment_intents/" + id).status()).isEqualTo(503);
        assertThat(stripe.get("/v1/payment_intents/" + id).status()).isEqualTo(200);
    }

    @Test
    void applies_until_cleared() throws Exception {
        faults.always(CHARGE, Fault.RATE_LIMIT);
        for (int i = 0; i < 5; i++) {
            assertThat(stripe.charge(customer, method, "1").status()).isEqualTo(429);
        }
        faults.clear();
        assertThat(stripe.charge(customer, method, "1").status()).isEqualTo(200);
    }

    @Test
    void the_history_contains_requests_that_got_no_response() throws Exception {
        faults.next(CHARGE, Fault.RESET_AFTER_EXECUTION);
        assertThatIOException().isThrownBy(() -> stripe.charge(customer, method, "key-1"));
        stripe.charge(customer, method, "key-1");

        SimulatorHistory history = simulated.simulator.history();
        assertThat(history.requests("POST", "/v1/payment_intents"))
                .extracting(RecordedRequest::status, RecordedRequest::replayed, RecordedRequest::idempotencyKey)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0, false, "key-1"),
                        org.assertj.core.groups.Tuple.tuple(200, true, "key-1"));
        assertThat(history.keysBy("attempt")).containsOnlyKeys("key-1");
    }

    @Test
    void rejects_an_invalid_request_pattern() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> faults.next("/v1/payment_intents", Fault.RATE_LIMIT))
                .withMessageContaining("request");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> faults.nth(CHARGE, 0, Fault.RATE_LIMIT))
                .withMessageContaining("nth");
    }

    private int captures() {
        return simulated.simulator.history().captures().size();
    }
}

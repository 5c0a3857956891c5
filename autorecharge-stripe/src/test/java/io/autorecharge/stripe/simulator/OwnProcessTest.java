package io.autorecharge.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import io.autorecharge.stripe.simulator.RawStripe.Response;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The simulator in its own JVM, controlled over HTTP. */
@Tag("process")
class OwnProcessTest {

    @Test
    void is_controlled_over_http_from_another_process() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StripeSimulator.class.getName(),
                        "--key=sk_test_other")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            assertThat(line).startsWith("Stripe simulator at http://");
            control(line.substring("Stripe simulator at ".length()));
        } finally {
            process.destroyForcibly();
        }
    }

    private static void control(String baseUrl) throws Exception {
        RawStripe stripe = new RawStripe(baseUrl, "sk_test_other");
        String customer = stripe.customer();
        String method = stripe.card(customer, "pm_card_visa");

        stripe.post("/simulator/faults", "request", "POST /v1/payment_intents", "fault", "RATE_LIMIT");
        assertThat(stripe.charge(customer, method, "key-1").status()).isEqualTo(429);
        assertThat(stripe.charge(customer, method, "key-1").status()).isEqualTo(200);
        stripe.post("/simulator/issuer", "customer", customer, "decline", "lost_card");
        assertThat(stripe.charge(customer, method, "key-2").status()).isEqualTo(402);
        stripe.post("/simulator/issuer", "payment_method", method, "decline", "lost_card");
        assertThat(stripe.charge(customer, method, "key-3").status()).isEqualTo(402);
        stripe.post("/simulator/cards/expire", "payment_method", method);
        stripe.post("/simulator/cards/update", "payment_method", method, "expiry", "2099-12");
        stripe.post("/simulator/clock", "advance", "PT24H");
        assertThat(stripe.charge(customer, method, "key-1").status()).isEqualTo(200);

        JsonArray captures =
                JsonParser.parseString(stripe.get("/simulator/captures").body()).getAsJsonArray();
        assertThat(captures).hasSize(2);
        assertThat(captures.get(0).getAsJsonObject().get("idempotency_key").getAsString())
                .isEqualTo("key-1");
        assertThat(stripe.get("/simulator/captures_by", "metadata", "attempt")
                        .json()
                        .get("key-1")
                        .getAsInt())
                .isEqualTo(2);
        assertThat(stripe.get("/simulator/keys", "metadata", "attempt").json().keySet())
                .containsExactly("key-1", "key-2", "key-3");
        assertThat(stripe.get("/simulator/requests").body()).contains("\"status\":429");

        Response wrong = stripe.post("/simulator/faults", "request", "POST /v1/payment_intents", "fault", "NONE");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(stripe.get("/simulator/nothing").status()).isEqualTo(404);
    }

    @Test
    void reads_its_arguments() {
        SimulatorOptions options = CommandLine.options(
                "--port=4711",
                "--key=sk_test_1",
                "--webhook-url=http://localhost:8080/hook",
                "--webhook-secret=whsec_1",
                "--latency-ms=5");

        assertThat(options)
                .isEqualTo(SimulatorOptions.defaults()
                        .withPort(4711)
                        .withSecretKeys("sk_test_1")
                        .withWebhook("http://localhost:8080/hook", "whsec_1")
                        .withLatency(Duration.ofMillis(5)));
    }

    @Test
    void rejects_unknown_arguments() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CommandLine.options("--prot=1"))
                .withMessageContaining("--prot=1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CommandLine.options("--webhook-url=http://localhost"))
                .withMessageContaining("must be given together");
    }
}

package io.autorecharge.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.autorecharge.stripe.simulator.RawStripe.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SetupIntents without a checkout. */
class SetupIntentTest {

    @RegisterExtension
    final RawStripeExtension simulated = new RawStripeExtension();

    private RawStripe stripe;
    private String customer;

    @BeforeEach
    void a_customer() throws Exception {
        stripe = simulated.stripe;
        customer = stripe.customer();
    }

    @Test
    void saves_a_card_at_once() throws Exception {
        JsonObject done =
                create("confirm", "true", "payment_method", "pm_card_visa").json();

        assertThat(done.get("status").getAsString()).isEqualTo("succeeded");
        assertThat(done.get("mandate").isJsonNull()).isTrue();
        assertThat(stripe.get("/v1/payment_methods/"
                                + done.get("payment_method").getAsString())
                        .text("customer"))
                .isEqualTo(customer);
        JsonObject attempt = stripe.get(
                        "/v1/setup_attempts", "setup_intent", done.get("id").getAsString())
                .json()
                .getAsJsonArray("data")
                .get(0)
                .getAsJsonObject();
        assertThat(attempt.get("id")).isEqualTo(done.get("latest_attempt"));
        assertThat(attempt.get("status").getAsString()).isEqualTo("succeeded");
    }

    @Test
    void a_refused_card_is_a_card_error_with_the_intent_and_no_charge() throws Exception {
        Response refused = create("confirm", "true", "payment_method", "pm_card_visa_chargeDeclined");

        assertThat(refused.status()).isEqualTo(402);
        assertThat(refused.error().get("code").getAsString()).isEqualTo("card_declined");
        assertThat(refused.error().has("charge")).isFalse();
        JsonObject intent = refused.error().getAsJsonObject("setup_intent");
        assertThat(intent.get("status").getAsString()).isEqualTo("requires_payment_method");
        assertThat(intent.getAsJsonObject("last_setup_error")
                        .get("decline_code")
                        .getAsString())
                .isEqualTo("generic_decline");
    }

    @Test
    void is_confirmed_later_and_authenticated_at_the_bank() throws Exception {
        String id = create("payment_method", "pm_card_authenticationRequiredOnSetup")
                .text("id");
        JsonObject waiting = stripe.post(
                        "/v1/setup_intents/" + id + "/confirm", "return_url", "https://shop.example/back")
                .json();
        assertThat(waiting.get("status").getAsString()).isEqualTo("requires_action");

        Response back = stripe.post(
                waiting.getAsJsonObject("next_action")
                        .getAsJsonObject("redirect_to_url")
                        .get("url")
                        .getAsString(),
                "result",
                "complete");

        assertThat(back.header("Location"))
                .isEqualTo("https://shop.example/back?setup_intent=" + id + "&redirect_status=succeeded");
        String method = stripe.get("/v1/setup_intents/" + id).text("payment_method");
        assertThat(stripe.charge(customer, method, "attempt-1").status()).isEqualTo(200);
    }

    @Test
    void is_canceled_once_and_then_not_confirmed() throws Exception {
        String id = create().text("id");

        assertThat(stripe.post("/v1/setup_intents/" + id + "/cancel", "cancellation_reason", "abandoned")
                        .text("status"))
                .isEqualTo("canceled");

        Response again = stripe.post("/v1/setup_intents/" + id + "/cancel");
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.error().get("code").getAsString()).isEqualTo("setup_intent_unexpected_state");
        assertThat(stripe.post("/v1/setup_intents/" + id + "/confirm", "payment_method", "pm_card_visa")
                        .error()
                        .get("code")
                        .getAsString())
                .isEqualTo("setup_intent_unexpected_state");
    }

    @ParameterizedTest
    @CsvSource({
        "foo,1,foo",
        "usage,later,usage",
        "customer,cus_none,customer",
        "payment_method,pm_none,payment_method",
        "expand[0],charges,expand",
        "payment_method_types[0],card,payment_method_types"
    })
    void rejects_an_invalid_parameter_by_name(String name, String value, String param) throws Exception {
        Response response = stripe.post("/v1/setup_intents", name, value);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.error().get("param").getAsString()).isEqualTo(param);
    }

    @Test
    void is_listed_by_customer_and_unknown_ids_are_not_found() throws Exception {
        create();
        stripe.post("/v1/setup_intents", "customer", stripe.customer());

        assertThat(stripe.get("/v1/setup_intents", "customer", customer).json().getAsJsonArray("data"))
                .hasSize(1);
        assertThat(stripe.get("/v1/setup_intents/seti_none").status()).isEqualTo(404);
        assertThat(stripe.get("/v1/mandates/mandate_none").status()).isEqualTo(404);
        assertThat(stripe.get("/v1/setup_attempts").error().get("param").getAsString())
                .isEqualTo("setup_intent");
    }

    private Response create(String... more) throws Exception {
        List<String> params = new ArrayList<>(List.of(
                "customer", customer,
                "automatic_payment_methods[enabled]", "true",
                "automatic_payment_methods[allow_redirects]", "never"));
        params.addAll(List.of(more));
        return stripe.post("/v1/setup_intents", params.toArray(new String[0]));
    }
}

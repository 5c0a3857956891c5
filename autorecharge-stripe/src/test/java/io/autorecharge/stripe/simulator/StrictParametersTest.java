package io.autorecharge.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.stripe.simulator.RawStripe.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictParametersTest {

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "foo|1|parameter_unknown|foo",
                "automatic_payment_methods[foo]|1|parameter_unknown|automatic_payment_methods[foo]",
                "metadata[a][b]|1|parameter_unknown|metadata[a][b]",
                "payment_method_types[0]|card|payment_method_types_no_longer_supported|payment_method_types",
                "amount|abc|parameter_invalid_integer|amount",
                "amount|0|parameter_invalid_integer|amount",
                "amount|-5|parameter_invalid_integer|amount",
                "amount|49|amount_too_small|amount",
                "amount|100000000|amount_too_large|amount",
                "amount|''|parameter_invalid_empty|amount",
                "currency|xxx|-|currency",
                "customer|cus_unknown|resource_missing|customer",
                "payment_method|pm_unknown|resource_missing|payment_method",
                "confirm|yes|parameter_invalid_boolean|confirm",
                "off_session|maybe|-|off_session",
                "setup_future_usage|later|-|setup_future_usage",
                "capture_method|manual|-|capture_method",
                "statement_descriptor|CREDITS|-|statement_descriptor",
                "statement_descriptor_suffix|A*B|-|statement_descriptor_suffix",
                "expand[0]|amount|-|expand",
                "expand[0]|nothing|-|expand",
            })
    void rejects_the_parameter_by_name_and_stores_nothing(String name, String value, String code, String param)
            throws Exception {
        Response response = stripe.postWithKey("key-1", "/v1/payment_intents", chargeWith(name, value));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.error().get("type").getAsString()).isEqualTo("invalid_request_error");
        assertThat(response.error().get("param").getAsString()).isEqualTo(param);
        assertThat(response.error().has("code")).isEqualTo(code != null);
        if (code != null) {
            assertThat(response.error().get("code").getAsString()).isEqualTo(code);
        }
        assertThat(response.header("Stripe-Should-Retry")).isEmpty();
        assertThat(simulated.simulator.history().captures()).isEmpty();
        assertThat(stripe.charge(customer, method, "key-1").status())
                .as("the same key, put right")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"amount", "currency"})
    void names_the_missing_parameter(String missing) throws Exception {
        List<String> params = new ArrayList<>(List.of("amount", "1500", "currency", "usd"));
        int at = params.indexOf(missing);
        params.remove(at);
        params.remove(at);

        Response response = stripe.post("/v1/payment_intents", params.toArray(new String[0]));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.error().get("code").getAsString()).isEqualTo("parameter_missing");
        assertThat(response.error().get("param").getAsString()).isEqualTo(missing);
    }

    @Test
    void requires_a_return_url_if_methods_could_redirect() throws Exception {
        Response response = stripe.post(
                "/v1/payment_intents",
                "amount",
                "1500",
                "currency",
                "usd",
                "customer",
                customer,
                "payment_method",
                method,
                "confirm",
                "true",
                "off_session",
                "true");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.error().get("message").getAsString()).contains("you must provide a `return_url`");
    }

    @Test
    void rejects_off_session_without_confirm() throws Exception {
        Response response =
                stripe.post("/v1/payment_intents", "amount", "1500", "currency", "usd", "off_session", "true");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.error().get("param").getAsString()).isEqualTo("off_session");
    }

    @Test
    void rejects_the_card_of_another_customer() throws Exception {
        Response response = stripe.charge(stripe.customer(), method, "attempt-1");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.error().has("code")).isFalse();
        assertThat(response.error().get("param").getAsString()).isEqualTo("payment_method");
        assertThat(response.error().get("message").getAsString()).contains("does not belong to the Customer");
    }

    @Test
    void rejects_a_detached_card_without_a_code() throws Exception {
        stripe.post("/v1/payment_methods/" + method + "/detach");

        Response response = stripe.charge(customer, method, "attempt-1");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.error().has("code")).isFalse();
        assertThat(response.error().get("message").getAsString()).contains("was detached from a Customer");
        assertThat(stripe.get("/v1/payment_methods/" + method)
                        .json()
                        .get("customer")
                        .isJsonNull())
                .isTrue();
    }

    @Test
    void rejects_a_deleted_customer() throws Exception {
        assertThat(stripe.delete("/v1/customers/" + customer)
                        .json()
                        .get("deleted")
                        .getAsBoolean())
                .isTrue();

        Response response = stripe.charge(customer, method, "attempt-1");

        assertThat(response.error().get("code").getAsString()).isEqualTo("resource_missing");
        assertThat(stripe.get("/v1/customers/" + customer).json().has("deleted"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/payment_intents/pi_none",
        "/v1/customers/cus_none",
        "/v1/payment_methods/pm_none",
        "/v1/checkout/sessions/cs_none",
        "/v1/refunds/re_none",
        "/v1/disputes/dp_none",
        "/v1/charges/ch_none",
        "/v1/events/evt_none"
    })
    void responds_with_404_for_an_unknown_id(String path) throws Exception {
        Response response = stripe.get(path);

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.error().get("code").getAsString()).isEqualTo("resource_missing");
    }

    @Test
    void responds_with_404_for_an_unknown_url() throws Exception {
        assertThat(stripe.get("/v1/subscriptions").status()).isEqualTo(404);
        assertThat(stripe.delete("/v1/payment_intents").status()).isEqualTo(404);
    }

    @Test
    void responds_with_401_for_an_unknown_and_for_a_revoked_key() throws Exception {
        RawStripe stranger = new RawStripe(simulated.simulator.baseUrl(), "sk_test_somebody_else");
        assertThat(stranger.get("/v1/events").status()).isEqualTo(401);

        simulated.simulator.acceptKeys();
        Response response = stripe.charge(customer, method, "attempt-1");
        assertThat(response.status()).isEqualTo(401);
        assertThat(response.body()).doesNotContain(SimulatorOptions.SECRET_KEY);

        simulated.simulator.acceptKeys(SimulatorOptions.SECRET_KEY);
        assertThat(stripe.charge(customer, method, "attempt-1").status()).isEqualTo(200);
    }

    @Test
    void responds_with_403_for_a_connected_account() throws Exception {
        Response response = stripe.send(
                stripe.request("/v1/events").header("Stripe-Account", "acct_1").GET());

        assertThat(response.status()).isEqualTo(403);
    }

    @Test
    void limits_metadata_as_documented() throws Exception {
        assertThat(paramOf(chargeWith("metadata[" + "k".repeat(41) + "]", "v"))).isEqualTo("metadata");
        assertThat(paramOf(chargeWith("metadata[k]", "v".repeat(501)))).isEqualTo("metadata[k]");
        List<String> many = new ArrayList<>(List.of(RawStripe.chargeParams(customer, method, "a")));
        for (int i = 0; i < 50; i++) {
            many.addAll(List.of("metadata[k" + i + "]", "v"));
        }
        assertThat(paramOf(many.toArray(new String[0]))).isEqualTo("metadata");
    }

    private String paramOf(String... params) throws Exception {
        return stripe.post("/v1/payment_intents", params).error().get("param").getAsString();
    }

    private String[] chargeWith(String name, String value) {
        List<String> params = new ArrayList<>(List.of(RawStripe.chargeParams(customer, method, "attempt-1")));
        int at = params.indexOf(name);
        if (at >= 0) {
            params.set(at + 1, value);
        } else {
            params.addAll(List.of(name, value));
        }
        return params.toArray(new String[0]);
    }
}

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

/** Payment methods that are attached, updated and detached, customers that change, and the events of it. */
class MethodChangesTest {

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
    void a_detached_method_is_gone_for_ever_and_only_the_event_still_names_its_customer() throws Exception {
        String method = stripe.card(customer, "pm_card_visa");
        stripe.post("/v1/customers/" + customer, "invoice_settings[default_payment_method]", method);

        Response detached = stripe.post("/v1/payment_methods/" + method + "/detach");

        assertThat(detached.json().get("customer").isJsonNull()).isTrue();
        assertThat(ids(stripe.get("/v1/payment_methods", "customer", customer))).isEmpty();
        JsonObject event = event("payment_method.detached");
        assertThat(event.getAsJsonObject("object").get("customer").isJsonNull()).isTrue();
        assertThat(event.getAsJsonObject("previous_attributes").toString())
                .isEqualTo("{\"customer\":\"" + customer + "\"}");
        assertThat(defaultMethod()).isEqualTo("null");

        Response again = stripe.post("/v1/payment_methods/" + method + "/detach");
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.error().has("code")).isFalse();
        assertThat(again.error().has("param")).isFalse();
        assertThat(stripe.post("/v1/payment_methods/" + method + "/attach", "customer", customer)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void an_update_has_an_event_with_the_old_values() throws Exception {
        String method = stripe.card(customer, "pm_card_visa");
        JsonObject before = stripe.get("/v1/payment_methods/" + method).json().getAsJsonObject("card");

        JsonObject after = stripe.post(
                        "/v1/payment_methods/" + method,
                        "card[exp_month]",
                        "3",
                        "card[exp_year]",
                        "2031",
                        "billing_details[name]",
                        "Ada",
                        "allow_redisplay",
                        "always",
                        "metadata[role]",
                        "backup")
                .json();

        assertThat(after.getAsJsonObject("card").get("exp_month").getAsInt()).isEqualTo(3);
        assertThat(after.getAsJsonObject("card").get("fingerprint")).isEqualTo(before.get("fingerprint"));
        assertThat(after.getAsJsonObject("metadata").get("role").getAsString()).isEqualTo("backup");
        JsonObject previous = event("payment_method.updated").getAsJsonObject("previous_attributes");
        assertThat(previous.keySet())
                .containsExactlyInAnyOrder("card", "billing_details", "allow_redisplay", "metadata");
        assertThat(previous.getAsJsonObject("card").keySet()).containsExactlyInAnyOrder("exp_month", "exp_year");
        assertThat(previous.getAsJsonObject("card").get("exp_month")).isEqualTo(before.get("exp_month"));
    }

    @ParameterizedTest
    @CsvSource({
        "card[number],4000056655665556,400,card[number]",
        "card[exp_year],x,400,card[exp_year]",
        "allow_redisplay,never,400,allow_redisplay"
    })
    void an_update_changes_only_what_stripe_lets_change(String name, String value, int status, String param)
            throws Exception {
        Response response = stripe.post("/v1/payment_methods/" + stripe.card(customer, "pm_card_visa"), name, value);

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.error().get("param").getAsString()).isEqualTo(param);
    }

    @Test
    void a_method_that_is_not_saved_has_no_event_and_cannot_be_updated() throws Exception {
        String loose = stripe.post("/v1/payment_methods", "type", "card", "card[token]", "tok_visa")
                .text("id");

        assertThat(stripe.post("/v1/payment_methods/" + loose, "card[exp_month]", "3")
                        .status())
                .isEqualTo(400);
        assertThat(stripe.get("/v1/events", "types[]", "payment_method.attached")
                        .json()
                        .getAsJsonArray("data"))
                .isEmpty();
        Response created =
                stripe.post("/v1/payment_methods", "type", "card", "card[token]", "tok_visa", "customer", customer);
        assertThat(created.status()).isEqualTo(400);
        assertThat(created.error().get("message").getAsString()).contains("during PaymentMethod creation");
    }

    @Test
    void attaching_checks_the_security_code_and_a_second_time_changes_nothing() throws Exception {
        String loose = stripe.post("/v1/payment_methods", "type", "card", "card[token]", "tok_visa")
                .text("id");
        assertThat(cvcCheck(loose)).isEqualTo("unchecked");

        assertThat(attach(loose, "customer", customer).status()).isEqualTo(200);
        assertThat(cvcCheck(loose)).isEqualTo("pass");
        assertThat(attach(loose, "customer", customer).status()).isEqualTo(200);
        assertThat(simulated.simulator.webhooks().eventIds("payment_method.attached"))
                .hasSize(1);

        Response unknown = attach(loose, "customer", "cus_none");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.error().get("code").getAsString()).isEqualTo("resource_missing");
        Response missing = attach(loose);
        assertThat(missing.error().get("code").getAsString()).isEqualTo("parameter_missing");
        assertThat(missing.error().has("param")).isFalse();
    }

    @Test
    void the_events_of_a_customer_name_what_changed() throws Exception {
        String method = stripe.card(customer, "pm_card_visa");

        stripe.post(
                "/v1/customers/" + customer,
                "email",
                "new@example.org",
                "invoice_settings[default_payment_method]",
                method);

        JsonObject event = event("customer.updated");
        assertThat(event.getAsJsonObject("previous_attributes").toString())
                .isEqualTo("{\"email\":\"ada@example.org\",\"invoice_settings\":{\"default_payment_method\":null}}");
        assertThat(defaultMethod()).isEqualTo(method);
        Response foreign =
                stripe.post("/v1/customers/" + stripe.customer(), "invoice_settings[default_payment_method]", method);
        assertThat(foreign.status()).isEqualTo(400);

        stripe.delete("/v1/customers/" + customer);
        assertThat(event("customer.deleted").getAsJsonObject("object").get("id").getAsString())
                .isEqualTo(customer);
        assertThat(stripe.get("/v1/payment_methods/" + method)
                        .json()
                        .get("customer")
                        .isJsonNull())
                .isTrue();
    }

    private Response attach(String method, String... params) throws Exception {
        return stripe.post("/v1/payment_methods/" + method + "/attach", params);
    }

    private String cvcCheck(String method) throws Exception {
        return stripe.get("/v1/payment_methods/" + method)
                .json()
                .getAsJsonObject("card")
                .getAsJsonObject("checks")
                .get("cvc_check")
                .getAsString();
    }

    private String defaultMethod() throws Exception {
        return stripe.get("/v1/customers/" + customer)
                .json()
                .getAsJsonObject("invoice_settings")
                .get("default_payment_method")
                .toString()
                .replace("\"", "");
    }

    private JsonObject event(String type) throws Exception {
        return stripe.get("/v1/events", "type", type)
                .json()
                .getAsJsonArray("data")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("data");
    }

    private static List<String> ids(Response list) {
        List<String> ids = new ArrayList<>();
        list.json()
                .getAsJsonArray("data")
                .forEach(it -> ids.add(it.getAsJsonObject().get("id").getAsString()));
        return ids;
    }
}

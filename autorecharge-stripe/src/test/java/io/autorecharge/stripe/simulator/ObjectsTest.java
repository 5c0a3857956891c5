package io.autorecharge.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.autorecharge.stripe.simulator.RawStripe.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists, payment methods and refunds. */
class ObjectsTest {

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
    void intents_are_listed_by_customer_newest_first_page_by_page() throws Exception {
        String method = stripe.card(customer, "pm_card_visa");
        List<String> newestFirst = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            newestFirst.add(0, stripe.charge(customer, method, "key-" + i).text("id"));
        }
        String other = stripe.customer();
        stripe.charge(other, stripe.card(other, "pm_card_visa"), "other");

        JsonObject first = stripe.get("/v1/payment_intents", "customer", customer, "limit", "3")
                .json();
        assertThat(ids(first)).isEqualTo(newestFirst.subList(0, 3));
        assertThat(first.get("has_more").getAsBoolean()).isTrue();
        JsonObject second = stripe.get(
                        "/v1/payment_intents", "customer", customer, "limit", "3", "starting_after", newestFirst.get(2))
                .json();
        assertThat(ids(second)).isEqualTo(newestFirst.subList(3, 5));
        assertThat(second.get("has_more").getAsBoolean()).isFalse();
    }

    @Test
    void an_update_leaves_omitted_fields_of_a_customer_unchanged() throws Exception {
        stripe.post("/v1/customers/" + customer, "email", "ann@example.com", "metadata[a]", "1");
        Response answer = stripe.post("/v1/customers/" + customer, "name", "Ann", "metadata[b]", "2");

        assertThat(answer.text("email")).isEqualTo("ann@example.com");
        assertThat(answer.text("name")).isEqualTo("Ann");
        assertThat(answer.json().getAsJsonObject("metadata").keySet()).containsExactlyInAnyOrder("a", "b");
        assertThat(stripe.post("/v1/customers/cus_none", "name", "Ann").status())
                .isEqualTo(404);
        assertThat(stripe.post("/v1/customers/" + customer, "balance", "5").status())
                .isEqualTo(400);
    }

    @Test
    void intents_are_listed_by_time() throws Exception {
        String method = stripe.card(customer, "pm_card_visa");
        stripe.charge(customer, method, "key-1");
        simulated.simulator.advanceClock(Duration.ofSeconds(100));
        String late = stripe.charge(customer, method, "key-2").text("id");
        String then = String.valueOf(RawStripeExtension.NOW.getEpochSecond() + 100);

        assertThat(ids(list("created[gte]", then))).containsExactly(late);
        assertThat(ids(list("created[gt]", then))).isEmpty();
        assertThat(ids(list("created[lte]", then))).hasSize(2);
        assertThat(ids(list("created[lt]", then))).hasSize(1);
        assertThat(ids(list("created", then))).containsExactly(late);
    }

    @ParameterizedTest
    @CsvSource({"limit,0", "limit,101", "limit,x", "starting_after,pi_none", "foo,1", "customer,''"})
    void rejects_invalid_list_parameters_by_name(String name, String value) throws Exception {
        Response response = stripe.get("/v1/payment_intents", name, value);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.error().get("param").getAsString()).isEqualTo(name);
    }

    @Test
    void each_attached_test_card_is_a_new_method_with_the_same_fingerprint() throws Exception {
        JsonObject first = attach("pm_card_visa");
        JsonObject second = attach("pm_card_visa");
        JsonObject other = attach("pm_card_mastercard");

        assertThat(first.get("id")).isNotEqualTo(second.get("id"));
        assertThat(fingerprint(first)).isEqualTo(fingerprint(second)).isNotEqualTo(fingerprint(other));
        assertThat(other.getAsJsonObject("card").get("brand").getAsString()).isEqualTo("mastercard");
        assertThat(stripe.get("/v1/customers/" + customer + "/payment_methods")
                        .json()
                        .getAsJsonArray("data"))
                .hasSize(3);
    }

    @Test
    void a_method_is_created_from_a_number_or_a_token() throws Exception {
        JsonObject typed = stripe.post(
                        "/v1/payment_methods",
                        "type",
                        "card",
                        "card[number]",
                        "4000000000000341",
                        "card[exp_month]",
                        "7",
                        "card[exp_year]",
                        "2031",
                        "card[cvc]",
                        "123")
                .json();
        assertThat(typed.getAsJsonObject("card").get("last4").getAsString()).isEqualTo("0341");
        assertThat(typed.getAsJsonObject("card").get("exp_month").getAsInt()).isEqualTo(7);
        assertThat(typed.get("customer").isJsonNull()).isTrue();

        JsonObject token = stripe.post("/v1/payment_methods", "type", "card", "card[token]", "tok_visa")
                .json();
        assertThat(token.getAsJsonObject("card").get("last4").getAsString()).isEqualTo("4242");
    }

    @ParameterizedTest
    @CsvSource({
        "4242424242424241,12,2031,123,incorrect_number",
        "4111111111111111,12,2031,123,card_declined",
        "4242424242424242,13,2031,123,invalid_expiry_month",
        "4242424242424242,12,x,123,invalid_expiry_year",
        "4242424242424242,12,2031,1,invalid_cvc"
    })
    void rejects_a_card_that_is_not_a_test_card(String number, String month, String year, String cvc, String code)
            throws Exception {
        Response response = stripe.post(
                "/v1/payment_methods",
                "type",
                "card",
                "card[number]",
                number,
                "card[exp_month]",
                month,
                "card[exp_year]",
                year,
                "card[cvc]",
                cvc);

        assertThat(response.status()).isEqualTo(402);
        assertThat(response.error().get("code").getAsString()).isEqualTo(code);
    }

    @Test
    void a_method_belongs_to_one_customer() throws Exception {
        String method = stripe.card(customer, "pm_card_visa");
        String other = stripe.customer();

        assertThat(stripe.post("/v1/payment_methods/" + method + "/attach", "customer", other)
                        .status())
                .isEqualTo(400);
        assertThat(stripe.get("/v1/customers/" + other + "/payment_methods/" + method)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void an_unattached_method_can_be_used_once() throws Exception {
        String loose = stripe.post("/v1/payment_methods", "type", "card", "card[token]", "tok_visa")
                .text("id");

        assertThat(stripe.charge(customer, loose, "key-1").status()).isEqualTo(200);
        assertThat(stripe.charge(customer, loose, "key-2").status()).isEqualTo(400);
    }

    @Test
    void refunds_partially_until_nothing_is_left() throws Exception {
        String intent = stripe.charge(customer, stripe.card(customer, "pm_card_visa"), "key-1")
                .text("id");

        Response part = stripe.post("/v1/refunds", "payment_intent", intent, "amount", "500");
        assertThat(part.text("status")).isEqualTo("succeeded");
        assertThat(simulated.simulator.history().netCaptured(customer)).isEqualTo(Map.of("usd", 1000L));
        assertThat(stripe.post("/v1/refunds", "payment_intent", intent, "amount", "1001")
                        .error()
                        .get("param")
                        .getAsString())
                .isEqualTo("amount");
        assertThat(stripe.post("/v1/refunds", "payment_intent", intent)
                        .json()
                        .get("amount")
                        .getAsLong())
                .isEqualTo(1000);
        assertThat(stripe.post("/v1/refunds", "payment_intent", intent)
                        .error()
                        .get("code")
                        .getAsString())
                .isEqualTo("charge_already_refunded");

        JsonObject charge = stripe.get("/v1/charges/" + part.text("charge"), "expand[]", "refunds")
                .json();
        assertThat(charge.get("refunded").getAsBoolean()).isTrue();
        assertThat(charge.get("amount_refunded").getAsLong()).isEqualTo(1500);
        assertThat(charge.getAsJsonObject("refunds").getAsJsonArray("data")).hasSize(2);
        assertThat(simulated.simulator.webhooks().eventIds("refund.created")).hasSize(2);
        assertThat(simulated.simulator.webhooks().eventIds("charge.refunded")).hasSize(2);
    }

    private JsonObject list(String name, String value) throws Exception {
        return stripe.get("/v1/payment_intents", "customer", customer, name, value)
                .json();
    }

    private JsonObject attach(String kind) throws Exception {
        return stripe.post("/v1/payment_methods/" + kind + "/attach", "customer", customer)
                .json();
    }

    private static String fingerprint(JsonObject method) {
        return method.getAsJsonObject("card").get("fingerprint").getAsString();
    }

    private static List<String> ids(JsonObject list) {
        JsonArray data = list.getAsJsonArray("data");
        List<String> ids = new ArrayList<>();
        for (JsonElement element : data) {
            ids.add(element.getAsJsonObject().get("id").getAsString());
        }
        return ids;
    }
}

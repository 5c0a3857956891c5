package io.autorecharge.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.autorecharge.stripe.simulator.RawStripe.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckoutSessionTest {

    @RegisterExtension
    final RawStripeExtension simulated = new RawStripeExtension();

    private RawStripe stripe;
    private String customer;
    private JsonObject session;

    static String[] params(String customer) {
        return new String[] {
            "mode", "payment",
            "customer", customer,
            "line_items[0][quantity]", "1",
            "line_items[0][price_data][currency]", "usd",
            "line_items[0][price_data][unit_amount]", "999",
            "line_items[0][price_data][product_data][name]", "100 <b>credits</b>",
            "payment_intent_data[setup_future_usage]", "off_session",
            "payment_intent_data[metadata][attempt]", "checkout-1",
            "metadata[account]", "alice",
            "client_reference_id", "alice",
            "success_url", "https://shop.example/thanks?session={CHECKOUT_SESSION_ID}",
            "cancel_url", "https://shop.example/profile"
        };
    }

    @BeforeEach
    void openCheckout() throws Exception {
        stripe = simulated.stripe;
        customer = stripe.customer();
        session = stripe.post("/v1/checkout/sessions", params(customer)).json();
    }

    @Test
    void expires_by_the_clock_and_can_no_longer_be_paid() throws Exception {
        simulated.simulator.advanceClock(Duration.ofHours(24));

        assertThat(stripe.get(session.get("url").getAsString()).body()).contains("This checkout has expired");
        assertThat(stripe.post(session.get("url").getAsString(), "pay_with", "us_bank_account")
                        .body())
                .contains("This checkout has expired");
        assertThat(stripe.get("/v1/checkout/sessions/" + session.get("id").getAsString())
                        .json()
                        .get("status")
                        .getAsString())
                .isEqualTo("expired");
        assertThat(stripe.get("/v1/payment_intents").json().getAsJsonArray("data"))
                .isEmpty();
        assertThat(simulated.simulator.webhooks().eventIds("checkout.session.expired"))
                .hasSize(1);
    }

    @Test
    void can_be_expired_once() throws Exception {
        String path = "/v1/checkout/sessions/" + session.get("id").getAsString() + "/expire";

        assertThat(stripe.post(path).text("status")).isEqualTo("expired");
        assertThat(stripe.post(path).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "success_url,shop.example,success_url",
        "expires_at,1,expires_at",
        "line_items[0][quantity],0,line_items[0][quantity]",
        "line_items[0][price_data][unit_amount],x,line_items[0][price_data][unit_amount]",
        "line_items[0][price_data][unit_amount],10,line_items",
        "line_items[0][price_data][product_data][colour],red,line_items[0][price_data][product_data][colour]",
        "payment_intent_data[setup_future_usage],always,payment_intent_data[setup_future_usage]",
        "payment_method_types[0],card,payment_method_types",
        "customer_email,a@example.org,customer",
        "mode,subscription,mode",
        "customer,cus_none,customer"
    })
    void rejects_an_invalid_session_and_names_the_parameter(String name, String value, String param) throws Exception {
        List<String> params = new ArrayList<>(List.of(params(customer)));
        int at = params.indexOf(name);
        if (at >= 0) {
            params.set(at + 1, value);
        } else {
            params.addAll(List.of(name, value));
        }

        Response response = stripe.post("/v1/checkout/sessions", params.toArray(new String[0]));

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.error().get("param").getAsString()).isEqualTo(param);
    }

    @Test
    void lists_sessions_by_customer() throws Exception {
        stripe.post("/v1/checkout/sessions", params(stripe.customer()));

        JsonObject list =
                stripe.get("/v1/checkout/sessions", "customer", customer).json();

        assertThat(list.getAsJsonArray("data")).hasSize(1);
    }
}

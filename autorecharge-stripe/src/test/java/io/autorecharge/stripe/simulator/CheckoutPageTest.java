package io.autorecharge.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonObject;
import io.autorecharge.stripe.simulator.RawStripe.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckoutPageTest {

    @RegisterExtension
    final RawStripeExtension simulated = new RawStripeExtension();

    private RawStripe stripe;
    private SimulatorHistory history;
    private OpenCheckout checkout;

    @BeforeEach
    void openCheckout() throws Exception {
        stripe = simulated.stripe;
        history = simulated.simulator.history();
        checkout = new OpenCheckout(stripe);
    }

    @Test
    void shows_what_is_sold_and_escapes_all_values() throws Exception {
        Response response = stripe.get(checkout.page);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("Content-Type")).startsWith("text/html");
        assertThat(response.body())
                .contains("Stripe simulator", "100 &lt;b&gt;credits&lt;/b&gt;", "9.99 USD", "ada@example.org")
                .contains(
                        "4242424242424242", "https://shop.example/profile", "charge your payment method in the future")
                .doesNotContain("<b>", "<script", "role=\"alert\"");
    }

    @Test
    void a_test_pays_with_one_call() {
        StripeSimulator simulator = simulated.simulator;
        URI url = URI.create(simulator.baseUrl()).resolve(checkout.page);

        assertThat(simulator.pay(url, TestCard.DECLINED)).isFalse();
        assertThat(history.captures()).isEmpty();
        assertThat(simulator.pay(url, TestCard.AMEX)).isTrue();
        assertThat(history.captures()).hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> simulator.pay(url, TestCard.VISA))
                .withMessageContaining("url must be that of an open checkout session");
    }

    @Test
    void a_valid_card_pays_is_saved_and_leads_back_to_the_shop() throws Exception {
        Response paid = checkout.pay("4242 4242 4242 4242");

        assertThat(paid.status()).isEqualTo(303);
        assertThat(paid.header("Location")).isEqualTo("https://shop.example/thanks?session=" + checkout.id());
        JsonObject done = stripe.get(
                        "/v1/checkout/sessions/" + checkout.id(),
                        "expand[]",
                        "payment_intent.payment_method",
                        "expand[]",
                        "line_items")
                .json();
        assertThat(done.get("status").getAsString()).isEqualTo("complete");
        assertThat(done.get("payment_status").getAsString()).isEqualTo("paid");
        assertThat(done.get("url").isJsonNull()).isTrue();
        assertThat(done.getAsJsonObject("line_items").getAsJsonArray("data")).hasSize(1);
        JsonObject intent = done.getAsJsonObject("payment_intent");
        assertThat(intent.getAsJsonObject("metadata").get("attempt").getAsString())
                .isEqualTo("checkout-1");
        JsonObject method = intent.getAsJsonObject("payment_method");
        assertThat(method.get("customer").getAsString()).isEqualTo(checkout.customer);
        assertThat(method.getAsJsonObject("card").get("last4").getAsString()).isEqualTo("4242");
        assertThat(method.getAsJsonObject("card").get("exp_year").getAsInt()).isEqualTo(2039);

        assertThat(stripe.charge(checkout.customer, method.get("id").getAsString(), "later")
                        .status())
                .isEqualTo(200);
        assertThat(history.netCaptured(checkout.customer)).containsExactly(java.util.Map.entry("usd", 999L + 1500L));
        assertThat(simulated.simulator.webhooks().eventIds("checkout.session.completed"))
                .hasSize(1);
        assertThat(stripe.get(checkout.page).body()).contains("This checkout is complete");
    }

    @Test
    void paying_twice_captures_once() throws Exception {
        checkout.pay("4242424242424242");

        assertThat(checkout.pay("4242424242424242").body()).contains("This checkout is complete");
        assertThat(history.captures()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4000000000000002|Your card was declined.",
                "4000000000009995|Your card has insufficient funds.",
                "4000000000009987|Your card was declined.",
                "4000000000009979|Your card was declined.",
                "4000000000000069|Your card has expired.",
                "4000000000000127|Your card&#39;s security code is incorrect.",
                "4000000000000119|An error occurred while processing your card.",
                "4242424242424241|Your card number is incorrect.",
                "4111111111111111|used a non test card",
                "''|Your card number is incorrect.",
                "<script>|Your card number is incorrect.",
            })
    void a_declined_card_is_explained_on_the_page_and_another_one_may_follow(String number, String message)
            throws Exception {
        Response refused = checkout.pay(number);

        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.body()).contains("role=\"alert\"").contains(message).doesNotContain("<script");
        assertThat(history.captures()).isEmpty();
        assertThat(checkout.retrieve().get("status").getAsString()).isEqualTo("open");

        assertThat(checkout.pay("4242424242424242").status()).isEqualTo(303);
        assertThat(history.captures()).hasSize(1);
        assertThat(stripe.get("/v1/payment_intents", "customer", checkout.customer)
                        .json()
                        .getAsJsonArray("data"))
                .as("one intent for the whole session")
                .hasSize(1);
    }

    @Test
    void the_card_for_failing_charges_is_saved_here_and_declined_later() throws Exception {
        assertThat(checkout.pay("4000000000000341").status()).isEqualTo(303);

        assertThat(stripe.charge(checkout.customer, checkout.savedMethod(), "later")
                        .error()
                        .get("decline_code")
                        .getAsString())
                .isEqualTo("generic_decline");
    }

    @ParameterizedTest
    @CsvSource({"true,async_payment_succeeded,paid", "false,async_payment_failed,unpaid"})
    void a_bank_debit_completes_unpaid_and_is_settled_later(boolean succeeds, String type, String status)
            throws Exception {
        assertThat(stripe.post(checkout.page, "pay_with", "us_bank_account").status())
                .isEqualTo(303);
        JsonObject done = checkout.retrieve();
        assertThat(done.get("status").getAsString()).isEqualTo("complete");
        assertThat(done.get("payment_status").getAsString()).isEqualTo("unpaid");

        String intent = done.get("payment_intent").getAsString();
        if (succeeds) {
            simulated.simulator.bankDebits().succeed(intent);
        } else {
            simulated.simulator.bankDebits().fail(intent);
        }

        assertThat(checkout.retrieve().get("payment_status").getAsString()).isEqualTo(status);
        assertThat(simulated.simulator.webhooks().eventIds("checkout.session." + type))
                .hasSize(1);
        assertThat(history.captures()).hasSize(succeeds ? 1 : 0);
    }

    @Test
    void asks_for_an_email_and_the_terms_when_required() throws Exception {
        Response created = stripe.post(
                "/v1/checkout/sessions",
                with("customer_creation", "always", "consent_collection[terms_of_service]", "required"));
        String guestPage = created.text("url");

        assertThat(stripe.get(guestPage).body()).contains("id=\"email\"", "id=\"terms\"");
        Response withoutTerms = stripe.post(guestPage, OpenCheckout.card("4242424242424242"));
        assertThat(withoutTerms.body()).contains("role=\"alert\"", "agree to the terms");
        List<String> form = new ArrayList<>(List.of(OpenCheckout.card("4242424242424242")));
        form.addAll(List.of("email", "guest@example.org", "terms", "on"));
        assertThat(stripe.post(guestPage, form.toArray(new String[0])).status()).isEqualTo(303);

        JsonObject done = stripe.get("/v1/checkout/sessions/" + created.text("id"), "expand[]", "customer")
                .json();
        assertThat(done.getAsJsonObject("customer").get("email").getAsString()).isEqualTo("guest@example.org");
        assertThat(done.getAsJsonObject("consent").get("terms_of_service").getAsString())
                .isEqualTo("accepted");
    }

    @Test
    void an_unknown_checkout_is_a_404() throws Exception {
        assertThat(stripe.get("/c/pay/cs_test_none").status()).isEqualTo(404);
        assertThat(stripe.get("/c/authenticate/pi_none").status()).isEqualTo(404);
    }

    /** The parameters of the session without the customer, and with these added. */
    private String[] with(String... more) {
        List<String> params = new ArrayList<>(List.of(CheckoutSessionTest.params(checkout.customer)));
        int at = params.indexOf("customer");
        params.remove(at);
        params.remove(at);
        params.addAll(List.of(more));
        return params.toArray(new String[0]);
    }
}

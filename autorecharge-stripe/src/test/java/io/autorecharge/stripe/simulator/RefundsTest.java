package io.autorecharge.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.autorecharge.stripe.simulator.RawStripe.Response;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refunds by the API: keys, sums, pending ones, and those that fail. */
class RefundsTest {

    @RegisterExtension
    final RawStripeExtension simulated = new RawStripeExtension();

    private RawStripe stripe;
    private Refunds refunds;
    private String customer;
    private String method;
    private String intent;

    @BeforeEach
    void a_payment() throws Exception {
        stripe = simulated.stripe;
        refunds = simulated.simulator.refunds();
        customer = stripe.customer();
        method = stripe.card(customer, "pm_card_visa");
        intent = stripe.charge(customer, method, "attempt-1").text("id");
    }

    @Test
    void the_same_key_refunds_once_and_another_key_refunds_again() throws Exception {
        Response first = refund("refund-1", "500");
        Response again = refund("refund-1", "500");
        Response other = refund("refund-2", "500");

        assertThat(again.text("id")).isEqualTo(first.text("id"));
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(other.text("id")).isNotEqualTo(first.text("id"));
        assertThat(net()).isEqualTo(500);
        assertThat(refund("refund-1", "600").error().get("type").getAsString()).isEqualTo("idempotency_error");
    }

    @Test
    void more_than_the_rest_is_refused_without_a_code_and_nothing_is_left_to_refund_with_one() throws Exception {
        refund("refund-1", "1000");

        Response tooMuch = refund("refund-2", "501");
        assertThat(tooMuch.status()).isEqualTo(400);
        assertThat(tooMuch.error().has("code")).isFalse();
        assertThat(tooMuch.error().get("param").getAsString()).isEqualTo("amount");
        refund("refund-3", "500");
        Response nothingLeft = refund("refund-4", "1");
        assertThat(nothingLeft.error().get("code").getAsString()).isEqualTo("charge_already_refunded");
        assertThat(net()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "amount,0,parameter_invalid_integer",
        "amount,x,parameter_invalid_integer",
        "reason,regret,-",
        "foo,1,parameter_unknown",
        "payment_intent,pi_none,resource_missing"
    })
    void rejects_an_invalid_parameter_by_name(String name, String value, String code) throws Exception {
        Response response = name.equals("payment_intent")
                ? stripe.post("/v1/refunds", name, value)
                : stripe.post("/v1/refunds", "payment_intent", intent, name, value);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.error().get("param").getAsString()).isEqualTo(name);
        assertThat(response.error().has("code")).isEqualTo(!code.equals("-"));
        assertThat(net()).isEqualTo(1500);
    }

    @Test
    void the_charge_and_its_event_show_the_refund() throws Exception {
        Response refund = stripe.post(
                "/v1/refunds",
                "payment_intent",
                intent,
                "amount",
                "500",
                "reason",
                "duplicate",
                "metadata[refund]",
                "7");

        assertThat(refund.text("reason")).isEqualTo("duplicate");
        assertThat(refund.json().getAsJsonObject("metadata").get("refund").getAsString())
                .isEqualTo("7");
        JsonObject event = stripe.get("/v1/events", "type", "charge.refunded")
                .json()
                .getAsJsonArray("data")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("data");
        assertThat(event.getAsJsonObject("object").get("amount_refunded").getAsLong())
                .isEqualTo(500);
        assertThat(event.getAsJsonObject("previous_attributes").toString()).isEqualTo("{\"amount_refunded\":0}");
    }

    @Test
    void a_refund_waits_for_the_merchants_balance() throws Exception {
        refunds.balanceIsShort(true);
        Response pending = refund("refund-1", "500");
        assertThat(pending.text("status")).isEqualTo("pending");
        assertThat(pending.text("pending_reason")).isEqualTo("insufficient_funds");

        refunds.balanceIsShort(false);
        assertThat(refund("refund-2", "500").text("status")).isEqualTo("succeeded");
        refunds.fail(pending.text("id"), "insufficient_funds");
        JsonObject failed = stripe.get("/v1/refunds/" + pending.text("id")).json();
        assertThat(failed.get("failure_reason").getAsString()).isEqualTo("insufficient_funds");
        assertThat(failed.has("pending_reason")).isFalse();
        assertThat(stripe.get("/v1/events", "type", "refund.updated")
                        .json()
                        .getAsJsonArray("data")
                        .get(0)
                        .getAsJsonObject()
                        .getAsJsonObject("data")
                        .getAsJsonObject("previous_attributes")
                        .get("status")
                        .getAsString())
                .isEqualTo("pending");
        assertThat(net()).isEqualTo(1000);
    }

    @Test
    void stripe_refunds_what_is_left_by_itself() throws Exception {
        refund("refund-1", "500");

        String own = refunds.byStripe(intent);

        assertThat(stripe.get("/v1/refunds/" + own).json().get("amount").getAsLong())
                .isEqualTo(1000);
        JsonObject event = stripe.get("/v1/events", "type", "refund.created")
                .json()
                .getAsJsonArray("data")
                .get(0)
                .getAsJsonObject();
        assertThat(event.getAsJsonObject("request").get("idempotency_key").isJsonNull())
                .isTrue();
        assertThat(net()).isZero();
    }

    @Test
    void the_reason_fraudulent_blocks_the_card_for_everybody() throws Exception {
        stripe.post("/v1/refunds", "payment_intent", intent, "reason", "fraudulent");
        String other = stripe.customer();

        Response declined = stripe.charge(other, stripe.card(other, "pm_card_visa"), "attempt-2");

        assertThat(declined.error().get("decline_code").getAsString()).isEqualTo("fraudulent");
        JsonObject outcome = stripe.get(
                        "/v1/charges/" + declined.error().get("charge").getAsString())
                .json()
                .getAsJsonObject("outcome");
        assertThat(outcome.get("type").getAsString()).isEqualTo("blocked");
        assertThat(outcome.get("network_status").getAsString()).isEqualTo("not_sent_to_network");
        assertThat(stripe.charge(customer, stripe.card(customer, "pm_card_mastercard"), "attempt-3")
                        .status())
                .isEqualTo(200);
    }

    private Response refund(String key, String amount) throws Exception {
        return stripe.postWithKey(key, "/v1/refunds", "payment_intent", intent, "amount", amount);
    }

    private long net() {
        Map<String, Long> net = simulated.simulator.history().netCaptured(customer);
        return net.getOrDefault("usd", 0L);
    }
}

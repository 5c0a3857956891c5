package io.autorecharge.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.autorecharge.stripe.simulator.RawStripe.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Early fraud warnings: reported, listed, and settled by a full refund or a dispute. */
class FraudWarningsTest {

    @RegisterExtension
    final RawStripeExtension simulated = new RawStripeExtension();

    private RawStripe stripe;
    private Disputes disputes;
    private String customer;
    private String intent;

    @BeforeEach
    void a_payment() throws Exception {
        stripe = simulated.stripe;
        disputes = simulated.simulator.disputes();
        customer = stripe.customer();
        intent = stripe.charge(customer, stripe.card(customer, "pm_card_visa"), "attempt-1")
                .text("id");
    }

    @Test
    void a_warning_is_reported_and_listed_and_moves_no_money() throws Exception {
        String id = disputes.warn(intent, "made_with_stolen_card");

        JsonObject warning = list().get(0).getAsJsonObject();
        assertThat(warning.get("id").getAsString()).isEqualTo(id);
        assertThat(warning.get("actionable").getAsBoolean()).isTrue();
        assertThat(warning.get("fraud_type").getAsString()).isEqualTo("made_with_stolen_card");
        assertThat(warning.get("payment_intent").getAsString()).isEqualTo(intent);
        assertThat(simulated.simulator.webhooks().eventIds("radar.early_fraud_warning.created"))
                .hasSize(1);
        assertThat(simulated.simulator.history().netCaptured(customer)).containsEntry("usd", 1500L);
        JsonObject expanded = stripe.get("/v1/radar/early_fraud_warnings/" + id, "expand[]", "charge")
                .json();
        assertThat(expanded.getAsJsonObject("charge").get("paid").getAsBoolean())
                .isTrue();
    }

    @Test
    void the_list_is_of_one_payment_or_charge() throws Exception {
        disputes.warn(intent);
        String other = stripe.charge(customer, stripe.card(customer, "pm_card_createIssuerFraudRecord"), "attempt-2")
                .text("id");

        assertThat(list()).hasSize(1);
        JsonArray ofOther = stripe.get("/v1/radar/early_fraud_warnings", "payment_intent", other)
                .json()
                .getAsJsonArray("data");
        assertThat(ofOther).as("the card warns by itself").hasSize(1);
        assertThat(stripe.get(
                                "/v1/radar/early_fraud_warnings",
                                "charge",
                                ofOther.get(0).getAsJsonObject().get("charge").getAsString())
                        .json()
                        .getAsJsonArray("data"))
                .hasSize(1);
        assertThat(stripe.get("/v1/radar/early_fraud_warnings", "foo", "1").status())
                .isEqualTo(400);
        assertThat(stripe.get("/v1/radar/early_fraud_warnings/issfr_none").status())
                .isEqualTo(404);
    }

    @Test
    void a_full_refund_settles_the_warning_and_a_partial_one_does_not() throws Exception {
        disputes.warn(intent);

        stripe.post("/v1/refunds", "payment_intent", intent, "amount", "500");
        assertThat(list().get(0).getAsJsonObject().get("actionable").getAsBoolean())
                .isTrue();
        stripe.post("/v1/refunds", "payment_intent", intent);

        assertThat(list().get(0).getAsJsonObject().get("actionable").getAsBoolean())
                .isFalse();
        assertThat(updated().getAsJsonObject("previous_attributes").toString()).isEqualTo("{\"actionable\":true}");
    }

    @Test
    void a_dispute_settles_the_warning() throws Exception {
        disputes.warn(intent);

        disputes.open(intent, "fraudulent");

        assertThat(updated().getAsJsonObject("object").get("actionable").getAsBoolean())
                .isFalse();
        disputes.win(disputesOf().get(0).getAsJsonObject().get("id").getAsString());
        stripe.post("/v1/refunds", "payment_intent", intent);
        assertThat(simulated.simulator.webhooks().eventIds("radar.early_fraud_warning.updated"))
                .as("once")
                .hasSize(1);
    }

    @Test
    void a_warning_of_a_refunded_payment_is_not_actionable() throws Exception {
        simulated.simulator.refunds().byStripe(intent);

        disputes.warn(intent);

        assertThat(list().get(0).getAsJsonObject().get("actionable").getAsBoolean())
                .isFalse();
    }

    @Test
    void only_a_captured_payment_is_warned_about_and_only_with_a_known_type() throws Exception {
        Response declined = stripe.charge(customer, stripe.card(customer, "pm_card_chargeCustomerFail"), "attempt-2");
        String failed =
                declined.error().getAsJsonObject("payment_intent").get("id").getAsString();

        assertThatIllegalStateException().isThrownBy(() -> disputes.warn(failed));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> disputes.warn(intent, "bad_weather"))
                .withMessageContaining("made_with_lost_card");
    }

    private JsonArray list() throws Exception {
        return stripe.get("/v1/radar/early_fraud_warnings", "payment_intent", intent)
                .json()
                .getAsJsonArray("data");
    }

    private JsonArray disputesOf() throws Exception {
        return stripe.get("/v1/disputes", "payment_intent", intent).json().getAsJsonArray("data");
    }

    private JsonObject updated() throws Exception {
        return stripe.get("/v1/events", "type", "radar.early_fraud_warning.updated")
                .json()
                .getAsJsonArray("data")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("data");
    }
}

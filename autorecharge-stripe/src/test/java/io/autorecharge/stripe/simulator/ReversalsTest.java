package io.autorecharge.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.gson.JsonObject;
import io.autorecharge.stripe.simulator.RawStripe.Response;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refunds that change later, and disputes. */
class ReversalsTest {

    @RegisterExtension
    final RawStripeExtension simulated = new RawStripeExtension();

    private RawStripe stripe;
    private StripeSimulator simulator;
    private String customer;

    @BeforeEach
    void a_customer() throws Exception {
        stripe = simulated.stripe;
        simulator = simulated.simulator;
        customer = stripe.customer();
    }

    @Test
    void a_failed_refund_returns_the_money_and_can_be_repeated() throws Exception {
        String intent = charge("pm_card_refundFail");
        String refund = refund(intent).text("id");

        simulator.refunds().fail(refund);

        assertThat(stripe.get("/v1/refunds/" + refund).text("status")).isEqualTo("failed");
        assertThat(net()).isEqualTo(1500);
        assertThat(simulator.webhooks().eventIds("refund.failed")).hasSize(1);
        assertThat(refund(intent).status()).isEqualTo(200);
        assertThat(stripe.get("/v1/refunds", "payment_intent", intent).json().getAsJsonArray("data"))
                .hasSize(2);
        assertThatIllegalStateException().isThrownBy(() -> simulator.refunds().fail(refund));
    }

    @Test
    void a_refund_of_the_slow_card_stays_pending_until_it_succeeds() throws Exception {
        Response refund = refund(charge("pm_card_pendingRefund"));
        assertThat(refund.text("status")).isEqualTo("pending");

        simulator.refunds().succeed(refund.text("id"));

        assertThat(stripe.get("/v1/refunds/" + refund.text("id")).text("status"))
                .isEqualTo("succeeded");
        assertThat(simulator.webhooks().eventIds("refund.updated")).hasSize(1);
    }

    @Test
    void a_dispute_withdraws_the_money_and_returns_it_when_won() throws Exception {
        String intent = charge("pm_card_visa");

        String dispute = simulator.disputes().open(intent);
        assertThat(net()).isZero();
        JsonObject open = disputeOf(intent);
        assertThat(open.get("id").getAsString()).isEqualTo(dispute);
        assertThat(open.get("status").getAsString()).isEqualTo("needs_response");
        assertThat(open.getAsJsonArray("balance_transactions")).hasSize(1);
        assertThat(refund(intent).error().get("code").getAsString()).isEqualTo("charge_disputed");

        simulator.disputes().win(dispute);
        assertThat(net()).isEqualTo(1500);
        assertThat(disputeOf(intent).get("status").getAsString()).isEqualTo("won");
        assertThat(disputeOf(intent).getAsJsonArray("balance_transactions")).hasSize(2);
        for (String type : new String[] {"created", "funds_withdrawn", "funds_reinstated", "closed"}) {
            assertThat(simulator.webhooks().eventIds("charge.dispute." + type))
                    .as(type)
                    .hasSize(1);
        }
        assertThatIllegalStateException().isThrownBy(() -> simulator.disputes().lose(dispute));
    }

    @Test
    void a_refunded_payment_can_be_disputed_all_the_same() throws Exception {
        String intent = charge("pm_card_visa");
        refund(intent);

        String dispute = simulator.disputes().open(intent);
        assertThat(net()).isEqualTo(-1500);

        simulator.disputes().win(dispute);
        assertThat(net()).isZero();
    }

    @Test
    void an_inquiry_moves_no_money_until_it_becomes_a_dispute() throws Exception {
        String intent = charge("pm_card_createDisputeInquiry");
        String dispute = disputeOf(intent).get("id").getAsString();
        assertThat(net()).isEqualTo(1500);

        simulator.disputes().escalate(dispute);
        assertThat(net()).isZero();
        simulator.disputes().lose(dispute);

        assertThat(net()).isZero();
        assertThat(disputeOf(intent).get("status").getAsString()).isEqualTo("lost");
    }

    @ParameterizedTest
    @CsvSource({
        "pm_card_createDispute, needs_response, fraudulent",
        "pm_card_createDisputeProductNotReceived, needs_response, product_not_received",
        "pm_card_createDisputeInquiry, warning_needs_response, fraudulent"
    })
    void cards_dispute_their_charges(String card, String status, String reason) throws Exception {
        JsonObject dispute = disputeOf(charge(card));

        assertThat(dispute.get("status").getAsString()).isEqualTo(status);
        assertThat(dispute.get("reason").getAsString()).isEqualTo(reason);
        assertThat(stripe.get("/v1/charges/" + dispute.get("charge").getAsString())
                        .json()
                        .get("disputed")
                        .getAsBoolean())
                .isTrue();
    }

    private String charge(String card) throws Exception {
        return stripe.charge(customer, stripe.card(customer, card), "key-" + card)
                .text("id");
    }

    private Response refund(String intent) throws Exception {
        return stripe.post("/v1/refunds", "payment_intent", intent);
    }

    private JsonObject disputeOf(String intent) throws Exception {
        return stripe.get("/v1/disputes", "payment_intent", intent)
                .json()
                .getAsJsonArray("data")
                .get(0)
                .getAsJsonObject();
    }

    private long net() {
        return simulator.history().netCaptured(customer).getOrDefault("usd", 0L);
    }

    @Test
    void the_history_counts_a_disputed_charge_as_captured() throws Exception {
        charge("pm_card_createDispute");

        assertThat(simulator.history().captures(customer)).hasSize(1);
        assertThat(simulator.history().netCaptured(customer)).isEqualTo(Map.of("usd", 0L));
    }
}

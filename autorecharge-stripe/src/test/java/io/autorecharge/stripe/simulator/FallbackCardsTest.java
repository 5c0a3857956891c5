package io.autorecharge.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.autorecharge.stripe.simulator.RawStripe.Response;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each test number does when it is saved and then charged off-session, which decides whether a backup is tried. */
class FallbackCardsTest {

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

    /** {@code -} stands for a card that cannot be saved, and {@code paid} for one that pays. */
    @ParameterizedTest
    @CsvSource({
        "VISA, paid, paid",
        "DECLINE_AFTER_ATTACHING, generic_decline, generic_decline",
        "DECLINED, -, -",
        "INSUFFICIENT_FUNDS, -, -",
        "LOST_CARD, -, -",
        "STOLEN_CARD, -, -",
        "EXPIRED_CARD, -, -",
        "AUTHENTICATE_ON_SETUP, authentication_required, paid",
        "AUTHENTICATE_ALWAYS, authentication_required, authentication_required",
        "ALREADY_SET_UP, paid, paid",
        "AUTHENTICATE_THEN_INSUFFICIENT_FUNDS, insufficient_funds, insufficient_funds"
    })
    void a_card_saved_by_the_api_and_by_a_checkout(TestCard card, String attached, String setUp) throws Exception {
        assertThat(savedByApi(card)).as("attached").isEqualTo(attached);
        assertThat(savedAtCheckout(card)).as("set up").isEqualTo(setUp);
    }

    @Test
    void declines_in_a_row_end_in_one_that_was_not_sent_to_the_bank() throws Exception {
        simulator.issuer().declineWithoutAskingAfter(2);
        String method = stripe.card(customer, "pm_card_chargeCustomerFail");
        String other = stripe.customer();
        String sameNumber = stripe.card(other, "pm_card_chargeCustomerFail");

        assertThat(reason(stripe.charge(customer, method, "attempt-1"))).isEqualTo("generic_decline");
        assertThat(reason(stripe.charge(other, sameNumber, "attempt-2"))).isEqualTo("generic_decline");
        Response third = stripe.charge(customer, method, "attempt-3");
        assertThat(third.error().get("decline_code").getAsString())
                .as("the error looks ordinary")
                .isEqualTo("generic_decline");
        assertThat(reason(third)).isEqualTo("previously_declined_do_not_retry");

        assertThat(stripe.charge(customer, stripe.card(customer, "pm_card_visa"), "attempt-4")
                        .status())
                .isEqualTo(200);
        simulator.endFaults();
        assertThat(reason(stripe.charge(customer, method, "attempt-5"))).isEqualTo("generic_decline");
    }

    private String savedByApi(TestCard card) throws Exception {
        Response attached =
                stripe.post("/v1/payment_methods/" + card.paymentMethodId() + "/attach", "customer", customer);
        return attached.status() == 402 ? "-" : charged(attached.text("id"));
    }

    private String savedAtCheckout(TestCard card) throws Exception {
        JsonObject session = stripe.post("/v1/checkout/sessions", SetupCheckoutTest.params(customer))
                .json();
        simulator.pay(URI.create(session.get("url").getAsString()), card);
        String setup = session.get("setup_intent").getAsString();
        if (stripe.get("/v1/setup_intents/" + setup).text("status").equals("requires_action")) {
            simulator.authenticate(setup, true);
        }
        JsonObject done = stripe.get("/v1/setup_intents/" + setup).json();
        return done.get("payment_method").isJsonNull()
                ? "-"
                : charged(done.get("payment_method").getAsString());
    }

    private String charged(String method) throws Exception {
        Response response = stripe.charge(customer, method, "attempt-" + method);
        return response.status() == 200
                ? "paid"
                : response.error().get("decline_code").getAsString();
    }

    private String reason(Response declined) throws Exception {
        return stripe.get("/v1/charges/" + declined.error().get("charge").getAsString())
                .json()
                .getAsJsonObject("outcome")
                .get("reason")
                .getAsString();
    }
}

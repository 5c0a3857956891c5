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
import org.junit.jupiter.params.provider.ValueSource;

/** SEPA debits, which iDEAL and Bancontact generate when they are set up, and the mandates of bank debits. */
class SepaDebitTest {

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

    @ParameterizedTest
    @ValueSource(strings = {"ideal", "bancontact"})
    void a_redirect_generates_a_sepa_debit_and_the_intent_keeps_the_original(String type) throws Exception {
        JsonObject setup = setUp(type);

        JsonObject original = stripe.get(
                        "/v1/payment_methods/" + setup.get("payment_method").getAsString())
                .json();
        assertThat(original.get("type").getAsString()).isEqualTo(type);
        assertThat(original.get("customer").isJsonNull()).isTrue();
        JsonObject attempt = setup.getAsJsonObject("latest_attempt");
        JsonObject debit = attempt.getAsJsonObject("payment_method_details")
                .getAsJsonObject(type)
                .getAsJsonObject("generated_sepa_debit");
        assertThat(debit.get("type").getAsString()).isEqualTo("sepa_debit");
        assertThat(debit.get("customer").getAsString()).isEqualTo(customer);
        assertThat(debit.getAsJsonObject("sepa_debit")
                        .getAsJsonObject("generated_from")
                        .get("setup_attempt")
                        .getAsString())
                .isEqualTo(attempt.get("id").getAsString());
        JsonObject mandate = stripe.get("/v1/mandates/"
                        + attempt.getAsJsonObject("payment_method_details")
                                .getAsJsonObject(type)
                                .get("generated_sepa_debit_mandate")
                                .getAsString())
                .json();
        assertThat(mandate.get("status").getAsString()).isEqualTo("active");
        assertThat(mandate.get("payment_method").getAsString())
                .isEqualTo(debit.get("id").getAsString());
        assertThat(stripe.get("/v1/payment_methods", "customer", customer)
                        .json()
                        .getAsJsonArray("data"))
                .as("only the SEPA debit is saved")
                .hasSize(1);
    }

    @Test
    void a_generated_debit_is_charged_in_euros_and_stays_in_processing() throws Exception {
        String debit = generated();

        Response paid = charge(debit, "eur", "attempt-1");
        assertThat(paid.text("status")).isEqualTo("processing");
        simulator.bankDebits().succeed(paid.text("id"));
        assertThat(simulator.history().captures(customer)).hasSize(1);
        JsonObject charge =
                stripe.get("/v1/charges/" + paid.text("latest_charge")).json();
        assertThat(charge.getAsJsonObject("payment_method_details")
                        .getAsJsonObject("sepa_debit")
                        .get("mandate")
                        .getAsString())
                .startsWith("mandate_");

        Response inDollars = charge(debit, "usd", "attempt-2");
        assertThat(inDollars.status()).isEqualTo(400);
        assertThat(inDollars.error().get("code").getAsString()).isEqualTo("payment_method_currency_mismatch");
    }

    @Test
    void the_original_of_a_generated_debit_cannot_be_charged() throws Exception {
        String original = setUp("ideal").get("payment_method").getAsString();

        assertThat(charge(original, "eur", "attempt-1").status()).isEqualTo(400);
        assertThat(stripe.post("/v1/payment_methods/" + original + "/attach", "customer", customer)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_charge_without_an_active_mandate_is_refused_and_leaves_nothing() throws Exception {
        String debit = generated();

        simulator.mandates().revoke(debit);

        Response refused = charge(debit, "eur", "attempt-1");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error().get("code").getAsString()).isEqualTo("payment_intent_mandate_invalid");
        assertThat(refused.error().get("type").getAsString()).isEqualTo("invalid_request_error");
        assertThat(stripe.get("/v1/payment_intents", "customer", customer)
                        .json()
                        .getAsJsonArray("data"))
                .isEmpty();
        JsonObject event = stripe.get("/v1/events", "type", "mandate.updated")
                .json()
                .getAsJsonArray("data")
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("data");
        assertThat(event.getAsJsonObject("object").get("status").getAsString()).isEqualTo("inactive");
        assertThat(event.getAsJsonObject("previous_attributes").toString()).isEqualTo("{\"status\":\"active\"}");
    }

    @Test
    void a_saved_bank_account_has_a_mandate_and_a_card_has_none() throws Exception {
        JsonObject bank = setUp("us_bank_account");
        assertThat(stripe.get("/v1/mandates/" + bank.get("mandate").getAsString())
                        .text("status"))
                .isEqualTo("active");

        String card = stripe.card(customer, "pm_card_visa");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> simulator.mandates().revoke(card));
    }

    @Test
    void a_redirect_in_a_purchase_pays_and_saves_nothing() throws Exception {
        List<String> params = new ArrayList<>(List.of(CheckoutSessionTest.params(customer)));
        params.set(params.indexOf("line_items[0][price_data][currency]") + 1, "eur");
        JsonObject session = stripe.post("/v1/checkout/sessions", params.toArray(new String[0]))
                .json();

        assertThat(simulator.pay(URI.create(session.get("url").getAsString()), "ideal"))
                .isTrue();

        assertThat(simulator.history().captures(customer)).hasSize(1);
        assertThat(stripe.get("/v1/payment_methods", "customer", customer)
                        .json()
                        .getAsJsonArray("data"))
                .isEmpty();
    }

    @Test
    void a_type_that_the_session_excludes_is_not_offered() throws Exception {
        JsonObject session =
                open("eur", "excluded_payment_method_types[0]", "ideal", "wallet_options[link][display]", "never");
        URI url = URI.create(session.get("url").getAsString());

        assertThat(session.getAsJsonArray("payment_method_types").toString())
                .isEqualTo("[\"card\",\"sepa_debit\",\"bancontact\"]");
        assertThat(stripe.get(url.toString()).body())
                .contains("save-sepa", "save-bancontact")
                .doesNotContain("save-ideal", "save-link", "save-bank\"");
        assertThat(simulator.pay(url, "ideal")).isFalse();
        assertThat(simulator.pay(url, "link")).isFalse();
        assertThat(simulator.pay(url, "sepa_debit")).isTrue();
    }

    @Test
    void an_iban_becomes_a_debit_with_a_fingerprint_of_its_own() throws Exception {
        JsonObject debit = stripe.post(
                        "/v1/payment_methods", "type", "sepa_debit", "sepa_debit[iban]", "DK5000400440116243")
                .json()
                .getAsJsonObject("sepa_debit");

        assertThat(debit.get("country").getAsString()).isEqualTo("DK");
        assertThat(debit.get("last4").getAsString()).isEqualTo("6243");
        assertThat(debit.getAsJsonObject("generated_from").toString())
                .isEqualTo("{\"charge\":null,\"setup_attempt\":null}");
        assertThat(debit.get("fingerprint").getAsString())
                .isNotEqualTo(new Instrument.SepaDebit(Instrument.SepaDebit.TEST_IBAN, null).fingerprint());
        assertThat(stripe.post("/v1/payment_methods", "type", "sepa_debit", "sepa_debit[iban]", "x")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void saving_a_sepa_debit_with_a_payment_wants_a_mandate() throws Exception {
        String debit = stripe.card(customer, "pm_success_de");

        List<String> params = new ArrayList<>(List.of(RawStripe.chargeParams(customer, debit, "attempt-1")));
        params.set(params.indexOf("currency") + 1, "eur");
        params.addAll(List.of("setup_future_usage", "off_session"));

        assertThat(stripe.post("/v1/payment_intents", params.toArray(new String[0]))
                        .error()
                        .get("param")
                        .getAsString())
                .isEqualTo("mandate_data");
    }

    private String generated() throws Exception {
        return setUp("ideal")
                .getAsJsonObject("latest_attempt")
                .getAsJsonObject("payment_method_details")
                .getAsJsonObject("ideal")
                .getAsJsonObject("generated_sepa_debit")
                .get("id")
                .getAsString();
    }

    /** The SetupIntent of a completed checkout, with its attempt and what that has generated. */
    private JsonObject setUp(String type) throws Exception {
        JsonObject session = open(type.equals("us_bank_account") ? "usd" : "eur");
        assertThat(simulator.pay(URI.create(session.get("url").getAsString()), type))
                .isTrue();
        return stripe.get(
                        "/v1/setup_intents/" + session.get("setup_intent").getAsString(),
                        "expand[]",
                        "latest_attempt.payment_method_details.ideal.generated_sepa_debit",
                        "expand[]",
                        "latest_attempt.payment_method_details.bancontact.generated_sepa_debit")
                .json();
    }

    private JsonObject open(String currency, String... more) throws Exception {
        List<String> all = new ArrayList<>(List.of("currency", currency));
        all.addAll(List.of(more));
        return stripe.post("/v1/checkout/sessions", SetupCheckoutTest.params(customer, all.toArray(new String[0])))
                .json();
    }

    private Response charge(String method, String currency, String attempt) throws Exception {
        List<String> params = new ArrayList<>(List.of(RawStripe.chargeParams(customer, method, attempt)));
        params.set(params.indexOf("currency") + 1, currency);
        return stripe.postWithKey(attempt, "/v1/payment_intents", params.toArray(new String[0]));
    }
}

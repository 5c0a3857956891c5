package io.autorecharge.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.stripe.simulator.RawStripe.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several payment methods of one customer: listed, told apart, and each declined on its own. */
class PaymentMethodsTest {

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
    void a_customer_has_several_methods_and_both_lists_show_the_newest_first() throws Exception {
        String primary = stripe.card(customer, "pm_card_chargeCustomerFail");
        String backup = stripe.card(customer, "pm_card_visa");
        String bank = stripe.card(customer, "pm_usBankAccount_success");
        stripe.card(stripe.customer(), "pm_card_visa");

        assertThat(ids(stripe.get("/v1/payment_methods", "customer", customer))).containsExactly(bank, backup, primary);
        assertThat(ids(stripe.get("/v1/customers/" + customer + "/payment_methods")))
                .containsExactly(bank, backup, primary);
        assertThat(ids(stripe.get("/v1/payment_methods", "customer", customer, "type", "card")))
                .containsExactly(backup, primary);
        assertThat(ids(stripe.get(
                        "/v1/customers/" + customer + "/payment_methods", "limit", "1", "starting_after", bank)))
                .containsExactly(backup);
    }

    @Test
    void the_list_is_empty_without_a_customer_and_refused_for_a_deleted_one() throws Exception {
        stripe.card(customer, "pm_card_visa");

        assertThat(ids(stripe.get("/v1/payment_methods"))).isEmpty();

        stripe.delete("/v1/customers/" + customer);
        Response filtered = stripe.get("/v1/payment_methods", "customer", customer);
        assertThat(filtered.status()).isEqualTo(400);
        assertThat(filtered.error().get("param").getAsString()).isEqualTo("customer");
        Response inThePath = stripe.get("/v1/customers/" + customer + "/payment_methods");
        assertThat(inThePath.status()).isEqualTo(404);
        assertThat(inThePath.error().get("param").getAsString()).isEqualTo("id");
    }

    @Test
    void the_first_card_is_declined_and_the_second_pays() throws Exception {
        String primary = stripe.card(customer, "pm_card_chargeCustomerFail");
        String backup = stripe.card(customer, "pm_card_visa");

        assertThat(stripe.charge(customer, primary, "attempt-1").status()).isEqualTo(402);
        assertThat(stripe.charge(customer, backup, "attempt-2").status()).isEqualTo(200);

        assertThat(simulated.simulator.history().captures(customer))
                .extracting(Capture::paymentMethod)
                .containsExactly(backup);
    }

    @Test
    void a_decline_is_scripted_for_one_method_alone() throws Exception {
        String lost = stripe.card(customer, "pm_card_visa");
        String good = stripe.card(customer, "pm_card_mastercard");
        simulated.simulator.issuer().declineAlways(lost, "lost_card");

        assertThat(stripe.charge(customer, lost, "attempt-1")
                        .error()
                        .get("decline_code")
                        .getAsString())
                .isEqualTo("lost_card");
        assertThat(stripe.charge(customer, good, "attempt-2").status()).isEqualTo(200);
        simulated.simulator.issuer().approve(lost);
        assertThat(stripe.charge(customer, lost, "attempt-3").status()).isEqualTo(200);
    }

    @Test
    void the_same_number_has_the_same_fingerprint_and_the_bank_accounts_differ() throws Exception {
        String first = fingerprint(stripe.card(customer, "pm_card_chargeCustomerFail"), "card");
        assertThat(fingerprint(stripe.card(stripe.customer(), "pm_card_chargeCustomerFail"), "card"))
                .isEqualTo(first);
        assertThat(fingerprint(stripe.card(customer, "pm_card_visa"), "card")).isNotEqualTo(first);

        String test = fingerprint(stripe.card(customer, "pm_usBankAccount_success"), "us_bank_account");
        assertThat(fingerprint(bankAccount("000123456789"), "us_bank_account")).isEqualTo(test);
        assertThat(fingerprint(bankAccount("000111111116"), "us_bank_account")).isNotEqualTo(test);
    }

    @Test
    void the_method_of_another_customer_is_not_found_and_not_charged() throws Exception {
        String method = stripe.card(customer, "pm_card_visa");
        String other = stripe.customer();

        Response found = stripe.get("/v1/customers/" + other + "/payment_methods/" + method);
        assertThat(found.status()).isEqualTo(404);
        assertThat(found.error().has("code")).isFalse();

        Response stranger =
                stripe.post("/v1/payment_intents", "amount", "1500", "currency", "usd", "payment_method", method);
        assertThat(stranger.error().get("code").getAsString()).isEqualTo("parameter_missing");
        assertThat(stranger.error().get("param").getAsString()).isEqualTo("source");
    }

    private String bankAccount(String number) throws Exception {
        return stripe.post(
                        "/v1/payment_methods",
                        "type",
                        "us_bank_account",
                        "us_bank_account[account_number]",
                        number,
                        "us_bank_account[routing_number]",
                        "110000000",
                        "us_bank_account[account_holder_type]",
                        "individual",
                        "billing_details[name]",
                        "Ada")
                .text("id");
    }

    private String fingerprint(String method, String type) throws Exception {
        return stripe.get("/v1/payment_methods/" + method)
                .json()
                .getAsJsonObject(type)
                .get("fingerprint")
                .getAsString();
    }

    private static List<String> ids(Response list) {
        List<String> ids = new ArrayList<>();
        list.json()
                .getAsJsonArray("data")
                .forEach(it -> ids.add(it.getAsJsonObject().get("id").getAsString()));
        return ids;
    }
}

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

/** Bank accounts: debits that the bank returns, before and after they have succeeded, and accounts that are verified late. */
class BankReturnsTest {

    @RegisterExtension
    final RawStripeExtension simulated = new RawStripeExtension();

    private RawStripe stripe;
    private BankDebits debits;
    private String customer;
    private String account;

    @BeforeEach
    void a_bank_account() throws Exception {
        stripe = simulated.stripe;
        debits = simulated.simulator.bankDebits();
        customer = stripe.customer();
        account = stripe.card(customer, "pm_usBankAccount_success");
    }

    @ParameterizedTest
    @CsvSource({
        "account_closed,bank_account_closed,R02",
        "no_account,bank_account_invalid_details,R03",
        "debit_not_authorized,debit_not_authorized,R10"
    })
    void a_return_blocks_the_account_for_every_method_with_its_number(String code, String reason, String network)
            throws Exception {
        String other = stripe.customer();
        String sameNumber = stripe.card(other, "pm_usBankAccount_success");

        debits.fail(charge(customer, account, "attempt-1").text("id"), code);

        JsonObject blocked = stripe.get("/v1/payment_methods/" + sameNumber)
                .json()
                .getAsJsonObject("us_bank_account")
                .getAsJsonObject("status_details")
                .getAsJsonObject("blocked");
        assertThat(blocked.get("reason").getAsString()).isEqualTo(reason);
        assertThat(blocked.get("network_code").getAsString()).isEqualTo(network);
        Response refused = charge(other, sameNumber, "attempt-2");
        assertThat(refused.status()).isEqualTo(402);
        assertThat(refused.error().get("code").getAsString()).isEqualTo("bank_account_unusable");
        assertThat(refused.error().has("charge")).isTrue();
        String enteredAgain = stripe.card(other, "pm_usBankAccount_success");
        assertThat(charge(other, enteredAgain, "attempt-3").status()).isEqualTo(402);

        debits.unblock(account);
        assertThat(charge(other, sameNumber, "attempt-4").status()).isEqualTo(200);
    }

    @Test
    void missing_funds_block_nothing() throws Exception {
        debits.fail(charge(customer, account, "attempt-1").text("id"), "insufficient_funds");

        assertThat(charge(customer, account, "attempt-2").text("status")).isEqualTo("processing");
    }

    @Test
    void a_return_after_success_is_a_lost_dispute() throws Exception {
        String intent = charge(customer, account, "attempt-1").text("id");
        debits.succeed(intent);

        String dispute = debits.returnAfterSuccess(intent, "debit_not_authorized");

        JsonObject json = stripe.get("/v1/disputes/" + dispute).json();
        assertThat(json.get("reason").getAsString()).isEqualTo("debit_not_authorized");
        assertThat(json.get("status").getAsString()).isEqualTo("lost");
        assertThat(simulated.simulator.history().netCaptured(customer)).containsEntry("usd", 0L);
    }

    @Test
    void an_account_that_is_verified_by_small_deposits_is_saved_days_after_the_checkout() throws Exception {
        debits.verifyByMicrodeposits(true);
        JsonObject session = stripe.post("/v1/checkout/sessions", SetupCheckoutTest.params(stripe.customer()))
                .json();
        String setup = "/v1/setup_intents/" + session.get("setup_intent").getAsString();

        assertThat(simulated.simulator.pay(URI.create(session.get("url").getAsString()), "us_bank_account"))
                .isTrue();

        assertThat(stripe.get("/v1/checkout/sessions/" + session.get("id").getAsString())
                        .text("status"))
                .isEqualTo("complete");
        JsonObject waiting = stripe.get(setup, "expand[]", "payment_method").json();
        assertThat(waiting.get("status").getAsString()).isEqualTo("requires_action");
        assertThat(waiting.getAsJsonObject("next_action").get("type").getAsString())
                .isEqualTo("verify_with_microdeposits");
        assertThat(waiting.getAsJsonObject("payment_method").get("customer").isJsonNull())
                .isTrue();
        assertThat(verify(setup, "10", "20").error().get("code").getAsString())
                .isEqualTo("payment_method_microdeposit_verification_amounts_mismatch");

        Response verified = verify(setup, "32", "45");
        assertThat(verified.text("status")).isEqualTo("succeeded");
        assertThat(stripe.get("/v1/payment_methods/" + verified.text("payment_method"))
                        .text("customer"))
                .isEqualTo(session.get("customer").getAsString());
        assertThat(verify(setup, "32", "45").error().get("code").getAsString())
                .isEqualTo("setup_intent_unexpected_state");
    }

    private Response verify(String setup, String first, String second) throws Exception {
        return stripe.post(setup + "/verify_microdeposits", "amounts[]", first, "amounts[]", second);
    }

    private Response charge(String payer, String method, String attempt) throws Exception {
        return stripe.charge(payer, method, attempt);
    }
}

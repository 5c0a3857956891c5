package io.autorecharge.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.stripe.simulator.RawStripe.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Cards that require authentication, at checkout and afterwards. */
class CheckoutAuthenticationTest {

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
    void a_card_that_requires_authentication_once_pays_off_session_afterwards() throws Exception {
        Response step = checkout.pay("4000002500003155");
        assertThat(step.status()).isEqualTo(303);
        assertThat(history.captures()).isEmpty();
        String bank = simulated.simulator.baseUrl() + step.header("Location");
        assertThat(stripe.get(bank).body()).contains("Complete authentication", "9.99 USD");

        Response back = stripe.post(bank, "result", "complete");

        assertThat(back.header("Location")).startsWith("https://shop.example/thanks");
        assertThat(stripe.charge(checkout.customer, checkout.savedMethod(), "later")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_card_that_always_requires_authentication_fails_off_session_afterwards() throws Exception {
        String bank =
                simulated.simulator.baseUrl() + checkout.pay("4000002760003184").header("Location");
        stripe.post(bank, "result", "complete");

        assertThat(stripe.charge(checkout.customer, checkout.savedMethod(), "later")
                        .error()
                        .get("code")
                        .getAsString())
                .isEqualTo("authentication_required");
    }

    @Test
    void a_card_may_have_no_funds_after_the_authentication() throws Exception {
        String bank =
                simulated.simulator.baseUrl() + checkout.pay("4000008260003178").header("Location");

        Response back = stripe.post(bank, "result", "complete");

        assertThat(back.body()).contains("role=\"alert\"", "insufficient funds");
    }

    @Test
    void a_failed_authentication_leads_back_to_the_checkout() throws Exception {
        String bank =
                simulated.simulator.baseUrl() + checkout.pay("4000002500003155").header("Location");

        Response back = stripe.post(bank, "result", "fail");

        assertThat(back.body()).contains("role=\"alert\"", "unable to authenticate");
        assertThat(stripe.get(bank).body()).contains("Nothing to do");
        assertThat(checkout.pay("4242424242424242").status()).isEqualTo(303);
        assertThat(history.captures()).hasSize(1);
    }
}

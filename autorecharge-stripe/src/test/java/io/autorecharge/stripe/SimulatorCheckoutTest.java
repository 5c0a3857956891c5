package io.autorecharge.stripe;

import io.autorecharge.gateway.CheckoutGateway;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.stripe.simulator.Fault;
import io.autorecharge.testkit.CheckoutGatewayContract;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class SimulatorCheckoutTest extends CheckoutGatewayContract {
    private final SimulatedStripe stripe = new SimulatedStripe();

    @AfterEach
    void close() {
        stripe.close();
    }

    @Override
    protected CheckoutGateway gateway() {
        return stripe.gateway;
    }

    @Override
    protected Instant now() {
        return Instant.now();
    }

    @Override
    protected boolean act(CheckoutSession session, Customer customer) {
        String number = customer == Customer.PAYS_WITH_A_BAD_CARD ? "4000000000000002" : "4242424242424242";
        stripe.submit(
                session.url(),
                customer == Customer.PAYS_BY_BANK
                        ? Map.of("pay_with", "us_bank_account", "email", "a@example.org")
                        : Map.of("number", number, "expiry", "12/40", "cvc", "123", "email", "a@example.org"));
        return true;
    }

    @Override
    protected boolean later(CheckoutSession session, Later later) {
        if (later == Later.PAGE_RUNS_OUT) {
            stripe.simulator.advanceClock(Duration.ofHours(2));
            return true;
        }
        String intent = stripe.get("/v1/checkout/sessions/" + session.sessionId())
                .get("payment_intent")
                .getAsString();
        if (later == Later.BANK_PAYS) {
            stripe.simulator.bankDebits().succeed(intent);
        } else {
            stripe.simulator.bankDebits().fail(intent);
        }
        return true;
    }

    @Override
    protected boolean breakDown(boolean refusingUs) {
        if (refusingUs) {
            stripe.simulator.acceptKeys("sk_test_other");
        } else {
            stripe.simulator.faults().always("GET /v1/checkout/sessions/*", Fault.RESET_BEFORE_EXECUTION);
            stripe.simulator.faults().always("POST /v1/customers", Fault.UNAVAILABLE_BEFORE_EXECUTION);
        }
        return true;
    }
}

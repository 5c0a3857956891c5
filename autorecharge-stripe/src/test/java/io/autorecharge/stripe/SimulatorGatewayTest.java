package io.autorecharge.stripe;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.gateway.Outcome.NotSubmitted.Reason;
import io.autorecharge.stripe.simulator.Capture;
import io.autorecharge.stripe.simulator.Fault;
import io.autorecharge.stripe.simulator.SimulatorOptions;
import io.autorecharge.testkit.ForwardingGateway;
import io.autorecharge.testkit.GatewayContract;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class SimulatorGatewayTest extends GatewayContract {
    private static final String CHARGE = "POST /v1/payment_intents";

    private final SimulatedStripe stripe = new SimulatedStripe();
    private boolean keyIsRevoked;

    @AfterEach
    void close() {
        stripe.close();
    }

    @Override
    protected Gateway gateway() {
        return new ForwardingGateway(stripe.gateway) {
            @Override
            public io.autorecharge.gateway.Outcome charge(io.autorecharge.gateway.ChargeRequest request) {
                try {
                    return stripe.gateway.charge(request);
                } finally {
                    restoreTheKey();
                }
            }
        };
    }

    private void restoreTheKey() {
        if (keyIsRevoked) {
            stripe.simulator.acceptKeys(SimulatorOptions.SECRET_KEY);
        }
    }

    @Override
    protected PaymentMethod method(Ending ending) {
        String customer = stripe.customer();
        String method = stripe.attach(customer, cardFor(ending));
        if (ending == Ending.DECLINED_PERMANENTLY) {
            stripe.simulator.issuer().declineNext(customer, "lost_card");
        }
        if (ending == Ending.METHOD_NOT_FOUND) {
            stripe.post("/v1/payment_methods/" + method + "/detach", Map.of());
        }
        return new PaymentMethod(customer, method, null, null, null);
    }

    private static String cardFor(Ending ending) {
        return switch (ending) {
            case DECLINED_TEMPORARILY -> "pm_card_chargeCustomerFail";
            // Stripe itself demands it, so there is no charge that keeps the reason.
            case REQUIRES_AUTHENTICATION -> "pm_card_authenticationRequired";
            case PROCESSING -> "pm_usBankAccount_success";
            default -> "pm_card_visa";
        };
    }

    @Override
    protected List<Money> captured(AttemptId attempt, String customerId) {
        return stripe.simulator.history().captures(customerId).stream()
                .filter(it -> attempt.value().equals(it.metadata().get(Metadata.ATTEMPT)))
                .map(SimulatorGatewayTest::amount)
                .toList();
    }

    private static Money amount(Capture capture) {
        return Money.ofMinor(capture.amount(), capture.currency());
    }

    @Override
    protected Instant now() {
        return Instant.now();
    }

    @Override
    protected boolean loseTheNextAnswer() {
        stripe.simulator.faults().next(CHARGE, Fault.RESET_AFTER_EXECUTION);
        return true;
    }

    @Override
    protected boolean loseTheNextRequest() {
        stripe.simulator.faults().next(CHARGE, Fault.RESET_BEFORE_EXECUTION);
        return true;
    }

    @Override
    protected boolean refuseTheNext(Reason reason) {
        if (reason == Reason.BUSY) {
            stripe.simulator.faults().next(CHARGE, Fault.RATE_LIMIT);
            return true;
        }
        if (reason == Reason.CONFIGURATION) {
            stripe.simulator.acceptKeys("sk_test_other");
            keyIsRevoked = true;
            return true;
        }
        return false;
    }

    @Override
    protected boolean failLookUps() {
        stripe.simulator.faults().always("GET /v1/payment_intents", Fault.UNAVAILABLE_BEFORE_EXECUTION);
        return true;
    }

    @Override
    protected boolean end(String providerReference, AttemptId attempt, boolean paid) {
        if (paid) {
            stripe.simulator.bankDebits().succeed(providerReference);
        } else {
            stripe.simulator.bankDebits().fail(providerReference);
        }
        return true;
    }
}

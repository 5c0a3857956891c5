package io.autorecharge.internal.checkout;

import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.CheckoutGateway;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.CheckoutRequest;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.SetupRequest;
import io.autorecharge.internal.thread.BoundedCalls;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A checkout gateway whose calls end, also if the host's does not keep its promise to bound them. */
public record BoundedCheckoutGateway(CheckoutGateway host, BoundedCalls calls) implements CheckoutGateway {
    @Override
    public String createCustomer(AccountId account, InstallationId installation, @Nullable String email) {
        return bounded("the customer of account " + account, () -> host.createCustomer(account, installation, email));
    }

    @Override
    public String replaceCustomer(AccountId account, InstallationId installation, String gone, @Nullable String email) {
        return bounded(
                "the customer of account " + account, () -> host.replaceCustomer(account, installation, gone, email));
    }

    @Override
    public CheckoutSession createSession(CheckoutRequest request) {
        return bounded("checkout " + request.checkout(), () -> host.createSession(request));
    }

    @Override
    public CheckoutSession createSetup(SetupRequest request) {
        return bounded("checkout " + request.checkout(), () -> host.createSetup(request));
    }

    @Override
    public CheckoutOutcome lookUp(String sessionId) {
        return bounded("session " + sessionId, () -> host.lookUp(sessionId));
    }

    @Override
    public CheckoutOutcome closeSession(String sessionId) {
        return bounded("session " + sessionId, () -> host.closeSession(sessionId));
    }

    private <T> T bounded(String what, Supplier<T> call) {
        return calls.call(what, call, why -> {
            throw new GatewayException(false, "the gateway did not return in time for " + what, null);
        });
    }
}

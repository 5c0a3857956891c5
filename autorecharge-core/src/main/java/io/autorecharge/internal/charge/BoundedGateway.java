package io.autorecharge.internal.charge;

import io.autorecharge.credit.Money;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.CustomerOwner;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.KeyMode;
import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.internal.thread.BoundedCalls;
import io.autorecharge.internal.thread.BoundedCalls.Missing;
import java.util.Currency;

/** A gateway whose calls end, also if the host's does not keep its promise to bound them. */
public record BoundedGateway(Gateway host, BoundedCalls calls) implements Gateway {
    @Override
    public Outcome charge(ChargeRequest request) {
        return calls.call(
                "attempt " + request.attempt(),
                () -> host.charge(request),
                why -> why == Missing.NOT_MADE
                        ? new Outcome.NotSubmitted(Outcome.NotSubmitted.Reason.BUSY, "the gateway was not called")
                        : new Outcome.Unknown("the gateway did not return in time"));
    }

    @Override
    public LookUp lookUp(ChargeRequest request) {
        return calls.call(
                "the look-up of attempt " + request.attempt(),
                () -> host.lookUp(request),
                why -> new LookUp.Failed(false, "the gateway did not return in time"));
    }

    @Override
    public CustomerOwner stampCustomer(String customerId, InstallationId installation) {
        return calls.call(
                "the owner of customer " + customerId,
                () -> host.stampCustomer(customerId, installation),
                why -> CustomerOwner.NOT_ANSWERED);
    }

    @Override
    public KeyMode mode() {
        return host.mode();
    }

    @Override
    public Money minimumCharge(Currency currency) {
        return host.minimumCharge(currency);
    }

    @Override
    public Money maximumCharge(Currency currency) {
        return host.maximumCharge(currency);
    }
}

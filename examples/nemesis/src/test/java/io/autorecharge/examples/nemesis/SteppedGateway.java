package io.autorecharge.examples.nemesis;

import io.autorecharge.credit.Money;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import java.util.Currency;

/** Reports the calls to the provider to {@link Steps}. */
final class SteppedGateway implements Gateway {
    private final Gateway real;
    private final Steps steps;

    SteppedGateway(Gateway real, Steps steps) {
        this.real = real;
        this.steps = steps;
    }

    @Override
    public Outcome charge(ChargeRequest request) {
        steps.reached(Step.G1);
        Outcome outcome = real.charge(request);
        steps.reached(Step.G3);
        steps.settling(true);
        return outcome;
    }

    @Override
    public LookUp lookUp(ChargeRequest request) {
        LookUp answer = real.lookUp(request);
        steps.settling(!(answer instanceof LookUp.Absent));
        return answer;
    }

    @Override
    public io.autorecharge.gateway.CustomerOwner stampCustomer(
            String customerId, io.autorecharge.gateway.InstallationId installation) {
        return real.stampCustomer(customerId, installation);
    }

    @Override
    public io.autorecharge.gateway.KeyMode mode() {
        return real.mode();
    }

    @Override
    public Money minimumCharge(Currency currency) {
        return real.minimumCharge(currency);
    }
}

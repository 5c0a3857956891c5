package io.autorecharge.examples.nemesis;

import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.testkit.ForwardingGateway;

/** Reports the calls to the provider to {@link Steps}. */
final class SteppedGateway extends ForwardingGateway {
    private final Steps steps;

    SteppedGateway(Gateway real, Steps steps) {
        super(real);
        this.steps = steps;
    }

    @Override
    public Outcome charge(ChargeRequest request) {
        steps.reached(Step.G1);
        Outcome outcome = super.charge(request);
        steps.reached(Step.G3);
        steps.answered(request.attempt());
        return outcome;
    }

    @Override
    public LookUp lookUp(ChargeRequest request) {
        LookUp answer = super.lookUp(request);
        if (answer instanceof LookUp.Absent) {
            steps.forget(request.attempt().value());
        } else {
            steps.answered(request.attempt());
        }
        return answer;
    }
}

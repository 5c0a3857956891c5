package io.autorecharge.testkit;

import io.autorecharge.credit.Money;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.CustomerOwner;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.KeyMode;
import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import java.util.Currency;

/** Passes every call on to another gateway, so that a test overrides only what it changes. As thread-safe as that gateway. */
public abstract class ForwardingGateway implements Gateway {
    private final Gateway real;

    protected ForwardingGateway(Gateway real) {
        this.real = real;
    }

    @Override
    public Outcome charge(ChargeRequest request) {
        return real.charge(request);
    }

    @Override
    public LookUp lookUp(ChargeRequest request) {
        return real.lookUp(request);
    }

    @Override
    public CustomerOwner stampCustomer(String customerId, InstallationId installation) {
        return real.stampCustomer(customerId, installation);
    }

    @Override
    public Money minimumCharge(Currency currency) {
        return real.minimumCharge(currency);
    }

    @Override
    public Money maximumCharge(Currency currency) {
        return real.maximumCharge(currency);
    }

    @Override
    public KeyMode mode() {
        return real.mode();
    }
}

package io.autorecharge.examples.plain;

import io.autorecharge.credit.Money;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import java.util.Currency;

/** A gateway around whose charge something happens: the node dies, or worse. */
record Dying(Gateway real, Runnable before, Runnable after) implements Gateway {
    /** The end of the node; nothing that is not an Error would pass through the library unanswered. */
    static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    static Dying before(Gateway real) {
        return new Dying(real, Dying::die, () -> {});
    }

    static Dying after(Gateway real) {
        return with(real, Dying::die);
    }

    static Dying with(Gateway real, Runnable after) {
        return new Dying(real, () -> {}, after);
    }

    private static void die() {
        throw new Died();
    }

    @Override
    public Outcome charge(ChargeRequest request) {
        before.run();
        Outcome outcome = real.charge(request);
        after.run();
        return outcome;
    }

    @Override
    public LookUp lookUp(ChargeRequest request) {
        return real.lookUp(request);
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

package io.autorecharge.examples.plain;

import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.testkit.ForwardingGateway;

/** A gateway around whose charge something happens: the node dies, or worse. */
final class Dying extends ForwardingGateway {
    private final Runnable before;
    private final Runnable after;

    private Dying(Gateway real, Runnable before, Runnable after) {
        super(real);
        this.before = before;
        this.after = after;
    }

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
        Outcome outcome = super.charge(request);
        after.run();
        return outcome;
    }
}

package io.autorecharge.policy;

import io.autorecharge.credit.Credits;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Range;

/** How much one recharge buys. */
public sealed interface Sizing {
    /** The account's package, or as many of them as needed, in one charge that brings the balance above the threshold. The default. */
    static Sizing fixed() {
        return new Fixed();
    }

    /**
     * As many credits as bring the balance up to {@code target}, at the rate of the account's package. The bonus comes on top.
     *
     * @throws InvalidValueException when the target is not positive
     */
    static Sizing target(Credits target) {
        return new Target(target);
    }

    /** See {@link Sizing#fixed}. */
    record Fixed() implements Sizing {}

    /** See {@link Sizing#target}. */
    record Target(Credits target) implements Sizing {
        public Target {
            Range.positive("target", target);
        }
    }
}

package io.autorecharge.policy;

import io.autorecharge.credit.Credits;

/** How much one recharge buys. */
public sealed interface Sizing {
    /** The account's package, or as many of it as close the gap, in one charge that lands above the threshold. The default. */
    static Sizing fixed() {
        return new Fixed();
    }

    /** As many credits as bring the balance back up to {@code target}, at the rate of the account's package. The bonus comes on top. */
    static Sizing target(Credits target) {
        return new Target(target);
    }

    /** See {@link Sizing#fixed}. */
    record Fixed() implements Sizing {}

    /** See {@link Sizing#target}. */
    record Target(Credits target) implements Sizing {
        public Target {
            if (!target.isPositive()) {
                throw new IllegalArgumentException("target must be more than zero: " + target);
            }
        }
    }
}

package io.autorecharge.gateway;

import io.autorecharge.credit.Money;
import io.autorecharge.credit.Text;

/**
 * One refund or dispute of a payment. Both sums only ever grow, so that reports of it may come late, twice and in any order: of each sum the
 * greatest ever reported counts.
 *
 * @param id the provider's id of the refund or dispute
 * @param kind which of the two it is
 * @param taken money that has gone back to the customer because of it, ever; zero for a dispute that has moved no money yet
 * @param returned how much of {@code taken} came back: by a refund that failed, by a dispute that was won
 */
public record Reversal(String id, Kind kind, Money taken, Money returned) {
    /** What makes money go back. */
    public enum Kind {
        /** The host, or somebody at the provider's dashboard, gave money back. */
        REFUND,
        /** The customer's bank demands money back, or asks about it. */
        DISPUTE
    }

    /** @throws IllegalArgumentException naming the field and the value */
    public Reversal {
        Text.require("reversal id", id);
        if (taken.minorUnits() < 0) {
            throw new IllegalArgumentException("taken must not be negative: " + taken);
        }
        if (returned.minorUnits() < 0 || taken.isLessThan(returned)) {
            throw new IllegalArgumentException("returned must be from zero to " + taken + ": " + returned);
        }
    }

    /** What both reports together tell of the same reversal, whichever of them is older. */
    public Reversal and(Reversal other) {
        return new Reversal(id, kind, greater(taken, other.taken), greater(returned, other.returned));
    }

    private static Money greater(Money a, Money b) {
        return a.isLessThan(b) ? b : a;
    }
}

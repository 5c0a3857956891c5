package io.autorecharge.gateway;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.Text;
import java.util.Currency;
import java.util.Objects;

/**
 * One refund, dispute or fraud warning of a payment. Both amounts can only grow, so reports of it may arrive late, twice and in any order: the largest value
 * of each amount counts.
 *
 * @param id the provider's id of the refund, dispute or warning
 * @param kind refund, dispute or warning
 * @param taken money that ever went back to the customer because of it; zero for a warning, and for a dispute that has moved no money yet
 * @param returned how much of {@code taken} came back, because a refund failed or a dispute was won
 */
public record Reversal(String id, Kind kind, Money taken, Money returned) {
    /** Why money is returned to the customer. */
    public enum Kind {
        /** The host, or a person in the provider's dashboard, refunded the customer. */
        REFUND,
        /** The customer's bank demands money back, or inquires about the payment. */
        DISPUTE,
        /** The card network suspects fraud. It moves no money and never ends. */
        FRAUD_WARNING;

        /** Whether money can go back because of it. */
        public boolean movesMoney() {
            return this != FRAUD_WARNING;
        }
    }

    /** A warning of the card network about a payment in this currency. */
    public static Reversal fraudWarning(String id, Currency currency) {
        Money none = new Money(0, currency);
        return new Reversal(id, Kind.FRAUD_WARNING, none, none);
    }

    /** @throws InvalidValueException when a value breaks its rule */
    public Reversal {
        Text.require("reversalId", id);
        Objects.requireNonNull(kind, "kind");
        if (taken.minorUnits() < 0) {
            throw new InvalidValueException("taken", taken, "must not be negative");
        }
        if (!returned.currency().equals(taken.currency()) || returned.minorUnits() < 0 || taken.isLessThan(returned)) {
            throw new InvalidValueException("returned", returned, "must be between zero and " + taken);
        }
    }

    /** Both reports of the same reversal combined, whichever is older. */
    public Reversal and(Reversal other) {
        return new Reversal(id, kind, greater(taken, other.taken), greater(returned, other.returned));
    }

    private static Money greater(Money a, Money b) {
        return a.isLessThan(b) ? b : a;
    }
}

package io.autorecharge.account;

import io.autorecharge.credit.Credits;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.Range;
import java.math.BigInteger;
import java.util.Objects;

/**
 * What a package held and cost when its user agreed to it. The price of one credit follows from it; it is compared without rounding.
 *
 * @param credits the package's paid credits, at least 1
 * @param bonus the bonus of a recharge of one package
 * @param price what it cost
 */
public record AgreedPackage(int credits, Credits bonus, Money price) {
    /** @throws InvalidValueException when a value breaks its rule */
    public AgreedPackage {
        Range.atLeast("credits", credits, 1);
        Range.notNegative("bonus", bonus);
        Range.positive("price", price);
    }

    /** Whether so many paid credits at this price cost no more each than was agreed. Another currency is never covered. */
    public boolean covers(Credits bought, Money cost) {
        return isAtMost(cost, bought, Credits.of(credits));
    }

    /** As {@link #covers}, and no more each where the bonus counts as bought. For the same package. */
    public boolean coversOffer(Credits bought, Credits added, Money cost) {
        return covers(bought, cost)
                && isAtMost(cost, bought.plus(added), Credits.of(credits).plus(bonus));
    }

    /** Cross-multiplied: cost / bought <= price / agreed. */
    private boolean isAtMost(Money cost, Credits bought, Credits agreed) {
        Objects.requireNonNull(cost, "cost");
        return price.currency().equals(cost.currency()) && product(cost, agreed).compareTo(product(price, bought)) <= 0;
    }

    private static BigInteger product(Money money, Credits credits) {
        return BigInteger.valueOf(money.minorUnits()).multiply(BigInteger.valueOf(credits.micros()));
    }
}

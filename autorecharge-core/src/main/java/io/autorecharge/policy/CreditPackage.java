package io.autorecharge.policy;

import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;

/**
 * Credits at a price. Packages are counted in whole credits, as the seed's {@code auto_recharge_credits} column is.
 *
 * @param credits how many, at least 1
 * @param price more than zero
 */
public record CreditPackage(int credits, Money price) {
    /** @throws IllegalArgumentException naming the field and the value */
    public CreditPackage {
        if (credits < 1) {
            throw new IllegalArgumentException("package credits must be at least 1: " + credits);
        }
        if (!price.isPositive()) {
            throw new IllegalArgumentException(
                    "price of the package of " + credits + " must be more than zero: " + price);
        }
    }

    /** The package's size in the unit of balances. */
    public Credits amount() {
        return Credits.of(credits);
    }
}

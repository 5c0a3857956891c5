package io.autorecharge.policy;

import io.autorecharge.credit.Credits;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.Range;

/**
 * Credits at a price. Packages are counted in whole credits, because the column {@code auto_recharge_credits} is an integer.
 *
 * @param credits how many, at least 1
 * @param price positive
 */
public record CreditPackage(int credits, Money price) {
    /** @throws InvalidValueException when a value breaks its rule */
    public CreditPackage {
        Range.atLeast("credits", credits, 1);
        Range.positive("price", price);
    }

    /** The package's size as an amount of credits. */
    public Credits amount() {
        return Credits.of(credits);
    }
}

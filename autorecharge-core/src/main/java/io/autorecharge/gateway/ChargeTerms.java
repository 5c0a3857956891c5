package io.autorecharge.gateway;

import io.autorecharge.credit.Credits;

/**
 * What a charge pays for. It goes into the provider's metadata, so that the recharge can be written down again by a database that has
 * forgotten it.
 *
 * @param packageCredits the package that was chosen
 * @param credits paid credits to grant
 * @param bonus promotional credits to grant
 */
public record ChargeTerms(int packageCredits, Credits credits, Credits bonus) {
    /** @throws IllegalArgumentException naming the field and the value */
    public ChargeTerms {
        if (packageCredits < 1) {
            throw new IllegalArgumentException("package credits must be more than zero: " + packageCredits);
        }
        if (!credits.isPositive()) {
            throw new IllegalArgumentException("credits must be more than zero: " + credits);
        }
        if (bonus.isNegative()) {
            throw new IllegalArgumentException("bonus must not be negative: " + bonus);
        }
    }
}

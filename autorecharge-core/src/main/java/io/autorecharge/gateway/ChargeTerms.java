package io.autorecharge.gateway;

import io.autorecharge.credit.Credits;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Range;

/**
 * What a charge pays for. It is part of the provider's metadata, so that a database that lost the recharge can restore it.
 *
 * @param packageCredits the credits of the chosen package
 * @param credits paid credits to grant
 * @param bonus promotional credits to grant
 */
public record ChargeTerms(int packageCredits, Credits credits, Credits bonus) {
    /** @throws InvalidValueException when a value breaks its rule */
    public ChargeTerms {
        Range.atLeast("packageCredits", packageCredits, 1);
        Range.positive("credits", credits);
        Range.notNegative("bonus", bonus);
    }
}

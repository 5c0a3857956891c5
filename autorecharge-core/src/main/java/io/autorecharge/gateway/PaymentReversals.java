package io.autorecharge.gateway;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.Range;
import io.autorecharge.credit.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All refunds and disputes of one captured payment, as the provider reports them now.
 *
 * @param providerReference the provider's id of the charge for which credits were granted
 * @param customerId the provider's customer who paid; null when there is none
 * @param captured the amount that was captured originally; never changes
 * @param reversals its refunds and disputes
 */
public record PaymentReversals(
        String providerReference, @Nullable String customerId, Money captured, List<Reversal> reversals) {
    /** @throws InvalidValueException when a value breaks its rule */
    public PaymentReversals {
        Text.require("providerReference", providerReference);
        Range.positive("captured", captured);
        reversals = List.copyOf(reversals);
        for (Reversal reversal : reversals) {
            if (!reversal.taken().currency().equals(captured.currency())) {
                throw new InvalidValueException(
                        "reversals", reversal.taken(), "must be in the currency of the payment, " + captured);
            }
        }
    }
}

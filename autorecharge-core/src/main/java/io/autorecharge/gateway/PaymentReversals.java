package io.autorecharge.gateway;

import io.autorecharge.credit.Money;
import io.autorecharge.credit.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a captured payment afterwards, as its provider tells it now: all of its refunds and disputes, whatever made somebody look.
 *
 * @param providerReference the provider's id of the charge, the one that its credits were granted for
 * @param customerId the provider's customer who paid; null when there is none
 * @param captured what was captured in the first place; never changes
 * @param reversals its refunds and disputes
 */
public record PaymentReversals(
        String providerReference, @Nullable String customerId, Money captured, List<Reversal> reversals) {
    /** @throws IllegalArgumentException naming the field and the value */
    public PaymentReversals {
        Text.require("provider reference", providerReference);
        if (!captured.isPositive()) {
            throw new IllegalArgumentException("captured must be more than zero: " + captured);
        }
        reversals = List.copyOf(reversals);
        for (Reversal reversal : reversals) {
            if (!reversal.taken().currency().equals(captured.currency())) {
                throw new IllegalArgumentException("currency of reversal " + reversal.id() + " must be that of "
                        + captured + ": " + reversal.taken());
            }
        }
    }
}

package io.autorecharge.gateway;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.Range;
import io.autorecharge.credit.Text;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All refunds, disputes and fraud warnings of one captured payment, as the provider reports them now.
 *
 * @param providerReference the provider's id of the charge for which credits were granted
 * @param customerId the provider's customer who paid; null when there is none
 * @param captured the amount that was captured originally; never changes
 * @param reversals its refunds, disputes and fraud warnings
 * @param card what the card that paid is known by: its fingerprint, or the id of the payment method; null when unknown
 */
public record PaymentReversals(
        String providerReference,
        @Nullable String customerId,
        Money captured,
        List<Reversal> reversals,
        @Nullable String card) {
    /** Of a payment by a card that is not known. */
    public PaymentReversals(
            String providerReference, @Nullable String customerId, Money captured, List<Reversal> reversals) {
        this(providerReference, customerId, captured, reversals, null);
    }

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

    /** The same payment, about which the card network has also sent this warning. */
    public PaymentReversals warned(String warning) {
        List<Reversal> all = Stream.concat(
                        reversals.stream(), Stream.of(Reversal.fraudWarning(warning, captured.currency())))
                .toList();
        return new PaymentReversals(providerReference, customerId, captured, all, card);
    }
}

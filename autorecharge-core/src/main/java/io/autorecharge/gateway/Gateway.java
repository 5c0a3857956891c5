package io.autorecharge.gateway;

import io.autorecharge.credit.Money;
import java.util.Currency;

/**
 * The payment provider's port for charges without the customer. Implementations are safe for use by many threads, bound the time of every
 * call, never send a charge twice by themselves, and pass the contract test of the same name.
 */
public interface Gateway {
    /**
     * Charges once for {@link ChargeRequest#attempt()}: the same attempt sent again within the key's life charges no second time and gives
     * the first result.
     *
     * <p>Never throws for what the provider or the network does. {@link Outcome.Declined} and {@link Outcome.ActionRequired} are given only
     * when the provider can no longer capture money for the attempt (an incomplete charge has been cancelled); a refusal that is not the
     * card's says something only about the request that it answers, so when the request is {@link ChargeRequest#inDoubt} it is
     * {@link Outcome.Unknown}. Whatever is not surely one of the others is {@link Outcome.Unknown}.
     */
    Outcome charge(ChargeRequest request);

    /**
     * Asks the provider's consistent list what became of an attempt, without sending anything that could charge. An incomplete charge that
     * is found is cancelled first, so that {@link Outcome.Declined} is as final as from {@link #charge}.
     */
    LookUp lookUp(ChargeRequest request);

    /** The least amount the provider takes in a currency. */
    Money minimumCharge(Currency currency);
}

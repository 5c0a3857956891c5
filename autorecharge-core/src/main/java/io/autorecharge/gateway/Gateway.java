package io.autorecharge.gateway;

import io.autorecharge.credit.Money;
import java.util.Currency;

/**
 * The port to the payment provider for charges while the customer is absent. Implementations are thread-safe, bound the time of every call,
 * never send a charge twice by themselves, and pass the contract test of the same name.
 */
public interface Gateway {
    /**
     * Charges once for {@link ChargeRequest#attempt()}: the same attempt, sent again within the lifetime of the key, does not charge again and
     * returns the first result.
     *
     * <p>Never throws because of the provider or the network. {@link Outcome.Declined} and {@link Outcome.ActionRequired} are returned only
     * when the provider can no longer capture money for the attempt (an incomplete charge has been cancelled). A refusal that is not about
     * the card applies only to the request that it answers, so for a request that is {@link ChargeRequest#inDoubt} it is
     * {@link Outcome.Unknown}. Everything that is not certainly one of the others is {@link Outcome.Unknown}.
     */
    Outcome charge(ChargeRequest request);

    /**
     * Searches the provider's consistent list for the outcome of an attempt, without sending anything that could charge. An incomplete charge
     * is cancelled first, so that {@link Outcome.Declined} is as final as from {@link #charge}.
     */
    LookUp lookUp(ChargeRequest request);

    /**
     * Marks a customer with the id of an installation, unless it carries one already, and returns whose it is. The first mark stays: of
     * several installations that ask at once, one gets {@link CustomerOwner#OURS}. Never throws because of the provider or the network.
     */
    CustomerOwner stampCustomer(String customerId, InstallationId installation);

    /** Whether the configured key moves real money. */
    KeyMode mode();

    /** The minimum amount that the provider accepts in a currency. */
    Money minimumCharge(Currency currency);

    /** The maximum amount that the provider accepts in a currency. */
    Money maximumCharge(Currency currency);
}

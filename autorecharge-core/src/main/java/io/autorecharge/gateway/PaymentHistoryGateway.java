package io.autorecharge.gateway;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The provider's own books, read by time instead of by what our database remembers: for what nobody told us of, and for a database that
 * has forgotten. Reading changes nothing at the provider. Whatever is answered was read to its end: a list that cannot be is an exception.
 * Safe for use by many threads; every call is bounded in time. Implementations pass the contract test of the same name.
 */
public interface PaymentHistoryGateway {
    /**
     * The charges and pages that were made at or after this time, and how many that are none of ours. From the provider's consistent list,
     * never from a search that lags behind.
     *
     * @throws GatewayException when the provider cannot be reached or refuses, or a list cannot be read to its end
     */
    PaymentHistory paymentsSince(Instant since);

    /**
     * Word of every refund and dispute that was made or changed at or after this time, of anybody's payments, in any order. Providers
     * keep such word for a limited time (Stripe for 30 days); what is older is left out.
     *
     * @throws GatewayException when the provider cannot be reached or refuses, or the list cannot be read to its end
     */
    List<ReversalNotice> reversalsSince(Instant since);

    /**
     * The refunds and disputes of one payment as they are now.
     *
     * @param providerReference as a {@link ReversalNotice} names it
     * @return without a notification; empty when the payment is none of ours, or nothing was captured by it
     * @throws GatewayException when the provider cannot be reached or refuses
     */
    Optional<ProviderReport.Reversal> reversalsOf(String providerReference);
}

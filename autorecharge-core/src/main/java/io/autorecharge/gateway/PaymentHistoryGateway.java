package io.autorecharge.gateway;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The port to the provider's payment history. It is read by time, independently of the database, to find what no webhook reported and what a
 * restored database lost. Reading changes nothing at the provider. Every list is read completely; one that cannot be is an exception.
 * Thread-safe; every call is bounded in time. Implementations pass the contract test of the same name.
 */
public interface PaymentHistoryGateway {
    /**
     * The charges and checkout sessions that were created at or after this time, and the number of others. They come from the provider's
     * consistent list, never from a search that lags behind.
     *
     * @throws GatewayException when the provider cannot be reached or refuses, or a list cannot be read completely
     */
    PaymentHistory paymentsSince(Instant since);

    /**
     * Notices of all refunds, disputes and fraud warnings that were created or changed at or after this time, for any payment, in any order. Providers keep
     * such notices for a limited time (Stripe for 30 days); older ones are left out.
     *
     * @throws GatewayException when the provider cannot be reached or refuses, or the list cannot be read completely
     */
    List<ReversalNotice> reversalsSince(Instant since);

    /**
     * The refunds and disputes of one payment as they are now. Fraud warnings may be left out: their notices name them.
     *
     * @param providerReference as a {@link ReversalNotice} names it
     * @return without a notification; empty when the library did not create the payment, when it captured nothing, and when it no longer exists
     *     for the configured key
     * @throws GatewayException when the provider cannot be reached or refuses
     */
    Optional<ProviderReport.Reversal> reversalsOf(String providerReference);
}

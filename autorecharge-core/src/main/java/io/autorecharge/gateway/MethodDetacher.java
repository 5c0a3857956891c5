package io.autorecharge.gateway;

/**
 * An optional port to the payment provider: detaches payment methods that users have removed, so that they can never be charged again. Thread-safe;
 * every call is bounded in time.
 */
public interface MethodDetacher {
    /**
     * Detaches a payment method from its customer. Changes nothing when it is detached already, does not exist, or belongs to another customer.
     *
     * @param customerId the customer who had the method
     * @throws GatewayException when the provider cannot be reached or refuses; the method may still be attached then
     */
    void detach(String customerId, String methodId);
}

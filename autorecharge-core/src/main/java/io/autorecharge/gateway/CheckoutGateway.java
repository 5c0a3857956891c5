package io.autorecharge.gateway;

import io.autorecharge.credit.AccountId;
import org.jspecify.annotations.Nullable;

/**
 * The port to the payment provider for checkouts: purchases by the customer on the provider's page, and payment methods that the customer adds
 * there. Thread-safe; every call is bounded in time.
 */
public interface CheckoutGateway {
    /**
     * Returns the provider's customer of an account and creates it if necessary. All calls for one account of one installation return the
     * same customer, also concurrent calls and calls after a lost answer. Accounts of different installations never share one, even if
     * they have the same id. The customer carries the id of the installation.
     *
     * @param installation whose account it is
     * @param email may be null
     * @throws GatewayException when the provider cannot be reached or refuses
     */
    String createCustomer(AccountId account, InstallationId installation, @Nullable String email);

    /**
     * Creates a customer for an account whose customer cannot be used: it is deleted, or belongs to another mode or installation. Calls of
     * one installation with the same {@code gone} return the same new customer, which carries the id of the installation.
     *
     * @param installation whose account it is
     * @param gone the customer that can no longer be used
     * @param email may be null
     * @throws GatewayException when the provider cannot be reached or refuses
     */
    String replaceCustomer(AccountId account, InstallationId installation, String gone, @Nullable String email);

    /**
     * Creates the checkout session. Two calls for the same checkout return the same session.
     *
     * @throws GatewayException when the provider cannot be reached or refuses; {@link GatewayException#isCustomerGone} when the customer
     *     can no longer be used
     */
    CheckoutSession createSession(CheckoutRequest request);

    /**
     * Creates a session in which the customer saves a payment method for charges while the customer is absent; nothing is charged. Offers only
     * methods that can be charged so. Two calls for the same checkout return the same session.
     *
     * @throws GatewayException when the provider cannot be reached or refuses; {@link GatewayException#isCustomerGone} when the customer
     *     can no longer be used
     */
    CheckoutSession createSetup(SetupRequest request);

    /**
     * Returns the outcome of a checkout session.
     *
     * @throws GatewayException when the provider cannot be reached or refuses
     */
    CheckoutOutcome lookUp(String sessionId);

    /**
     * Closes a checkout session, so that it can no longer be completed, and returns its outcome: {@link CheckoutOutcome.Closed}, or
     * {@link CheckoutOutcome.Paid} or {@link CheckoutOutcome.Saved} when the customer was faster. A session that is closed or paid already stays so.
     *
     * @throws GatewayException when the provider cannot be reached or refuses; then the session may still be open
     */
    CheckoutOutcome closeSession(String sessionId);
}

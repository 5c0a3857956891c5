package io.autorecharge.gateway;

import io.autorecharge.credit.AccountId;
import org.jspecify.annotations.Nullable;

/** The payment provider's port for purchases on its page. Safe for use by many threads; every call is bounded in time. */
public interface CheckoutGateway {
    /**
     * The provider's customer of an account. Two calls for one account give the same customer, also when they run at once; an answer that
     * was lost and asked for again too.
     *
     * @param email may be null
     * @throws GatewayException when the provider cannot be reached or refuses
     */
    String createCustomer(AccountId account, @Nullable String email);

    /**
     * A new customer for an account whose customer is gone: deleted, or of another mode. Two calls that name the same {@code gone} give the
     * same new customer.
     *
     * @param gone the customer that cannot be used any more
     * @param email may be null
     * @throws GatewayException when the provider cannot be reached or refuses
     */
    String replaceCustomer(AccountId account, String gone, @Nullable String email);

    /**
     * Makes the page. The same checkout asked for twice gives the same page.
     *
     * @throws GatewayException when the provider cannot be reached or refuses; {@link GatewayException#isCustomerGone} when the customer
     *     cannot be used any more
     */
    CheckoutSession createSession(CheckoutRequest request);

    /**
     * What became of a page.
     *
     * @throws GatewayException when the provider cannot be reached or refuses
     */
    CheckoutOutcome lookUp(String sessionId);

    /**
     * Closes a page, so that it cannot be paid any more, and tells what became of it: {@link CheckoutOutcome.Closed}, or
     * {@link CheckoutOutcome.Paid} when the customer was faster. A page that is closed or paid already stays so.
     *
     * @throws GatewayException when the provider cannot be reached or refuses; then it may still be open
     */
    CheckoutOutcome closeSession(String sessionId);
}

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
     * Makes the page. The same checkout asked for twice gives the same page.
     *
     * @throws GatewayException when the provider cannot be reached or refuses
     */
    CheckoutPage createPage(CheckoutRequest request);

    /**
     * What became of a page.
     *
     * @throws GatewayException when the provider cannot be reached or refuses
     */
    CheckoutOutcome lookUp(String sessionId);
}

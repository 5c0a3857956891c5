package io.autorecharge.gateway;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The charges and checkout sessions of the library in the provider's payment history, whether the database knows them or not, and whatever
 * installation they belong to.
 *
 * @param charges charges while the customer was absent, in any order
 * @param sessions checkout sessions, in any order
 * @param unreadable the provider's ids of objects that carry the library's metadata and cannot be read
 * @param others the number of charges and sessions of the same time that were not created by the library
 */
public record PaymentHistory(List<Charge> charges, List<Session> sessions, List<String> unreadable, int others) {
    public PaymentHistory {
        charges = List.copyOf(charges);
        sessions = List.copyOf(sessions);
        unreadable = List.copyOf(unreadable);
    }

    /**
     * A charge while the customer was absent.
     *
     * @param account the account in the provider's metadata
     * @param number of the attempt within its recharge: 1, 2 …; 1 when the metadata has none
     * @param providerReference the provider's id
     * @param customerId the customer who is charged; null when the history does not say
     * @param paymentMethodId what is charged; null when the history does not say
     * @param fingerprint of the card; null when unknown
     * @param amount the amount of the request
     * @param captured whether the money was taken
     * @param at when the provider created it
     * @param terms what it pays for; null when its metadata does not say, as in charges of older releases
     * @param installation the installation in the provider's metadata; null when there is none, as in charges of older releases
     */
    public record Charge(
            AccountId account,
            RechargeId recharge,
            AttemptId attempt,
            int number,
            String providerReference,
            @Nullable String customerId,
            @Nullable String paymentMethodId,
            @Nullable String fingerprint,
            Money amount,
            boolean captured,
            Instant at,
            @Nullable ChargeTerms terms,
            @Nullable InstallationId installation) {}

    /**
     * A checkout session.
     *
     * @param account the account in the provider's metadata
     * @param sessionId the provider's id
     * @param customerId the customer who buys; null when the history does not say
     * @param price the amount to pay; zero for a checkout that adds a payment method
     * @param paid whether the money was taken, or the payment method saved
     * @param at when the provider created it
     * @param terms what it sells; null when its metadata does not say, as in sessions of older releases
     * @param installation the installation in the provider's metadata; null when there is none, as in sessions of older releases
     */
    public record Session(
            AccountId account,
            CheckoutId checkout,
            String sessionId,
            @Nullable String customerId,
            Money price,
            boolean paid,
            Instant at,
            @Nullable CheckoutTerms terms,
            @Nullable InstallationId installation) {}
}

package io.autorecharge.gateway;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the provider's books hold of ours, whether our database knows of it or not.
 *
 * @param charges charges without the customer, in any order
 * @param sessions pages for the customer, in any order
 * @param unreadable the provider's ids of what carries our marks and cannot be read
 * @param others how many charges and pages of the same time are none of ours
 */
public record PaymentHistory(List<Charge> charges, List<Session> sessions, List<String> unreadable, int others) {
    public PaymentHistory {
        charges = List.copyOf(charges);
        sessions = List.copyOf(sessions);
        unreadable = List.copyOf(unreadable);
    }

    /**
     * A charge without the customer.
     *
     * @param account whose the provider's metadata says it is
     * @param providerReference the provider's id
     * @param customerId who is charged; null when the books do not say
     * @param paymentMethodId what is charged; null when the books do not say
     * @param fingerprint of the card; null when unknown
     * @param amount what was asked for
     * @param captured whether the money was taken
     * @param at when the provider wrote it down
     * @param terms what it pays for; null when its metadata does not say, as that of charges from before it did
     */
    public record Charge(
            AccountId account,
            RechargeId recharge,
            AttemptId attempt,
            String providerReference,
            @Nullable String customerId,
            @Nullable String paymentMethodId,
            @Nullable String fingerprint,
            Money amount,
            boolean captured,
            Instant at,
            @Nullable ChargeTerms terms) {}

    /**
     * A page for the customer.
     *
     * @param account whose the provider's metadata says it is
     * @param sessionId the provider's id
     * @param customerId who buys; null when the books do not say
     * @param price what it asks for
     * @param paid whether the money was taken
     * @param at when the provider wrote it down
     * @param terms what it sells; null when its metadata does not say, as that of pages from before it did
     */
    public record Session(
            AccountId account,
            CheckoutId checkout,
            String sessionId,
            @Nullable String customerId,
            Money price,
            boolean paid,
            Instant at,
            @Nullable CheckoutTerms terms) {}
}

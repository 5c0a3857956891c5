package io.autorecharge.store;

import io.autorecharge.account.Consent;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A purchase on the provider's page, as it was offered.
 *
 * @param account whose
 * @param id ours
 * @param sessionId the provider's, null until the page was made
 * @param credits what is bought
 * @param price what it costs
 * @param enable whether the purchase switches auto-recharge on, with its package
 * @param consent the agreement that was given for it; null when it enables nothing
 * @param state where it stands
 * @param createdAt when it was offered
 * @param nextCheckAt when to ask the provider about it; null when it is decided
 * @param checks how often the provider was asked
 * @param providerReference the provider's id of the charge, when paid
 * @param recovers the attempt that wanted the customer present, whose recharge this pays; null for a purchase of its own
 */
public record Checkout(
        AccountId account,
        CheckoutId id,
        @Nullable String sessionId,
        int credits,
        Money price,
        boolean enable,
        @Nullable Consent consent,
        CheckoutState state,
        Instant createdAt,
        @Nullable Instant nextCheckAt,
        int checks,
        @Nullable String providerReference,
        @Nullable AttemptId recovers) {
    /** A purchase of its own. */
    public Checkout(
            AccountId account,
            CheckoutId id,
            @Nullable String sessionId,
            int credits,
            Money price,
            boolean enable,
            @Nullable Consent consent,
            CheckoutState state,
            Instant createdAt,
            @Nullable Instant lookAt,
            int looks,
            @Nullable String providerReference) {
        this(
                account,
                id,
                sessionId,
                credits,
                price,
                enable,
                consent,
                state,
                createdAt,
                lookAt,
                looks,
                providerReference,
                null);
    }

    /** The page was made. */
    public Checkout at(String session) {
        return new Checkout(
                account,
                id,
                session,
                credits,
                price,
                enable,
                consent,
                state,
                createdAt,
                nextCheckAt,
                checks,
                providerReference,
                recovers);
    }

    /** The user decided otherwise since: the purchase stands, and no longer switches auto-recharge on. */
    public Checkout withoutEnabling() {
        return new Checkout(
                account,
                id,
                sessionId,
                credits,
                price,
                false,
                consent,
                state,
                createdAt,
                nextCheckAt,
                checks,
                providerReference,
                recovers);
    }

    /** Still open; ask again at {@code next}. */
    public Checkout askedAgainAt(Instant next) {
        return new Checkout(
                account,
                id,
                sessionId,
                credits,
                price,
                enable,
                consent,
                state,
                createdAt,
                next,
                checks + 1,
                providerReference,
                recovers);
    }

    /** Decided. */
    public Checkout in(CheckoutState next, @Nullable String reference) {
        return new Checkout(
                account, id, sessionId, credits, price, enable, consent, next, createdAt, null, checks, reference,
                recovers);
    }
}

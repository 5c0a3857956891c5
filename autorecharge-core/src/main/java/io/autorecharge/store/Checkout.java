package io.autorecharge.store;

import io.autorecharge.account.Consent;
import io.autorecharge.account.MethodPlace;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.InstallationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A purchase on the provider's checkout page, or a payment method that is added there.
 *
 * @param offer what was offered
 * @param progress how far it has come
 */
public record Checkout(CheckoutOffer offer, CheckoutProgress progress) {
    public AccountId account() {
        return offer.account();
    }

    public CheckoutId id() {
        return offer.id();
    }

    public int credits() {
        return offer.credits();
    }

    public Money price() {
        return offer.price();
    }

    public boolean enable() {
        return offer.enable();
    }

    public @Nullable Consent consent() {
        return offer.consent();
    }

    public Instant createdAt() {
        return offer.createdAt();
    }

    public @Nullable AttemptId recovers() {
        return offer.recovers();
    }

    public @Nullable InstallationId installation() {
        return offer.installation();
    }

    public @Nullable MethodPlace saves() {
        return offer.saves();
    }

    public @Nullable String sessionId() {
        return progress.sessionId();
    }

    public CheckoutState state() {
        return progress.state();
    }

    public @Nullable Instant nextCheckAt() {
        return progress.nextCheckAt();
    }

    public int checks() {
        return progress.checks();
    }

    public @Nullable String providerReference() {
        return progress.providerReference();
    }

    /** The provider created the session. */
    public Checkout at(String session) {
        return with(new CheckoutProgress(session, state(), nextCheckAt(), checks(), providerReference()));
    }

    /** The customer has decided otherwise: the purchase remains valid but no longer switches auto-recharge on. */
    public Checkout withoutEnabling() {
        return new Checkout(offer.withoutEnabling(), progress);
    }

    /** Still open; to be looked up again at {@code next}. */
    public Checkout askedAgainAt(Instant next) {
        return with(new CheckoutProgress(sessionId(), state(), next, checks() + 1, providerReference()));
    }

    /** Still open; to be looked up at {@code at}, sooner than planned. */
    public Checkout dueAt(Instant at) {
        return with(new CheckoutProgress(sessionId(), state(), at, checks(), providerReference()));
    }

    /** In a final state. */
    public Checkout in(CheckoutState end, @Nullable String reference) {
        return with(new CheckoutProgress(sessionId(), end, null, checks(), reference));
    }

    private Checkout with(CheckoutProgress next) {
        return new Checkout(offer, next);
    }
}

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
 * What was offered to a customer for payment on the provider's checkout page.
 *
 * @param account the account that buys
 * @param id the checkout's id, which is part of its idempotency key
 * @param credits what is bought
 * @param price what it costs
 * @param enable whether paying switches auto-recharge on, with this package
 * @param consent the agreement that the customer gave for it; null if it does not enable auto-recharge
 * @param createdAt when it was offered
 * @param recovers the attempt whose recharge this pays because the bank asked for authentication; null for a purchase of its own
 * @param installation the installation that offered it; null for a checkout from before installations had ids
 * @param saves where the payment method takes its place that the customer adds without buying; null for a purchase. Credits and price are then zero
 */
public record CheckoutOffer(
        AccountId account,
        CheckoutId id,
        int credits,
        Money price,
        boolean enable,
        @Nullable Consent consent,
        Instant createdAt,
        @Nullable AttemptId recovers,
        @Nullable InstallationId installation,
        @Nullable MethodPlace saves) {
    /** A purchase. */
    public CheckoutOffer(
            AccountId account,
            CheckoutId id,
            int credits,
            Money price,
            boolean enable,
            @Nullable Consent consent,
            Instant createdAt,
            @Nullable AttemptId recovers,
            @Nullable InstallationId installation) {
        this(account, id, credits, price, enable, consent, createdAt, recovers, installation, null);
    }

    /** The customer has decided otherwise: the purchase remains valid but no longer switches auto-recharge on. */
    CheckoutOffer withoutEnabling() {
        return new CheckoutOffer(account, id, credits, price, false, consent, createdAt, recovers, installation, saves);
    }
}

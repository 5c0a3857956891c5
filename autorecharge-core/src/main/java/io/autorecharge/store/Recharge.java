package io.autorecharge.store;

import io.autorecharge.account.Announcement;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.RechargeId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One decision to buy credits, as it was made.
 *
 * @param account the account that is recharged
 * @param id its id
 * @param trigger what caused the check
 * @param state its state; while it is {@code OPEN}, its price counts toward the limits
 * @param packageCredits the package that was chosen
 * @param credits paid credits to grant
 * @param bonus promotional credits to grant
 * @param price what is charged
 * @param balance the balance when it was claimed
 * @param openedAt when it was claimed
 * @param closedAt when it left {@code OPEN}
 * @param maxAttempts how many attempts it may have, each with another payment method
 * @param announced what the customer was told before it was claimed; null when it was not announced
 * @param consent the number of the {@link io.autorecharge.account.ConsentRecord} that it rests on; null in a recharge from before these were
 *     kept, in one that was restored from the provider's payment history, and in one that rests on none
 */
public record Recharge(
        AccountId account,
        RechargeId id,
        Trigger trigger,
        RechargeState state,
        int packageCredits,
        Credits credits,
        Credits bonus,
        Money price,
        Credits balance,
        Instant openedAt,
        @Nullable Instant closedAt,
        int maxAttempts,
        @Nullable Announcement announced,
        @Nullable Integer consent) {
    /** A recharge with one attempt, which was not announced and names no agreement. */
    public Recharge(
            AccountId account,
            RechargeId id,
            Trigger trigger,
            RechargeState state,
            int packageCredits,
            Credits credits,
            Credits bonus,
            Money price,
            Credits balance,
            Instant openedAt,
            @Nullable Instant closedAt) {
        this(account, id, trigger, state, packageCredits, credits, bonus, price, balance, openedAt, closedAt, 1);
    }

    /** A recharge that was not announced and names no agreement. */
    public Recharge(
            AccountId account,
            RechargeId id,
            Trigger trigger,
            RechargeState state,
            int packageCredits,
            Credits credits,
            Credits bonus,
            Money price,
            Credits balance,
            Instant openedAt,
            @Nullable Instant closedAt,
            int maxAttempts) {
        this(
                account,
                id,
                trigger,
                state,
                packageCredits,
                credits,
                bonus,
                price,
                balance,
                openedAt,
                closedAt,
                maxAttempts,
                null,
                null);
    }

    /** Whether its user asked for exactly this purchase, so that neither the threshold nor the agreement decides about it. */
    public boolean isRequested() {
        return trigger == Trigger.REQUEST;
    }

    /** The same recharge in another state. */
    public Recharge in(RechargeState next, Instant at) {
        return new Recharge(
                account,
                id,
                trigger,
                next,
                packageCredits,
                credits,
                bonus,
                price,
                balance,
                openedAt,
                at,
                maxAttempts,
                announced,
                consent);
    }
}

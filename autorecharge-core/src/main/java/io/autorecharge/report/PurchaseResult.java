package io.autorecharge.report;

import io.autorecharge.credit.Money;
import io.autorecharge.policy.Decision;
import io.autorecharge.store.Recharge;

/** What became of a purchase with the saved payment method. A repeated request is answered with what became of the first. */
public sealed interface PurchaseResult {
    /** The money was taken, and the credits were granted. */
    record Paid(Recharge recharge) implements PurchaseResult {}

    /** The result is not known yet: it is looked up, and reported by an event. */
    record Pending(Recharge recharge) implements PurchaseResult {}

    /** Every method that was tried has declined. Nothing was taken. */
    record Declined(Recharge recharge) implements PurchaseResult {}

    /** The bank wants the customer: {@link io.autorecharge.AutoRecharge#openRecovery} creates the page where the same purchase is paid. */
    record ConfirmationRequired(Recharge recharge) implements PurchaseResult {}

    /** The provider never carried it out. Nothing was taken; a new request may buy again. */
    record NotCharged(Recharge recharge) implements PurchaseResult {}

    /** Nothing was sent to the provider; {@code hold} says why. The same request may be sent again. */
    record Held(Decision.Hold hold) implements PurchaseResult {}

    /**
     * The package costs another amount than the user was shown. Nothing was charged.
     *
     * @param now what it costs now
     */
    record PriceChanged(Money now) implements PurchaseResult {}
}

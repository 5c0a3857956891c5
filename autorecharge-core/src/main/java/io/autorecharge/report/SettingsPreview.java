package io.autorecharge.report;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.Money;
import io.autorecharge.policy.Decision;
import org.jspecify.annotations.Nullable;

/**
 * What saving settings charges at once, for the page that asks the user before it saves.
 *
 * @param confirmed the decision if the user confirms {@link #amount} and {@code max}
 * @param unconfirmed the decision if the user confirms nothing
 * @param max the most that one recharge can cost with these settings
 * @param method the payment method that is charged; null if there is none
 */
public record SettingsPreview(
        Decision confirmed,
        Decision unconfirmed,
        Money max,
        @Nullable PaymentMethod method) {
    /** What is charged at once if the user confirms: the amount to show and to repeat in the confirmation. Zero when nothing. */
    public Money amount() {
        return amountOf(confirmed);
    }

    /** What is charged at once if the user confirms nothing. Zero when nothing. */
    public Money unconfirmedAmount() {
        return amountOf(unconfirmed);
    }

    private Money amountOf(Decision decision) {
        return decision instanceof Decision.Recharge recharge ? recharge.price() : new Money(0, max.currency());
    }
}

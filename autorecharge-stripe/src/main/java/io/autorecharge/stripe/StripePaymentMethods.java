package io.autorecharge.stripe;

import com.stripe.model.PaymentMethod;
import io.autorecharge.credit.InvalidValueException;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a person recognizes a saved payment method by. Everything but the ids is optional: what Stripe leaves out, or what cannot be true, is
 * unknown, and never prevents a payment from being granted.
 */
final class StripePaymentMethods {
    private static final Logger log = LoggerFactory.getLogger(StripePaymentMethods.class);

    /** Longer values are not what a person recognizes a card by. */
    private static final int MAX_LENGTH = 255;

    /** Stripe's years have four digits. A year outside of these is a mistake. */
    private static final long FIRST_YEAR = 2000;

    private static final long LAST_YEAR = 2199;

    private StripePaymentMethods() {}

    /** @return null when the method's ids cannot be stored */
    static io.autorecharge.account.@Nullable PaymentMethod read(String customer, PaymentMethod method) {
        PaymentMethod.Card card = method.getCard();
        String type = plausible(method.getType(), io.autorecharge.account.PaymentMethod.MAX_TYPE);
        try {
            return card == null
                    ? new io.autorecharge.account.PaymentMethod(
                            customer, method.getId(), type, last4OfBank(method), null, type, null)
                    : new io.autorecharge.account.PaymentMethod(
                            customer,
                            method.getId(),
                            plausible(card.getBrand(), MAX_LENGTH),
                            plausible(card.getLast4(), MAX_LENGTH),
                            plausible(card.getFingerprint(), MAX_LENGTH),
                            type,
                            expiry(card.getExpYear(), card.getExpMonth()));
        } catch (InvalidValueException e) {
            log.error("method={} is not saved: {}", SafeText.of(method.getId()), SafeText.of(e.getMessage()));
            return null;
        }
    }

    /** The last digits of a bank account; other types, such as Link, have none. */
    private static @Nullable String last4OfBank(PaymentMethod method) {
        String last4 = null;
        if (method.getSepaDebit() != null) {
            last4 = method.getSepaDebit().getLast4();
        } else if (method.getUsBankAccount() != null) {
            last4 = method.getUsBankAccount().getLast4();
        } else if (method.getBacsDebit() != null) {
            last4 = method.getBacsDebit().getLast4();
        } else if (method.getAcssDebit() != null) {
            last4 = method.getAcssDebit().getLast4();
        }
        return plausible(last4, MAX_LENGTH);
    }

    static @Nullable YearMonth expiry(@Nullable Long year, @Nullable Long month) {
        if (year == null || month == null) {
            return null;
        }
        boolean plausible = year >= FIRST_YEAR && year <= LAST_YEAR && month >= 1 && month <= 12;
        return plausible ? YearMonth.of(Math.toIntExact(year), Math.toIntExact(month)) : null;
    }

    private static @Nullable String plausible(@Nullable String value, int longest) {
        return value == null || value.isBlank() || value.length() > longest ? null : value;
    }
}

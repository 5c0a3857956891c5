package io.autorecharge.stripe.simulator;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A card, or the simulator's bank debit when {@code card} is null.
 *
 * @param setUp whether the cardholder has agreed to off-session use, with authentication if the card requires it
 * @param spent whether it was detached, or used without a customer; Stripe allows no further use
 */
record PaymentMethod(
        String id,
        long created,
        @Nullable TestCard card,
        int expMonth,
        int expYear,
        @Nullable String email,
        @Nullable String name,
        Map<String, String> metadata,
        @Nullable String customer,
        boolean setUp,
        boolean spent) {

    static final String BANK_DEBIT = "pm_usBankAccount_success";

    String type() {
        return card == null ? "us_bank_account" : "card";
    }

    PaymentMethod attachedTo(String newCustomer) {
        return with(newCustomer, setUp, spent);
    }

    PaymentMethod detached() {
        return with(null, setUp, true);
    }

    PaymentMethod setUpForOffSession() {
        return with(customer, true, spent);
    }

    PaymentMethod used() {
        return with(customer, setUp, true);
    }

    private PaymentMethod with(@Nullable String newCustomer, boolean newSetUp, boolean newSpent) {
        return new PaymentMethod(
                id, created, card, expMonth, expYear, email, name, metadata, newCustomer, newSetUp, newSpent);
    }
}

package io.autorecharge.stripe.simulator;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A saved or single-use payment method.
 *
 * @param setUp whether the holder has agreed to off-session use, with authentication if the card requires it
 * @param mandate the permission to debit a bank account; null for cards
 * @param spent whether it was detached, or used without a customer; Stripe allows no further use
 */
record PaymentMethod(
        String id,
        long created,
        Instrument instrument,
        Details details,
        @Nullable String customer,
        @Nullable String mandate,
        boolean setUp,
        boolean spent) {

    static final String BANK_DEBIT = "pm_usBankAccount_success";
    static final String SEPA_DEBIT = "pm_success_de";

    /** What the merchant has written on it. */
    record Details(@Nullable String email, @Nullable String name, String allowRedisplay, Map<String, String> metadata) {

        static Details of(@Nullable String email) {
            return new Details(email, null, "unspecified", Map.of());
        }
    }

    String type() {
        return instrument.type();
    }

    @Nullable
    TestCard card() {
        return instrument instanceof Instrument.Card card ? card.card() : null;
    }

    @Nullable
    String fingerprint() {
        return instrument.fingerprint();
    }

    PaymentMethod attachedTo(String newCustomer) {
        return new PaymentMethod(id, created, instrument, details, newCustomer, mandate, setUp, spent);
    }

    PaymentMethod detached() {
        return new PaymentMethod(id, created, instrument, details, null, mandate, setUp, true);
    }

    PaymentMethod setUpForOffSession() {
        return new PaymentMethod(id, created, instrument, details, customer, mandate, true, spent);
    }

    PaymentMethod used() {
        return new PaymentMethod(id, created, instrument, details, customer, mandate, setUp, true);
    }

    PaymentMethod withMandate(String accepted) {
        return new PaymentMethod(id, created, instrument, details, customer, accepted, setUp, spent);
    }

    PaymentMethod with(Instrument changed) {
        return new PaymentMethod(id, created, changed, details, customer, mandate, setUp, spent);
    }

    PaymentMethod with(Details changed) {
        return new PaymentMethod(id, created, instrument, changed, customer, mandate, setUp, spent);
    }
}

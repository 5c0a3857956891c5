package io.autorecharge.stripe.simulator;

import java.util.Locale;

/**
 * A dispute of a charge by the customer's bank.
 *
 * @param withdrawn whether the money was ever withdrawn from the account
 * @param reinstated whether the money was returned
 */
record Dispute(
        String id,
        long created,
        long amount,
        Charge charge,
        String reason,
        Status status,
        boolean withdrawn,
        boolean reinstated) {

    enum Status {
        WARNING_NEEDS_RESPONSE,
        WARNING_CLOSED,
        NEEDS_RESPONSE,
        WON,
        LOST;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    boolean isOpen() {
        return status == Status.WARNING_NEEDS_RESPONSE || status == Status.NEEDS_RESPONSE;
    }

    Dispute in(Status next) {
        return new Dispute(id, created, amount, charge, reason, next, withdrawn, reinstated);
    }

    Dispute withMoneyGone() {
        return new Dispute(id, created, amount, charge, reason, Status.NEEDS_RESPONSE, true, false);
    }

    Dispute withMoneyBack() {
        return new Dispute(id, created, amount, charge, reason, Status.WON, withdrawn, true);
    }
}

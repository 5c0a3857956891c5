package io.autorecharge.examples.demo;

import io.autorecharge.account.PaymentMethods;
import io.autorecharge.store.Attempt;

/** Says what became of one attempt to charge, and with which card. */
final class AttemptWords {
    private AttemptWords() {}

    static String of(Attempt attempt, PaymentMethods methods) {
        String card = methods.find(attempt.paymentMethodId())
                .map(it -> Words.card(it.method()))
                .orElse("A card that is not saved any more");
        return switch (attempt.state()) {
            case OPEN -> card + " is being charged.";
            case PAID -> card + " was charged.";
            case DECLINED -> card + " was declined. " + Words.decline(attempt.detail());
            case ACTION_REQUIRED -> card + " was not charged. " + Words.decline("authentication_required");
            case NOT_CHARGED -> card + " was not charged.";
        };
    }
}

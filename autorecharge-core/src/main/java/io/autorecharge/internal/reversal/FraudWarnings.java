package io.autorecharge.internal.reversal;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.account.CardStop;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.PaymentReversals;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.internal.account.Step;
import org.jspecify.annotations.Nullable;

/**
 * A warning of the card network about a payment: the card is stopped for every account, and operators are told. It holds whatever became of the
 * payment: one that was refunded was made with the same card.
 */
final class FraudWarnings {
    private FraudWarnings() {}

    /** A warning that was not known before. */
    static void received(Step step, PaymentReversals payment, Reversal warning, ProviderReport.Origin origin) {
        String card = card(step, payment, origin);
        if (card != null) {
            step.tx().stopCard(card, new CardStop(CardStop.Reason.FRAUD_WARNING, step.now()));
        }
        step.publish(of(
                        EventType.FRAUD_WARNING,
                        step.account().id(),
                        payment.providerReference() + "/" + warning.id(),
                        step.now())
                .about(payment.providerReference()));
    }

    private static @Nullable String card(Step step, PaymentReversals payment, ProviderReport.Origin origin) {
        if (payment.card() != null || origin.attempt() == null) {
            return payment.card();
        }
        return step.tx()
                .rechargeOf(origin.attempt())
                .map(it -> it.attempt().card())
                .orElse(null);
    }
}

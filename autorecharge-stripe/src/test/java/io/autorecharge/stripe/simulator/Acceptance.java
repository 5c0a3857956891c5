package io.autorecharge.stripe.simulator;

import io.autorecharge.stripe.simulator.PaymentIntent.Terms;

/**
 * Refuses confirmations that Stripe answers with 400, although the request is well-formed: because of what the payment method is, and
 * because a test has scripted it. Nothing was executed, so neither an intent nor a charge is left.
 */
final class Acceptance {

    private final Issuer issuer;
    private final Mandates mandates;

    Acceptance(Issuer issuer, Mandates mandates) {
        this.issuer = issuer;
        this.mandates = mandates;
    }

    void require(Terms terms, PaymentMethod method) {
        issuer.requireAccepted(terms.customer(), method);
        requireCurrency(terms, method);
        requireNoNewMandate(terms, method);
        mandates.requireActive(method);
    }

    private static void requireCurrency(Terms terms, PaymentMethod method) {
        if (!PaymentMethodTypes.fits(method.type(), terms.currency())) {
            throw ApiError.parameter(
                    "payment_method",
                    "payment_method_currency_mismatch",
                    "A PaymentMethod of the type " + method.type() + " cannot be charged in " + terms.currency() + ".");
        }
    }

    /** A SEPA debit that is to be saved by this payment needs a mandate, which this request cannot give. */
    private static void requireNoNewMandate(Terms terms, PaymentMethod method) {
        if (method.instrument() instanceof Instrument.SepaDebit && terms.setupFutureUsage() != null) {
            throw ApiError.parameter(
                    "mandate_data",
                    "parameter_missing",
                    "This PaymentIntent requires a mandate, but no existing mandate was found. Collect one and provide"
                            + " mandate_data.");
        }
    }
}

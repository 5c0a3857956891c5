package io.autorecharge.stripe.simulator;

import org.jspecify.annotations.Nullable;

/** The {@code payment_method_details} of a charge. */
final class ChargedMethodView {

    private ChargedMethodView() {}

    static JsonObject of(PaymentMethod method, long amount) {
        return new JsonObject()
                .with(method.type(), fields(method.instrument(), amount, method.mandate()))
                .with("type", method.type());
    }

    private static JsonObject fields(Instrument instrument, long amount, @Nullable String mandate) {
        if (instrument instanceof Instrument.Card card) {
            return card(card, amount);
        }
        if (instrument instanceof Instrument.UsBankAccount account) {
            return new JsonObject()
                    .with("account_holder_type", "individual")
                    .with("account_type", "checking")
                    .with("bank_name", "STRIPE TEST BANK")
                    .with("fingerprint", account.fingerprint())
                    .with("last4", MethodView.lastFour(account.accountNumber()))
                    .with("mandate", mandate)
                    .with("routing_number", account.routingNumber());
        }
        if (instrument instanceof Instrument.SepaDebit debit) {
            return MethodView.sepaNumber(debit).with("mandate", mandate);
        }
        return instrument instanceof Instrument.BankRedirect redirect
                ? redirect(redirect, null, null)
                : new JsonObject().with("country", "US");
    }

    /** The same in a charge and in a SetupAttempt: what was paid with once, and the SEPA debit that it generated. */
    static JsonObject redirect(Instrument.BankRedirect redirect, @Nullable String debit, @Nullable String mandate) {
        JsonObject details = redirect.type().equals("ideal")
                ? new JsonObject().with("bank", "abn_amro").with("bic", "ABNANL2A")
                : new JsonObject()
                        .with("bank_code", "VAPE")
                        .with("bank_name", "VAN DE PUT & CO")
                        .with("bic", "VAPEBE22")
                        .with("preferred_language", "en");
        return details.with("generated_sepa_debit", debit)
                .with("generated_sepa_debit_mandate", mandate)
                .with("iban_last4", MethodView.lastFour(Instrument.SepaDebit.TEST_IBAN))
                .with("verified_name", "Jenny Rosen");
    }

    private static JsonObject card(Instrument.Card method, long amount) {
        TestCard card = method.card();
        return new JsonObject()
                .with("amount_authorized", amount)
                .with("authorization_code", "000000")
                .with("brand", card.brand())
                .with("checks", MethodView.checks(true))
                .with("country", card.country())
                .with("exp_month", method.expiry().getMonthValue())
                .with("exp_year", method.expiry().getYear())
                .with("extended_authorization", status("disabled"))
                .with("fingerprint", method.fingerprint())
                .with("funding", card.funding())
                .with("incremental_authorization", status("unavailable"))
                .with("installments", null)
                .with("last4", card.last4())
                .with("mandate", null)
                .with("multicapture", status("unavailable"))
                .with("network", card.brand())
                .with("network_token", new JsonObject().with("used", false))
                .with("overcapture", status("unavailable").with("maximum_amount_capturable", amount))
                .with("regulated_status", "unregulated")
                .with("three_d_secure", null)
                .with("wallet", MethodView.wallet(method));
    }

    private static JsonObject status(String status) {
        return new JsonObject().with("status", status);
    }
}

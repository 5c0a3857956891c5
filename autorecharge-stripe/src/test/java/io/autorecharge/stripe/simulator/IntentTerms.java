package io.autorecharge.stripe.simulator;

import io.autorecharge.stripe.simulator.PaymentIntent.Terms;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a new PaymentIntent. */
final class IntentTerms {

    private IntentTerms() {}

    static Terms read(Params params, Store store, long now) {
        Long amount = params.integer("amount");
        if (amount == null) {
            throw ApiError.missingParameter("amount");
        }
        String currency = Money.currency(params.require("currency"), "currency");
        String customer = params.text("customer");
        if (params.has("statement_descriptor")) {
            throw ApiError.parameter(
                    "statement_descriptor",
                    null,
                    "The statement_descriptor parameter is not supported for the card payment method type. Use"
                            + " statement_descriptor_suffix instead.");
        }
        String suffix = params.text("statement_descriptor_suffix");
        if (suffix != null && (suffix.length() > 22 || suffix.matches(".*[<>\\\\'\"*].*"))) {
            throw ApiError.parameter(
                    "statement_descriptor_suffix",
                    null,
                    "Invalid statement_descriptor_suffix: at most 22 characters, none of <>\\'\"*.");
        }
        params.oneOf("capture_method", "automatic_async", "automatic");
        String id = Ids.next("pi_");
        return new Terms(
                id,
                now,
                Money.amount(amount, currency, "amount"),
                currency,
                customer == null ? null : store.customer(customer, "customer").id(),
                params.text("description"),
                params.text("receipt_email"),
                suffix,
                params.oneOf("setup_future_usage", "on_session", "off_session"),
                allowRedirects(params),
                params.metadata("metadata"),
                id + "_secret_" + Ids.random(25));
    }

    private static @Nullable String allowRedirects(Params params) {
        if (!params.hasGroup("automatic_payment_methods")) {
            return "always";
        }
        params.require("automatic_payment_methods[enabled]");
        String redirects = params.oneOf("automatic_payment_methods[allow_redirects]", "always", "never");
        return params.flag("automatic_payment_methods[enabled]") ? (redirects == null ? "always" : redirects) : null;
    }
}

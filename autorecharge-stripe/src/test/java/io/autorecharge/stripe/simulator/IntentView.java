package io.autorecharge.stripe.simulator;

import io.autorecharge.stripe.simulator.PaymentIntent.Failure;
import io.autorecharge.stripe.simulator.PaymentIntent.Progress;
import io.autorecharge.stripe.simulator.PaymentIntent.Status;
import io.autorecharge.stripe.simulator.PaymentIntent.Terms;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A PaymentIntent as JSON, with the fields of recorded responses. */
final class IntentView {

    private final String baseUrl;

    IntentView(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    JsonObject of(PaymentIntent intent) {
        Terms terms = intent.terms();
        Progress progress = intent.progress();
        return JsonObject.of(terms.id(), "payment_intent")
                .with("allowed_payment_method_types", null)
                .with("amount", terms.amount())
                .with("amount_capturable", 0)
                .with("amount_details", new JsonObject().with("tip", new JsonObject()))
                .with("amount_received", progress.received())
                .withNulls("application", "application_fee_amount")
                .with("automatic_payment_methods", automaticMethods(terms))
                .with("canceled_at", progress.canceledAt())
                .with("cancellation_reason", progress.cancellationReason())
                .with("capture_method", "automatic_async")
                .with("client_secret", terms.clientSecret())
                .with("confirmation_method", "automatic")
                .with("created", terms.created())
                .with("currency", terms.currency())
                .with("customer", terms.customer())
                .with("customer_account", null)
                .with("description", terms.description())
                .with("excluded_payment_method_types", null)
                .with("last_payment_error", error(progress.failure()))
                .with("latest_charge", progress.latestCharge())
                .with("livemode", false)
                .with("managed_payments", new JsonObject().with("enabled", false))
                .with("metadata", terms.metadata())
                .with("next_action", nextAction(intent))
                .with("on_behalf_of", null)
                .with("payment_method", progress.paymentMethod())
                .with("payment_method_configuration_details", configuration())
                .with("payment_method_options", new JsonObject().with("card", cardOptions()))
                .with("payment_method_types", List.of("card", "us_bank_account"))
                .withNulls("payment_record", "processing")
                .with("receipt_email", terms.receiptEmail())
                .with("review", null)
                .with("setup_future_usage", terms.setupFutureUsage())
                .withNulls("shared_payment_granted_token", "shipping", "source", "statement_descriptor")
                .with("statement_descriptor_suffix", terms.statementDescriptorSuffix())
                .with("status", intent.status().text())
                .withNulls("transfer_data", "transfer_group");
    }

    /** The body of a card error that belongs to this intent. */
    JsonObject errorExtras(PaymentIntent intent, Failure failure) {
        JsonObject extra = new JsonObject();
        if (failure.charge() != null) {
            extra.put("charge", failure.charge());
        }
        return extra.with("payment_intent", of(intent)).with("payment_method", MethodView.tried(failure.method()));
    }

    private static @Nullable JsonObject automaticMethods(Terms terms) {
        return terms.allowRedirects() == null
                ? null
                : new JsonObject()
                        .with("allow_redirects", terms.allowRedirects())
                        .with("enabled", true);
    }

    private static @Nullable JsonObject error(@Nullable Failure failure) {
        if (failure == null) {
            return null;
        }
        JsonObject error = failure.decline().json();
        if (failure.charge() != null) {
            error.put("charge", failure.charge());
        }
        return error.with("payment_method", MethodView.tried(failure.method())).with("type", "card_error");
    }

    private @Nullable JsonObject nextAction(PaymentIntent intent) {
        if (intent.status() != Status.REQUIRES_ACTION) {
            return null;
        }
        JsonObject redirect = new JsonObject()
                .with("return_url", intent.progress().returnUrl())
                .with("url", baseUrl + "/c/authenticate/" + intent.id());
        return new JsonObject().with("redirect_to_url", redirect).with("type", "redirect_to_url");
    }

    static JsonObject configuration() {
        return new JsonObject().with("id", "pmc_simulator").with("parent", null);
    }

    private static JsonObject cardOptions() {
        return new JsonObject()
                .withNulls("installments", "mandate_options", "network")
                .with("request_three_d_secure", "automatic");
    }
}

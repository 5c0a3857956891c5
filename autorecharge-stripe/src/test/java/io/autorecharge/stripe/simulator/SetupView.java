package io.autorecharge.stripe.simulator;

import io.autorecharge.stripe.simulator.SetupIntent.Failure;
import io.autorecharge.stripe.simulator.SetupIntent.Progress;
import io.autorecharge.stripe.simulator.SetupIntent.Status;
import io.autorecharge.stripe.simulator.SetupIntent.Terms;
import org.jspecify.annotations.Nullable;

/** A SetupIntent and its attempts as JSON. The fields of the intent are those of recorded responses, those of the attempt are documented. */
final class SetupView {

    private final String baseUrl;

    SetupView(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    JsonObject of(SetupIntent intent) {
        Terms terms = intent.terms();
        Progress progress = intent.progress();
        return JsonObject.of(terms.id(), "setup_intent")
                .withNulls("allowed_payment_method_types", "application")
                .with("automatic_payment_methods", automaticMethods(terms))
                .with("cancellation_reason", progress.cancellationReason())
                .with("client_secret", terms.clientSecret())
                .with("created", terms.created())
                .with("customer", progress.customer())
                .with("customer_account", null)
                .with("description", terms.description())
                .withNulls("excluded_payment_method_types", "flow_directions")
                .with("last_setup_error", error(progress.failure()))
                .with("latest_attempt", progress.latestAttempt())
                .with("livemode", false)
                .with("managed_payments", new JsonObject().with("enabled", false))
                .with("mandate", progress.mandate())
                .with("metadata", terms.metadata())
                .with("next_action", nextAction(intent))
                .with("on_behalf_of", null)
                .with("payment_method", progress.paymentMethod())
                .with("payment_method_configuration_details", IntentView.configuration())
                .with("payment_method_options", new JsonObject().with("card", cardOptions()))
                .with("payment_method_types", terms.types())
                .with("single_use_mandate", null)
                .with("status", intent.status().text())
                .with("usage", terms.usage());
    }

    /** The body of a card error that belongs to this intent. */
    JsonObject errorExtras(SetupIntent intent, Failure failure) {
        return new JsonObject()
                .with("payment_method", MethodView.tried(failure.method()))
                .with("setup_intent", of(intent));
    }

    static JsonObject of(SetupAttempt attempt) {
        return JsonObject.of(attempt.id(), "setup_attempt")
                .with("application", null)
                .with("created", attempt.created())
                .with("customer", attempt.customer())
                .withNulls("customer_account", "flow_directions")
                .with("livemode", false)
                .with("on_behalf_of", null)
                .with("payment_method", attempt.method().id())
                .with("payment_method_details", details(attempt))
                .with(
                        "setup_error",
                        attempt.error() == null ? null : error(new Failure(attempt.error(), attempt.method())))
                .with("setup_intent", attempt.setupIntent())
                .with("status", attempt.status())
                .with("usage", attempt.usage());
    }

    private static JsonObject details(SetupAttempt attempt) {
        Instrument instrument = attempt.method().instrument();
        JsonObject own = new JsonObject();
        if (instrument instanceof Instrument.Card) {
            own.put("three_d_secure", null);
        } else if (instrument instanceof Instrument.BankRedirect redirect) {
            SetupAttempt.Generated debit = attempt.generated();
            own = ChargedMethodView.redirect(
                    redirect, debit == null ? null : debit.paymentMethod(), debit == null ? null : debit.mandate());
        }
        return new JsonObject().with(instrument.type(), own).with("type", instrument.type());
    }

    private static @Nullable JsonObject automaticMethods(Terms terms) {
        return terms.allowRedirects() == null
                ? null
                : new JsonObject()
                        .with("allow_redirects", terms.allowRedirects())
                        .with("enabled", true);
    }

    private static @Nullable JsonObject error(@Nullable Failure failure) {
        return failure == null
                ? null
                : failure.decline()
                        .json()
                        .with("payment_method", MethodView.tried(failure.method()))
                        .with("type", "card_error");
    }

    private @Nullable JsonObject nextAction(SetupIntent intent) {
        if (intent.status() != Status.REQUIRES_ACTION) {
            return null;
        }
        if (intent.isUnverified()) {
            JsonObject deposits = new JsonObject()
                    .with("arrival_date", intent.terms().created())
                    .with("hosted_verification_url", baseUrl + "/c/done")
                    .with("microdeposit_type", "amounts");
            return new JsonObject()
                    .with("type", "verify_with_microdeposits")
                    .with("verify_with_microdeposits", deposits);
        }
        JsonObject redirect = new JsonObject()
                .with("return_url", intent.progress().returnUrl())
                .with("url", baseUrl + "/c/authenticate/" + intent.id());
        return new JsonObject().with("redirect_to_url", redirect).with("type", "redirect_to_url");
    }

    private static JsonObject cardOptions() {
        return new JsonObject().withNulls("mandate_options", "network").with("request_three_d_secure", "automatic");
    }
}

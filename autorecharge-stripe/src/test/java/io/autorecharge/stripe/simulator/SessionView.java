package io.autorecharge.stripe.simulator;

import io.autorecharge.stripe.simulator.CheckoutSession.LineItem;
import io.autorecharge.stripe.simulator.CheckoutSession.Progress;
import io.autorecharge.stripe.simulator.CheckoutSession.Terms;
import io.autorecharge.stripe.simulator.CheckoutSession.Wishes;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A checkout session as JSON, with the fields of recorded responses. */
final class SessionView {

    private final String baseUrl;

    SessionView(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    String url(CheckoutSession session) {
        return baseUrl + "/c/pay/" + session.id();
    }

    JsonObject of(CheckoutSession session) {
        JsonObject json = ofPayment(session);
        return session.terms().setupIntent() == null ? json : SetupSessionView.adapted(json, session);
    }

    private JsonObject ofPayment(CheckoutSession session) {
        Terms terms = session.terms();
        Progress progress = session.progress();
        return JsonObject.of(terms.id(), "checkout.session")
                .with("adaptive_pricing", enabled(false))
                .withNulls("after_expiration", "allow_promotion_codes", "allowed_payment_method_types")
                .with("amount_subtotal", terms.total())
                .with("amount_total", terms.total())
                .with("automatic_tax", enabled(false).withNulls("liability", "provider", "status"))
                .with("billing_address_collection", null)
                .with("branding_settings", branding())
                .with("cancel_url", terms.cancelUrl())
                .with("client_reference_id", terms.clientReferenceId())
                .with("client_secret", null)
                .with(
                        "collected_information",
                        new JsonObject().withNulls("business_name", "individual_name", "shipping_details"))
                .with("consent", consent(terms.wishes(), progress))
                .with("consent_collection", consentCollection(terms.wishes()))
                .with("created", terms.created())
                .with("currency", terms.currency())
                .with("currency_conversion", null)
                .with("custom_fields", List.of())
                .with("custom_text", customText(terms.wishes()))
                .with("customer", progress.customer())
                .with("customer_account", null)
                .with("customer_creation", terms.customer() == null ? creation(terms) : null)
                .with("customer_details", customerDetails(progress))
                .with("customer_email", terms.customerEmail())
                .with("discounts", List.of())
                .with("expires_at", terms.expiresAt())
                .withNulls("integration_identifier", "invoice")
                .with("invoice_creation", enabled(false))
                .with("livemode", false)
                .with("locale", terms.wishes().locale())
                .with("managed_payments", enabled(false))
                .with("metadata", terms.metadata())
                .with("mode", "payment")
                .with("origin_context", null)
                .with("payment_intent", progress.paymentIntent())
                .with("payment_link", null)
                .with("payment_method_collection", "if_required")
                .with("payment_method_configuration_details", IntentView.configuration())
                .with("payment_method_options", new JsonObject())
                .with("payment_method_types", terms.types())
                .with("payment_status", progress.paid() ? "paid" : "unpaid")
                .with("permissions", null)
                .with("phone_number_collection", enabled(false))
                .with("recovered_from", null)
                .with("saved_payment_method_options", savedMethodOptions(terms.wishes()))
                .withNulls("setup_intent", "shipping_address_collection", "shipping_cost")
                .with("shipping_options", List.of())
                .with("status", progress.status().name().toLowerCase(Locale.ROOT))
                .with("submit_type", terms.wishes().submitType())
                .with("subscription", null)
                .with("success_url", terms.successUrl())
                .with(
                        "total_details",
                        new JsonObject()
                                .with("amount_discount", 0)
                                .with("amount_shipping", 0)
                                .with("amount_tax", 0))
                .with("ui_mode", "hosted_page")
                .with("url", session.isOpen() ? url(session) : null)
                .with("wallet_options", null);
    }

    JsonObject items(CheckoutSession session) {
        List<JsonObject> data = session.terms().items().stream()
                .map(item -> item(item, session))
                .toList();
        return new JsonObject()
                .with("object", "list")
                .with("data", data)
                .with("has_more", false)
                .with("url", "/v1/checkout/sessions/" + session.id() + "/line_items");
    }

    private static JsonObject item(LineItem item, CheckoutSession session) {
        return JsonObject.of(item.id(), "item")
                .with("amount_discount", 0)
                .with("amount_subtotal", item.total())
                .with("amount_tax", 0)
                .with("amount_total", item.total())
                .with("currency", session.terms().currency())
                .with("description", item.name())
                .with("quantity", item.quantity());
    }

    private static JsonObject enabled(boolean enabled) {
        return new JsonObject().with("enabled", enabled);
    }

    private static JsonObject branding() {
        return new JsonObject()
                .with("background_color", "#ffffff")
                .with("border_style", "rounded")
                .with("button_color", "#0a2540")
                .with("display_name", "Stripe simulator")
                .with("font_family", "default")
                .withNulls("icon", "logo");
    }

    private static String creation(Terms terms) {
        return terms.customerCreation() == null ? "if_required" : terms.customerCreation();
    }

    private static @Nullable JsonObject consent(Wishes wishes, Progress progress) {
        return wishes.termsOfService() == null || !progress.termsAccepted()
                ? null
                : new JsonObject().with("promotions", null).with("terms_of_service", "accepted");
    }

    private static @Nullable JsonObject consentCollection(Wishes wishes) {
        if (wishes.termsOfService() == null && wishes.promotions() == null && wishes.reuseAgreementPosition() == null) {
            return null;
        }
        JsonObject agreement = wishes.reuseAgreementPosition() == null
                ? null
                : new JsonObject().with("position", wishes.reuseAgreementPosition());
        return new JsonObject()
                .with("payment_method_reuse_agreement", agreement)
                .with("promotions", wishes.promotions())
                .with("terms_of_service", wishes.termsOfService());
    }

    private static JsonObject customText(Wishes wishes) {
        JsonObject submit = wishes.submitText() == null ? null : new JsonObject().with("message", wishes.submitText());
        return new JsonObject()
                .withNulls("after_submit", "shipping_address")
                .with("submit", submit)
                .with("terms_of_service_acceptance", null);
    }

    private static @Nullable JsonObject customerDetails(Progress progress) {
        return progress.email() == null
                ? null
                : new JsonObject()
                        .withNulls("address", "business_name")
                        .with("email", progress.email())
                        .withNulls("individual_name", "name", "phone")
                        .with("tax_exempt", "none")
                        .with("tax_ids", null);
    }

    private static JsonObject savedMethodOptions(Wishes wishes) {
        return new JsonObject()
                .with("allow_redisplay_filters", List.of("always"))
                .with("payment_method_remove", "disabled")
                .with("payment_method_save", wishes.paymentMethodSave());
    }
}

package io.autorecharge.stripe.simulator;

import io.autorecharge.stripe.simulator.CheckoutSession.IntentData;
import io.autorecharge.stripe.simulator.CheckoutSession.LineItem;
import io.autorecharge.stripe.simulator.CheckoutSession.Terms;
import io.autorecharge.stripe.simulator.CheckoutSession.Wishes;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a new checkout session. */
final class SessionTerms {

    private static final long SHORTEST_SECONDS = 30 * 60;
    private static final long LONGEST_SECONDS = 24 * 60 * 60;

    private SessionTerms() {}

    /** In payment mode. */
    static Terms read(Params params, @Nullable Customer customer, long now) {
        ofOtherMode(params, "payment", "setup_intent_data");
        String currency = Money.currency(
                params.require("line_items[0][price_data][currency]"), "line_items[0][price_data][currency]");
        return read(params, customer, now, currency, items(params, currency), null);
    }

    /** In setup mode, for this SetupIntent. */
    static Terms readSetup(Params params, @Nullable Customer customer, long now, String currency, String setupIntent) {
        for (String group : List.of("payment_intent_data", "line_items", "saved_payment_method_options")) {
            ofOtherMode(params, "setup", group);
        }
        return read(params, customer, now, currency, List.of(), setupIntent);
    }

    static String currencyOfSetup(Params params) {
        return Money.currency(params.require("currency"), "currency");
    }

    private static void ofOtherMode(Params params, String mode, String group) {
        if (params.hasGroup(group)) {
            throw ApiError.parameter(group, null, "You can not pass `" + group + "` in `" + mode + "` mode.");
        }
    }

    private static Terms read(
            Params params,
            @Nullable Customer customer,
            long now,
            String currency,
            List<LineItem> items,
            @Nullable String setupIntent) {
        String reference = params.text("client_reference_id");
        if (reference != null && reference.length() > 200) {
            throw ApiError.parameter("client_reference_id", null, "Invalid string: at most 200 characters.");
        }
        return new Terms(
                "cs_test_" + Ids.random(58),
                now,
                expiry(params, now),
                currency,
                items,
                customer == null ? null : customer.id(),
                params.oneOf("customer_creation", "always", "if_required"),
                customer == null ? params.text("customer_email") : customer.email(),
                reference,
                url(params.require("success_url"), "success_url"),
                url(params.text("cancel_url"), "cancel_url"),
                intentData(params),
                params.metadata("metadata"),
                wishes(params),
                PaymentMethodTypes.offered(params, currency),
                setupIntent);
    }

    private static IntentData intentData(Params params) {
        return new IntentData(
                params.oneOf("payment_intent_data[setup_future_usage]", "on_session", "off_session"),
                params.text("payment_intent_data[description]"),
                params.text("payment_intent_data[receipt_email]"),
                params.text("payment_intent_data[statement_descriptor_suffix]"),
                params.metadata("payment_intent_data[metadata]"));
    }

    private static Wishes wishes(Params params) {
        return new Wishes(
                params.oneOf("saved_payment_method_options[payment_method_save]", "enabled", "disabled"),
                params.oneOf("consent_collection[terms_of_service]", "required"),
                params.oneOf("consent_collection[promotions]", "auto", "none"),
                params.oneOf("consent_collection[payment_method_reuse_agreement][position]", "auto", "hidden"),
                params.oneOf("submit_type", "auto", "pay", "book", "donate"),
                params.text("locale"),
                params.text("custom_text[submit][message]"));
    }

    private static List<LineItem> items(Params params, String currency) {
        List<LineItem> items = new ArrayList<>();
        for (int i = 0; params.hasGroup("line_items[" + i + "]"); i++) {
            String item = "line_items[" + i + "]";
            String price = item + "[price_data]";
            if (!currency.equalsIgnoreCase(params.require(price + "[currency]"))) {
                throw ApiError.parameter(price + "[currency]", null, "All line items must have the same currency.");
            }
            String amount = params.require(price + "[unit_amount]");
            long unitAmount = params.integer(price + "[unit_amount]", 0);
            long quantity = params.integer(item + "[quantity]", 0);
            if (unitAmount < 0 || unitAmount > 99_999_999) {
                throw ApiError.parameter(
                        price + "[unit_amount]", "parameter_invalid_integer", "Invalid integer: " + amount);
            }
            if (quantity < 1 || quantity > 999_999) {
                throw ApiError.parameter(item + "[quantity]", null, "Quantity must be between 1 and 999999.");
            }
            items.add(new LineItem(
                    Ids.next("li_"),
                    params.require(price + "[product_data][name]"),
                    params.text(price + "[product_data][description]"),
                    unitAmount,
                    quantity));
        }
        return items;
    }

    private static long expiry(Params params, long now) {
        long expiresAt = params.integer("expires_at", now + LONGEST_SECONDS);
        if (expiresAt < now + SHORTEST_SECONDS) {
            throw ApiError.parameter(
                    "expires_at",
                    null,
                    "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.");
        }
        if (expiresAt > now + LONGEST_SECONDS) {
            throw ApiError.parameter(
                    "expires_at",
                    null,
                    "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.");
        }
        return expiresAt;
    }

    private static @Nullable String url(@Nullable String url, String param) {
        if (url == null) {
            return null;
        }
        String scheme;
        try {
            scheme = URI.create(url.replace("{CHECKOUT_SESSION_ID}", "id")).getScheme();
        } catch (IllegalArgumentException e) {
            scheme = null;
        }
        if (!"http".equals(scheme) && !"https".equals(scheme)) {
            throw ApiError.parameter(
                    param, "url_invalid", "Not a valid URL: " + url + ". URLs must begin with http:// or https://.");
        }
        return url;
    }
}

package io.autorecharge.stripe.simulator;

import io.autorecharge.stripe.simulator.CheckoutSession.IntentData;
import io.autorecharge.stripe.simulator.CheckoutSession.LineItem;
import io.autorecharge.stripe.simulator.CheckoutSession.Terms;
import io.autorecharge.stripe.simulator.CheckoutSession.Wishes;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /v1/checkout/sessions}, in payment mode. */
final class SessionEndpoints {

    private static final long SHORTEST_SECONDS = 30 * 60;
    private static final long LONGEST_SECONDS = 24 * 60 * 60;

    private static final ParameterNames CREATE = ParameterNames.of(
            "mode",
            "success_url",
            "cancel_url",
            "customer",
            "customer_creation",
            "customer_email",
            "client_reference_id",
            "expires_at",
            "locale",
            "submit_type",
            "metadata[*]",
            "line_items[#][quantity]",
            "line_items[#][price_data][currency]",
            "line_items[#][price_data][unit_amount]",
            "line_items[#][price_data][product_data][name]",
            "line_items[#][price_data][product_data][description]",
            "payment_intent_data[setup_future_usage]",
            "payment_intent_data[description]",
            "payment_intent_data[receipt_email]",
            "payment_intent_data[statement_descriptor_suffix]",
            "payment_intent_data[metadata][*]",
            "saved_payment_method_options[payment_method_save]",
            "consent_collection[terms_of_service]",
            "consent_collection[promotions]",
            "consent_collection[payment_method_reuse_agreement][position]",
            "custom_text[submit][message]",
            "allowed_payment_method_types[#]",
            "excluded_payment_method_types[#]",
            "expand[#]");
    private static final ParameterNames RETRIEVE = ParameterNames.of("expand[#]");
    private static final ParameterNames LIST =
            ParameterNames.of("customer", "payment_intent", "limit", "starting_after", "expand[#]");

    private final Store store;
    private final Checkout checkout;
    private final SimulatorClock clock;
    private final Views views;
    private final Listing<CheckoutSession> listing;

    SessionEndpoints(Store store, Checkout checkout, SimulatorClock clock, Views views) {
        this.store = store;
        this.checkout = checkout;
        this.clock = clock;
        this.views = views;
        this.listing = new Listing<>(
                "checkout.session", CheckoutSession::id, session -> session.terms().created(), views.sessions::of);
    }

    void addTo(Router router) {
        router.add("POST", "/v1/checkout/sessions", this::create);
        router.add("GET", "/v1/checkout/sessions", this::list);
        router.add("GET", "/v1/checkout/sessions/{}", this::retrieve);
        router.add("GET", "/v1/checkout/sessions/{}/line_items", this::lineItems);
        router.add("POST", "/v1/checkout/sessions/{}/expire", this::expire);
    }

    private JsonObject create(Call call) {
        Params params = call.params();
        CREATE.check(params);
        if (!"payment".equals(params.oneOf("mode", "payment", "setup", "subscription"))) {
            throw params.has("mode")
                    ? Refusal.parameter("mode", null, "The simulator knows the mode payment only.")
                    : Refusal.missingParameter("mode");
        }
        String customer = params.text("customer");
        if (customer != null && (params.has("customer_email") || params.has("customer_creation"))) {
            throw Refusal.parameter(
                    "customer",
                    null,
                    "You may only specify one of these parameters: customer, customer_email, customer_creation.");
        }
        Terms terms = terms(params, customer == null ? null : store.customer(customer, "customer"));
        Money.amount(terms.total(), terms.currency(), "line_items");
        CheckoutSession session = CheckoutSession.open(terms);
        checkout.add(session);
        return views.expand(views.sessions.of(session), params);
    }

    private Terms terms(Params params, @Nullable Customer customer) {
        String currency = Money.currency(
                params.require("line_items[0][price_data][currency]"), "line_items[0][price_data][currency]");
        String reference = params.text("client_reference_id");
        if (reference != null && reference.length() > 200) {
            throw Refusal.parameter("client_reference_id", null, "Invalid string: at most 200 characters.");
        }
        long now = clock.seconds();
        return new Terms(
                "cs_test_" + Ids.random(58),
                now,
                expiry(params, now),
                currency,
                items(params, currency),
                customer == null ? null : customer.id(),
                params.oneOf("customer_creation", "always", "if_required"),
                customer == null ? params.text("customer_email") : customer.email(),
                reference,
                url(params.require("success_url"), "success_url"),
                url(params.text("cancel_url"), "cancel_url"),
                intentData(params),
                params.metadata("metadata"),
                wishes(params));
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
                throw Refusal.parameter(price + "[currency]", null, "All line items must have the same currency.");
            }
            String amount = params.require(price + "[unit_amount]");
            long unitAmount = params.integer(price + "[unit_amount]", 0);
            long quantity = params.integer(item + "[quantity]", 0);
            if (unitAmount < 0 || unitAmount > 99_999_999) {
                throw Refusal.parameter(price + "[unit_amount]", "parameter_invalid_integer", "Invalid integer: " + amount);
            }
            if (quantity < 1 || quantity > 999_999) {
                throw Refusal.parameter(item + "[quantity]", null, "Quantity must be between 1 and 999999.");
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
            throw Refusal.parameter(
                    "expires_at", null, "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.");
        }
        if (expiresAt > now + LONGEST_SECONDS) {
            throw Refusal.parameter(
                    "expires_at", null, "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.");
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
            throw Refusal.parameter(
                    param, "url_invalid", "Not a valid URL: " + url + ". URLs must begin with http:// or https://.");
        }
        return url;
    }

    private JsonObject retrieve(Call call) {
        RETRIEVE.check(call.params());
        return views.expand(views.sessions.of(find(call.id())), call.params());
    }

    private JsonObject lineItems(Call call) {
        RETRIEVE.check(call.params());
        return views.sessions.items(find(call.id()));
    }

    private JsonObject expire(Call call) {
        RETRIEVE.check(call.params());
        return views.expand(views.sessions.of(checkout.expire(call.id(), call.trace())), call.params());
    }

    private JsonObject list(Call call) {
        LIST.check(call.params());
        String customer = call.params().text("customer");
        String intent = call.params().text("payment_intent");
        JsonObject page = listing.page(
                call,
                store.sessions
                        .newestFirst()
                        .map(session -> find(session.id()))
                        .filter(session -> customer == null || customer.equals(session.progress().customer()))
                        .filter(session ->
                                intent == null || intent.equals(session.progress().paymentIntent())));
        return views.expand(page, call.params());
    }

    private CheckoutSession find(String id) {
        return checkout.find(id).orElseThrow(() -> Refusal.notFound("checkout.session", "session", id));
    }
}

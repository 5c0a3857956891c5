package io.autorecharge.stripe.simulator;

import io.autorecharge.stripe.simulator.CheckoutSession.Terms;
import org.jspecify.annotations.Nullable;

/** {@code /v1/checkout/sessions}, in payment mode and in setup mode. */
final class SessionEndpoints {

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
                    "currency",
                    "setup_intent_data[description]",
                    "setup_intent_data[metadata][*]",
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
                    "wallet_options[link][display]")
            .expanding("checkout.session");
    private static final ParameterNames RETRIEVE = ParameterNames.of().expanding("checkout.session");
    private static final ParameterNames LIST = ParameterNames.of(
                    "customer",
                    "payment_intent",
                    "created",
                    "created[gt]",
                    "created[gte]",
                    "created[lt]",
                    "created[lte]",
                    "limit",
                    "starting_after")
            .expanding("list of checkout.session");

    private final Store store;
    private final Checkout checkout;
    private final Setups setups;
    private final SimulatorClock clock;
    private final Views views;
    private final Listing<CheckoutSession> listing;

    SessionEndpoints(Store store, Checkout checkout, Setups setups, SimulatorClock clock, Views views) {
        this.store = store;
        this.checkout = checkout;
        this.setups = setups;
        this.clock = clock;
        this.views = views;
        this.listing = new Listing<>(
                "checkout.session",
                CheckoutSession::id,
                session -> session.terms().created(),
                views.sessions::of);
    }

    void addTo(Router router) {
        router.add("POST", "/v1/checkout/sessions", this::create);
        router.add("GET", "/v1/checkout/sessions", this::list);
        router.add("GET", "/v1/checkout/sessions/*", this::retrieve);
        router.add("GET", "/v1/checkout/sessions/*/line_items", this::lineItems);
        router.add("POST", "/v1/checkout/sessions/*/expire", this::expire);
    }

    private JsonObject create(Call call) {
        Params params = call.params();
        CREATE.check(params);
        String mode = params.oneOf("mode", "payment", "setup", "subscription");
        if (mode == null) {
            throw ApiError.missingParameter("mode");
        }
        if (mode.equals("subscription")) {
            throw ApiError.parameter("mode", null, "The simulator knows the modes payment and setup only.");
        }
        String customer = params.text("customer");
        if (customer != null && (params.has("customer_email") || params.has("customer_creation"))) {
            throw ApiError.parameter(
                    "customer",
                    null,
                    "You may only specify one of these parameters: customer, customer_email, customer_creation.");
        }
        Customer known = customer == null ? null : store.customer(customer, "customer");
        Terms terms = mode.equals("setup") ? ofSetup(call, known) : ofPayment(params, known);
        CheckoutSession session = CheckoutSession.open(terms);
        checkout.add(session);
        return views.expand(views.sessions.of(session), params);
    }

    private Terms ofPayment(Params params, @Nullable Customer customer) {
        Terms terms = SessionTerms.read(params, customer, clock.seconds());
        Money.amount(terms.total(), terms.currency(), "line_items");
        return terms;
    }

    /** The SetupIntent exists from the beginning. */
    private Terms ofSetup(Call call, @Nullable Customer customer) {
        Params params = call.params();
        String currency = SessionTerms.currencyOfSetup(params);
        SetupIntent.Terms setup =
                SetupTerms.ofCheckout(params, PaymentMethodTypes.offered(params, currency), clock.seconds());
        Terms terms = SessionTerms.readSetup(params, customer, clock.seconds(), currency, setup.id());
        setups.create(setup, customer == null ? null : customer.id(), null, call.trace());
        return terms;
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
                        .filter(session -> customer == null
                                || customer.equals(session.progress().customer()))
                        .filter(session -> intent == null
                                || intent.equals(session.progress().paymentIntent())));
        return views.expand(page, call.params());
    }

    private CheckoutSession find(String id) {
        return checkout.find(id).orElseThrow(() -> ApiError.notFound("checkout.session", "session", id));
    }
}

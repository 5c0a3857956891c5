package io.autorecharge.stripe.simulator;

import io.autorecharge.stripe.simulator.PaymentIntent.Failure;
import io.autorecharge.stripe.simulator.PaymentIntent.Status;
import io.autorecharge.stripe.simulator.PaymentIntent.Terms;
import io.autorecharge.stripe.simulator.Payments.Occasion;
import org.jspecify.annotations.Nullable;

/** {@code /v1/payment_intents} */
final class IntentEndpoints {

    private static final ParameterNames CREATE = ParameterNames.of(
                    "amount",
                    "currency",
                    "customer",
                    "payment_method",
                    "confirm",
                    "off_session",
                    "error_on_requires_action",
                    "return_url",
                    "automatic_payment_methods[enabled]",
                    "automatic_payment_methods[allow_redirects]",
                    "allowed_payment_method_types[#]",
                    "excluded_payment_method_types[#]",
                    "capture_method",
                    "description",
                    "metadata[*]",
                    "receipt_email",
                    "setup_future_usage",
                    "statement_descriptor",
                    "statement_descriptor_suffix")
            .expanding("payment_intent");
    private static final ParameterNames RETRIEVE =
            ParameterNames.of("client_secret").expanding("payment_intent");
    private static final ParameterNames UPDATE =
            ParameterNames.of("description", "metadata[*]").expanding("payment_intent");
    private static final ParameterNames CONFIRM = ParameterNames.of(
                    "payment_method", "off_session", "error_on_requires_action", "return_url")
            .expanding("payment_intent");
    private static final ParameterNames CANCEL =
            ParameterNames.of("cancellation_reason").expanding("payment_intent");
    private static final ParameterNames LIST = ParameterNames.of(
                    "customer",
                    "created",
                    "created[gt]",
                    "created[gte]",
                    "created[lt]",
                    "created[lte]",
                    "limit",
                    "starting_after")
            .expanding("list of payment_intent");

    private final Store store;
    private final Methods methods;
    private final Payments payments;
    private final Acceptance acceptance;
    private final SimulatorClock clock;
    private final Views views;
    private final Listing<PaymentIntent> listing;

    IntentEndpoints(
            Store store, Methods methods, Payments payments, Acceptance acceptance, SimulatorClock clock, Views views) {
        this.store = store;
        this.methods = methods;
        this.payments = payments;
        this.acceptance = acceptance;
        this.clock = clock;
        this.views = views;
        this.listing = new Listing<>(
                "payment_intent", PaymentIntent::id, intent -> intent.terms().created(), views.intents::of);
    }

    void addTo(Router router) {
        router.add("POST", "/v1/payment_intents", this::create);
        router.add("GET", "/v1/payment_intents", this::list);
        router.add("GET", "/v1/payment_intents/*", this::retrieve);
        router.add("POST", "/v1/payment_intents/*", this::update);
        router.add("POST", "/v1/payment_intents/*/confirm", this::confirm);
        router.add("POST", "/v1/payment_intents/*/cancel", this::cancel);
    }

    private JsonObject create(Call call) {
        Params params = call.params();
        CREATE.check(params);
        Terms terms = IntentTerms.read(params, store, clock.seconds());
        boolean confirm = params.flag("confirm");
        Occasion occasion = occasion(call);
        if (!confirm && params.has("off_session")) {
            throw ApiError.parameter(
                    "off_session",
                    null,
                    "You may only specify the parameter: off_session, when also passing confirm=true.");
        }
        if (confirm) {
            requireReturnUrl(terms, occasion);
            requireMethod(params.text("payment_method"));
        }
        String methodId = params.text("payment_method");
        PaymentMethod method = methodId == null ? null : methods.usable(methodId, terms.customer());
        if (confirm && method != null) {
            acceptance.require(terms, method);
        }
        PaymentIntent intent = payments.create(terms, method == null ? null : method.id(), call.trace());
        return confirm && method != null
                ? outcome(payments.confirm(intent.id(), method, occasion), params)
                : views.expand(views.intents.of(intent), params);
    }

    private static Occasion occasion(Call call) {
        Params params = call.params();
        String offSession = params.oneOf("off_session", "true", "false", "one_off", "recurring");
        return new Occasion(
                offSession != null && !offSession.equals("false"),
                params.flag("error_on_requires_action"),
                params.text("return_url"),
                call.trace());
    }

    private static void requireReturnUrl(Terms terms, Occasion occasion) {
        if ("always".equals(terms.allowRedirects()) && occasion.returnUrl() == null) {
            throw ApiError.badRequest(
                    "This PaymentIntent is configured to accept payment methods enabled in your Dashboard."
                            + " Because some of these payment methods might redirect your customer off of your page, you must provide"
                            + " a `return_url`. If you don't want to accept redirect-based payment methods, set"
                            + " `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to"
                            + " `never` when creating Setup Intents and Payment Intents.");
        }
    }

    private static String requireMethod(@Nullable String method) {
        if (method == null) {
            throw ApiError.parameter(
                    "payment_method",
                    "payment_intent_unexpected_state",
                    "You cannot confirm this PaymentIntent because it's missing a payment method.");
        }
        return method;
    }

    private JsonObject confirm(Call call) {
        Params params = call.params();
        CONFIRM.check(params);
        PaymentIntent intent = find(call.id());
        store.requireOwn(intent.id(), "PaymentIntent");
        String given = params.text("payment_method");
        Occasion occasion = occasion(call);
        requireReturnUrl(intent.terms(), occasion);
        String methodId = requireMethod(given == null ? intent.progress().paymentMethod() : given);
        PaymentMethod method = usable(methodId, intent);
        acceptance.require(intent.terms(), method);
        return outcome(payments.confirm(intent.id(), method, occasion), params);
    }

    /** The error of a confirmation contains the intent; that of a creation contains none, which is inferred. */
    private PaymentMethod usable(String method, PaymentIntent intent) {
        try {
            return methods.usable(method, intent.terms().customer());
        } catch (ApiError error) {
            throw error.with("payment_intent", views.intents.of(intent));
        }
    }

    /** The intent, or a card error if its payment has just failed. */
    private JsonObject outcome(PaymentIntent intent, Params params) {
        Failure failure = intent.progress().failure();
        if (intent.status() == Status.REQUIRES_PAYMENT_METHOD && failure != null) {
            throw ApiError.card(failure.decline(), views.intents.errorExtras(intent, failure));
        }
        return views.expand(views.intents.of(intent), params);
    }

    private JsonObject update(Call call) {
        UPDATE.check(call.params());
        PaymentIntent intent = find(call.id());
        store.requireOwn(intent.id(), "PaymentIntent");
        PaymentIntent updated = payments.update(intent.id(), call.params());
        return views.expand(views.intents.of(updated), call.params());
    }

    private JsonObject cancel(Call call) {
        CANCEL.check(call.params());
        String reason = call.params()
                .oneOf("cancellation_reason", "duplicate", "fraudulent", "requested_by_customer", "abandoned");
        PaymentIntent intent = find(call.id());
        store.requireOwn(intent.id(), "PaymentIntent");
        PaymentIntent canceled = payments.cancel(intent.id(), reason, call.trace());
        return views.expand(views.intents.of(canceled), call.params());
    }

    private JsonObject retrieve(Call call) {
        RETRIEVE.check(call.params());
        return views.expand(views.intents.of(find(call.id())), call.params());
    }

    private JsonObject list(Call call) {
        LIST.check(call.params());
        String customer = call.params().text("customer");
        JsonObject page = listing.page(
                call, customer == null ? store.intents.newestFirst() : store.intents.newestFirst(customer));
        return views.expand(page, call.params());
    }

    private PaymentIntent find(String id) {
        return store.intents.find(id).orElseThrow(() -> ApiError.notFound("payment_intent", "intent", id));
    }
}

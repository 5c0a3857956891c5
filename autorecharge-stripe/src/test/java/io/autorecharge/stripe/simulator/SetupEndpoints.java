package io.autorecharge.stripe.simulator;

import io.autorecharge.stripe.simulator.Payments.Occasion;
import io.autorecharge.stripe.simulator.SetupIntent.Failure;
import io.autorecharge.stripe.simulator.SetupIntent.Status;
import io.autorecharge.stripe.simulator.SetupIntent.Terms;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code /v1/setup_intents} */
final class SetupEndpoints {

    private static final ParameterNames CREATE = ParameterNames.of(
                    "customer",
                    "payment_method",
                    "confirm",
                    "usage",
                    "description",
                    "return_url",
                    "automatic_payment_methods[enabled]",
                    "automatic_payment_methods[allow_redirects]",
                    "metadata[*]")
            .expanding("setup_intent");
    private static final ParameterNames RETRIEVE =
            ParameterNames.of("client_secret").expanding("setup_intent");
    private static final ParameterNames CONFIRM =
            ParameterNames.of("payment_method", "return_url").expanding("setup_intent");
    private static final ParameterNames CANCEL =
            ParameterNames.of("cancellation_reason").expanding("setup_intent");
    private static final ParameterNames VERIFY =
            ParameterNames.of("amounts[#]", "descriptor_code").expanding("setup_intent");
    private static final ParameterNames LIST = ParameterNames.of(
                    "customer",
                    "payment_method",
                    "created",
                    "created[gt]",
                    "created[gte]",
                    "created[lt]",
                    "created[lte]",
                    "limit",
                    "starting_after")
            .expanding("list of setup_intent");

    private final Store store;
    private final Methods methods;
    private final Setups setups;
    private final SimulatorClock clock;
    private final Views views;
    private final Listing<SetupIntent> listing;

    SetupEndpoints(Store store, Methods methods, Setups setups, SimulatorClock clock, Views views) {
        this.store = store;
        this.methods = methods;
        this.setups = setups;
        this.clock = clock;
        this.views = views;
        this.listing = new Listing<>(
                "setup_intent", SetupIntent::id, intent -> intent.terms().created(), views.setups::of);
    }

    void addTo(Router router) {
        router.add("POST", "/v1/setup_intents", this::create);
        router.add("GET", "/v1/setup_intents", this::list);
        router.add("GET", "/v1/setup_intents/*", this::retrieve);
        router.add("POST", "/v1/setup_intents/*/confirm", this::confirm);
        router.add("POST", "/v1/setup_intents/*/cancel", this::cancel);
        router.add("POST", "/v1/setup_intents/*/verify_microdeposits", this::verify);
    }

    private JsonObject create(Call call) {
        Params params = call.params();
        CREATE.check(params);
        String wanted = params.text("customer");
        String customer =
                wanted == null ? null : store.customer(wanted, "customer").id();
        Terms terms = SetupTerms.read(params, clock.seconds());
        boolean confirm = params.flag("confirm");
        String returnUrl = params.text("return_url");
        if (confirm) {
            requireReturnUrl(terms, returnUrl);
            requireMethod(params.text("payment_method"));
        }
        PaymentMethod method = method(params.text("payment_method"), customer);
        SetupIntent intent = setups.create(terms, customer, method == null ? null : method.id(), call.trace());
        return confirm && method != null
                ? outcome(setups.confirm(intent.id(), method, occasion(returnUrl, call)), params)
                : views.expand(views.setups.of(intent), params);
    }

    private @Nullable PaymentMethod method(@Nullable String id, @Nullable String customer) {
        return id == null ? null : methods.usable(id, customer);
    }

    private static Occasion occasion(@Nullable String returnUrl, Call call) {
        return new Occasion(false, false, returnUrl, call.trace());
    }

    private static void requireReturnUrl(Terms terms, @Nullable String returnUrl) {
        if ("always".equals(terms.allowRedirects()) && returnUrl == null) {
            throw ApiError.badRequest(
                    "This SetupIntent is configured to accept payment methods enabled in your Dashboard."
                            + " Because some of these payment methods might redirect your customer off of your page, you must"
                            + " provide a `return_url`.");
        }
    }

    private static String requireMethod(@Nullable String method) {
        if (method == null) {
            throw ApiError.parameter(
                    "payment_method",
                    "parameter_missing",
                    "You cannot confirm this SetupIntent because it's missing a payment method.");
        }
        return method;
    }

    private JsonObject confirm(Call call) {
        Params params = call.params();
        CONFIRM.check(params);
        SetupIntent intent = find(call.id());
        store.requireOwn(intent.id(), "SetupIntent");
        String given = params.text("payment_method");
        String returnUrl = params.text("return_url");
        requireReturnUrl(intent.terms(), returnUrl);
        String id = requireMethod(given == null ? intent.progress().paymentMethod() : given);
        PaymentMethod method = methods.usable(id, intent.progress().customer());
        return outcome(setups.confirm(intent.id(), method, occasion(returnUrl, call)), params);
    }

    /** The intent, or a card error if the payment method has just been refused. */
    private JsonObject outcome(SetupIntent intent, Params params) {
        Failure failure = intent.progress().failure();
        if (intent.status() == Status.REQUIRES_PAYMENT_METHOD && failure != null) {
            throw ApiError.card(failure.decline(), views.setups.errorExtras(intent, failure));
        }
        return views.expand(views.setups.of(intent), params);
    }

    private JsonObject cancel(Call call) {
        CANCEL.check(call.params());
        SetupIntent intent = find(call.id());
        store.requireOwn(intent.id(), "SetupIntent");
        String reason = call.params().oneOf("cancellation_reason", "duplicate", "requested_by_customer", "abandoned");
        return views.expand(views.setups.of(setups.cancel(intent.id(), reason, call.trace())), call.params());
    }

    /** With the values of Stripe's test mode; the code of the error is documented, its text is inferred. */
    private JsonObject verify(Call call) {
        VERIFY.check(call.params());
        SetupIntent intent = find(call.id());
        boolean right = "SM11AA".equals(call.params().text("descriptor_code"))
                || call.params().list("amounts").equals(List.of("32", "45"));
        if (!right) {
            throw ApiError.coded(
                    "payment_method_microdeposit_verification_amounts_mismatch",
                    "The amounts do not match those that were sent to the bank account.");
        }
        return views.expand(views.setups.of(setups.verified(intent.id(), call.trace())), call.params());
    }

    private JsonObject retrieve(Call call) {
        RETRIEVE.check(call.params());
        return views.expand(views.setups.of(find(call.id())), call.params());
    }

    private JsonObject list(Call call) {
        LIST.check(call.params());
        String customer = call.params().text("customer");
        String method = call.params().text("payment_method");
        JsonObject page = listing.page(
                call,
                store.setupIntents
                        .newestFirst()
                        .filter(it -> customer == null
                                || customer.equals(it.progress().customer()))
                        .filter(it -> method == null
                                || Objects.equals(method, it.progress().paymentMethod())));
        return views.expand(page, call.params());
    }

    private SetupIntent find(String id) {
        return store.setupIntents.find(id).orElseThrow(() -> ApiError.notFound("setupintent", "intent", id));
    }
}

package io.autorecharge.stripe.simulator;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code /v1/payment_methods} */
final class MethodEndpoints {

    private static final ParameterNames CREATE = ParameterNames.of(
                    "type",
                    "card[number]",
                    "card[exp_month]",
                    "card[exp_year]",
                    "card[cvc]",
                    "card[token]",
                    "billing_details[email]")
            .expanding("payment_method");
    private static final ParameterNames RETRIEVE = ParameterNames.of().expanding("payment_method");
    private static final ParameterNames ATTACH = ParameterNames.of("customer").expanding("payment_method");
    private static final ParameterNames LIST =
            ParameterNames.of("customer", "type", "limit", "starting_after").expanding("list of payment_method");

    private final Store store;
    private final Methods methods;
    private final EventLog events;
    private final Views views;
    private final Listing<PaymentMethod> listing =
            new Listing<>("payment_method", PaymentMethod::id, PaymentMethod::created, MethodView::of);

    MethodEndpoints(Store store, Methods methods, EventLog events, Views views) {
        this.store = store;
        this.methods = methods;
        this.events = events;
        this.views = views;
    }

    void addTo(Router router) {
        router.add("POST", "/v1/payment_methods", this::create);
        router.add("GET", "/v1/payment_methods", this::list);
        router.add("GET", "/v1/payment_methods/*", this::retrieve);
        router.add("POST", "/v1/payment_methods/*/attach", this::attach);
        router.add("POST", "/v1/payment_methods/*/detach", this::detach);
        router.add("GET", "/v1/customers/*/payment_methods", this::listOfCustomer);
        router.add("GET", "/v1/customers/*/payment_methods/*", this::retrieveOfCustomer);
    }

    private JsonObject create(Call call) {
        Params params = call.params();
        CREATE.check(params);
        String type = params.require("type");
        if (type.equals("us_bank_account")) {
            return MethodView.of(methods.add(null, null, null, params.text("billing_details[email]")));
        }
        if (!type.equals("card")) {
            throw ApiError.parameter("type", null, "Invalid type: card or us_bank_account, not " + type);
        }
        CardEntry entry = params.has("card[token]")
                ? CardEntry.ofToken(params.require("card[token]"))
                : CardEntry.of(
                        params.require("card[number]"),
                        params.require("card[exp_month]"),
                        params.require("card[exp_year]"),
                        params.text("card[cvc]", "123"));
        PaymentMethod method =
                methods.add(entry.accepted(), entry.month(), entry.year(), params.text("billing_details[email]"));
        return views.expand(MethodView.of(method), params);
    }

    private JsonObject retrieve(Call call) {
        RETRIEVE.check(call.params());
        return views.expand(MethodView.of(find(call.id())), call.params());
    }

    private JsonObject retrieveOfCustomer(Call call) {
        RETRIEVE.check(call.params());
        PaymentMethod method = find(call.ids().get(1));
        if (!call.id().equals(method.customer())) {
            throw ApiError.notFound("PaymentMethod", "payment_method", method.id());
        }
        return views.expand(MethodView.of(method), call.params());
    }

    private PaymentMethod find(String id) {
        return store.methods.find(id).orElseThrow(() -> ApiError.notFound("PaymentMethod", "payment_method", id));
    }

    private JsonObject attach(Call call) {
        ATTACH.check(call.params());
        Customer customer = store.customer(call.params().require("customer"), "customer");
        PaymentMethod method = methods.resolve(call.id(), "payment_method");
        if (method.spent()) {
            throw Methods.spent();
        }
        if (method.customer() != null && !method.customer().equals(customer.id())) {
            throw ApiError.badRequest("The payment method you provided has already been attached to a customer.");
        }
        Decline decline = method.card() == null ? null : method.card().declineOfSaving();
        if (decline != null) {
            throw ApiError.card(decline, new JsonObject().with("param", ""));
        }
        PaymentMethod attached = store.methods.update(method.id(), old -> old.attachedTo(customer.id()));
        if (method.customer() == null) {
            store.methods.own(attached.id(), customer.id());
            events.record("payment_method.attached", call.trace(), () -> MethodView.of(attached));
        }
        return views.expand(MethodView.of(attached), call.params());
    }

    private JsonObject detach(Call call) {
        RETRIEVE.check(call.params());
        PaymentMethod method = find(call.id());
        if (method.customer() == null) {
            throw ApiError.badRequest(
                    "The payment method you provided is not attached to a customer so detachment is impossible.");
        }
        PaymentMethod detached = store.methods.update(method.id(), PaymentMethod::detached);
        events.record("payment_method.detached", call.trace(), () -> MethodView.of(detached));
        return views.expand(MethodView.of(detached), call.params());
    }

    private JsonObject list(Call call) {
        return list(call, call.params().require("customer"));
    }

    private JsonObject listOfCustomer(Call call) {
        return list(call, call.id());
    }

    private JsonObject list(Call call, String customerId) {
        LIST.check(call.params());
        Customer customer = store.customer(customerId, "customer");
        @Nullable String type = call.params().oneOf("type", "card", "us_bank_account");
        JsonObject page = listing.page(
                call,
                store.methods
                        .newestFirst(customer.id())
                        .filter(method -> customer.id().equals(method.customer()))
                        .filter(method -> type == null || Objects.equals(type, method.type())));
        return views.expand(page, call.params());
    }
}

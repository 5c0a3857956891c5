package io.autorecharge.stripe.simulator;

/** {@code /v1/payment_methods/{id}}: creates, reads, changes, attaches and detaches payment methods. */
final class MethodEndpoints {

    private static final ParameterNames RETRIEVE = ParameterNames.of().expanding("payment_method");
    private static final ParameterNames ATTACH = ParameterNames.of("customer").expanding("payment_method");

    private final Store store;
    private final Methods methods;
    private final MethodParams reader;
    private final MethodChanges changes;
    private final Views views;

    MethodEndpoints(Store store, Methods methods, MethodChanges changes, Views views) {
        this.store = store;
        this.methods = methods;
        this.reader = new MethodParams(methods);
        this.changes = changes;
        this.views = views;
    }

    void addTo(Router router) {
        router.add("POST", "/v1/payment_methods", this::create);
        router.add("GET", "/v1/payment_methods/*", this::retrieve);
        router.add("POST", "/v1/payment_methods/*", this::update);
        router.add("POST", "/v1/payment_methods/*/attach", this::attach);
        router.add("POST", "/v1/payment_methods/*/detach", this::detach);
    }

    /** Stripe has no event for a new payment method. */
    private JsonObject create(Call call) {
        MethodParams.CREATE.check(call.params());
        return views.expand(MethodView.of(reader.create(call.params())), call.params());
    }

    private JsonObject retrieve(Call call) {
        RETRIEVE.check(call.params());
        return views.expand(MethodView.of(find(call.id())), call.params());
    }

    private JsonObject update(Call call) {
        MethodParams.UPDATE.check(call.params());
        PaymentMethod method = find(call.id());
        if (method.customer() == null) {
            throw ApiError.badRequest("You must save this PaymentMethod to a customer before you can update it.");
        }
        PaymentMethod changed = changes.change(
                method.id(), "payment_method.updated", call.trace(), it -> reader.changed(it, call.params()));
        return views.expand(MethodView.of(changed), call.params());
    }

    private PaymentMethod find(String id) {
        return store.methods.find(id).orElseThrow(() -> ApiError.notFound("PaymentMethod", "payment_method", id));
    }

    private JsonObject attach(Call call) {
        ATTACH.check(call.params());
        String wanted = call.params().text("customer");
        if (wanted == null) {
            throw ApiError.coded("parameter_missing", "Must provide customer or customer_account.");
        }
        Customer customer = store.customer(wanted, "customer");
        PaymentMethod method = methods.resolve(call.id(), "payment_method");
        requireAttachable(method, customer);
        Decline decline = method.card() == null ? null : method.card().declineOfSaving();
        if (decline != null) {
            throw ApiError.card(decline, new JsonObject().with("param", ""));
        }
        return views.expand(MethodView.of(changes.attach(method, customer.id(), call.trace())), call.params());
    }

    private static void requireAttachable(PaymentMethod method, Customer customer) {
        if (method.spent()) {
            throw Methods.spent();
        }
        if (method.customer() != null && !method.customer().equals(customer.id())) {
            throw ApiError.badRequest("The payment method you provided has already been attached to a customer.");
        }
        if (method.instrument() instanceof Instrument.BankRedirect) {
            throw ApiError.badRequest("A PaymentMethod of the type " + method.type()
                    + " cannot be attached to a customer. Save it with a SetupIntent, which generates a SEPA debit.");
        }
    }

    private JsonObject detach(Call call) {
        RETRIEVE.check(call.params());
        PaymentMethod method = find(call.id());
        if (method.customer() == null) {
            throw ApiError.badRequest(
                    "The payment method you provided is not attached to a customer so detachment is impossible.");
        }
        return views.expand(MethodView.of(changes.detach(method, call.trace())), call.params());
    }
}

package io.autorecharge.stripe.simulator;

import org.jspecify.annotations.Nullable;

/** {@code /v1/customers} */
final class CustomerEndpoints {

    private static final ParameterNames CREATE = ParameterNames.of(
                    "email", "name", "phone", "description", "metadata[*]")
            .expanding("customer");
    static final String DEFAULT_METHOD = "invoice_settings[default_payment_method]";
    private static final ParameterNames UPDATE = ParameterNames.of(
                    "email", "name", "phone", "description", "metadata[*]", DEFAULT_METHOD)
            .expanding("customer");
    private static final ParameterNames RETRIEVE = ParameterNames.of().expanding("customer");
    private static final ParameterNames NONE = ParameterNames.of();

    private final Store store;
    private final EventLog events;
    private final SimulatorClock clock;
    private final Views views;

    CustomerEndpoints(Store store, EventLog events, SimulatorClock clock, Views views) {
        this.store = store;
        this.events = events;
        this.clock = clock;
        this.views = views;
    }

    void addTo(Router router) {
        router.add("POST", "/v1/customers", this::create);
        router.add("POST", "/v1/customers/*", this::update);
        router.add("GET", "/v1/customers/*", this::retrieve);
        router.add("DELETE", "/v1/customers/*", this::delete);
    }

    private JsonObject create(Call call) {
        Params params = call.params();
        CREATE.check(params);
        Customer customer = new Customer(
                Ids.next("cus_"),
                clock.seconds(),
                params.text("email"),
                params.text("name"),
                params.text("phone"),
                params.text("description"),
                null,
                params.metadata("metadata"),
                false);
        add(customer, call.trace());
        return views.expand(CustomerView.of(customer), params);
    }

    void add(Customer customer, Trace trace) {
        store.customers.add(customer.id(), customer, null);
        events.record("customer.created", trace, () -> CustomerView.of(customer));
    }

    private JsonObject update(Call call) {
        UPDATE.check(call.params());
        Customer before = require(call.id());
        requireOwn(call.params().text(DEFAULT_METHOD), before);
        Customer updated = store.customers.update(call.id(), customer -> customer.with(call.params()));
        events.changed("customer.updated", call.trace(), () -> CustomerView.of(before), () -> CustomerView.of(updated));
        return views.expand(CustomerView.of(updated), call.params());
    }

    /** The code of this error is inferred. */
    private void requireOwn(@Nullable String method, Customer customer) {
        boolean own = method == null
                || store.methods
                        .find(method)
                        .filter(it -> customer.id().equals(it.customer()))
                        .isPresent();
        if (!own) {
            throw ApiError.parameter(
                    DEFAULT_METHOD,
                    "resource_missing",
                    "The customer does not have a payment method with the ID " + method
                            + ". The payment method must be attached to the customer.");
        }
    }

    private Customer require(String id) {
        return store.customers
                .find(id)
                .filter(found -> !found.deleted())
                .orElseThrow(() -> ApiError.notFound("customer", "id", id));
    }

    private JsonObject retrieve(Call call) {
        RETRIEVE.check(call.params());
        Customer customer =
                store.customers.find(call.id()).orElseThrow(() -> ApiError.notFound("customer", "id", call.id()));
        return views.expand(CustomerView.of(customer), call.params());
    }

    /** The customer's payment methods can no longer be used. That they have no events of their own is inferred. */
    private JsonObject delete(Call call) {
        NONE.check(call.params());
        Customer customer = require(call.id());
        store.methods
                .newestFirst(customer.id())
                .forEach(method -> store.methods.update(
                        method.id(), old -> customer.id().equals(old.customer()) ? old.detached() : old));
        Customer deleted = store.customers.update(customer.id(), Customer::asDeleted);
        events.record("customer.deleted", call.trace(), () -> CustomerView.of(customer));
        return CustomerView.of(deleted);
    }
}

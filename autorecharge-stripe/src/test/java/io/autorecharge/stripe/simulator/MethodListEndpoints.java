package io.autorecharge.stripe.simulator;

import java.util.stream.Stream;

/** The lists of payment methods: {@code /v1/payment_methods} and {@code /v1/customers/{id}/payment_methods}. */
final class MethodListEndpoints {

    private static final ParameterNames RETRIEVE = ParameterNames.of().expanding("payment_method");
    private static final ParameterNames LIST = ParameterNames.of(
                    "customer", "type", "allow_redisplay", "limit", "starting_after")
            .expanding("list of payment_method");
    private static final ParameterNames LIST_OF_CUSTOMER = ParameterNames.of(
                    "type", "allow_redisplay", "limit", "starting_after")
            .expanding("list of payment_method");

    private final Store store;
    private final Views views;
    private final Listing<PaymentMethod> listing =
            new Listing<>("payment_method", PaymentMethod::id, PaymentMethod::created, MethodView::of);

    MethodListEndpoints(Store store, Views views) {
        this.store = store;
        this.views = views;
    }

    void addTo(Router router) {
        router.add("GET", "/v1/payment_methods", this::list);
        router.add("GET", "/v1/customers/*/payment_methods", this::listOfCustomer);
        router.add("GET", "/v1/customers/*/payment_methods/*", this::retrieveOfCustomer);
    }

    /** Without a customer the list is empty, as Stripe's is. */
    private JsonObject list(Call call) {
        LIST.check(call.params());
        String customer = call.params().text("customer");
        return customer == null
                ? listing.page(call, Stream.empty())
                : page(call, store.customer(customer, "customer").id());
    }

    private JsonObject listOfCustomer(Call call) {
        LIST_OF_CUSTOMER.check(call.params());
        return page(call, customerOfPath(call));
    }

    private JsonObject page(Call call, String customer) {
        String type =
                call.params().oneOf("type", "card", "us_bank_account", "sepa_debit", "link", "ideal", "bancontact");
        String display = call.params().oneOf("allow_redisplay", "always", "limited", "unspecified");
        Stream<PaymentMethod> wanted = store.methods
                .newestFirst(customer)
                .filter(method -> customer.equals(method.customer()))
                .filter(method -> type == null || type.equals(method.type()))
                .filter(method ->
                        display == null || display.equals(method.details().allowRedisplay()));
        return views.expand(listing.page(call, wanted), call.params());
    }

    private JsonObject retrieveOfCustomer(Call call) {
        RETRIEVE.check(call.params());
        String customer = customerOfPath(call);
        String id = call.ids().get(1);
        PaymentMethod method =
                store.methods.find(id).orElseThrow(() -> ApiError.notFound("PaymentMethod", "payment_method", id));
        if (!customer.equals(method.customer())) {
            throw ApiError.notFoundWithoutCode("This customer has no PaymentMethod with the id '" + id + "'.");
        }
        return views.expand(MethodView.of(method), call.params());
    }

    private String customerOfPath(Call call) {
        return store.customers
                .find(call.id())
                .filter(customer -> !customer.deleted())
                .orElseThrow(() -> ApiError.notFound("customer", "id", call.id()))
                .id();
    }
}

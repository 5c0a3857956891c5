package io.autorecharge.stripe.simulator;

import java.util.stream.Stream;

/** {@code /v1/refunds}, and reading charges. */
final class RefundEndpoints {

    private static final ParameterNames CREATE = ParameterNames.of(
                    "charge", "payment_intent", "amount", "reason", "metadata[*]")
            .expanding("refund");
    private static final ParameterNames RETRIEVE = ParameterNames.of().expanding("refund");
    private static final ParameterNames LIST = ParameterNames.of(
                    "charge",
                    "payment_intent",
                    "created",
                    "created[gt]",
                    "created[gte]",
                    "created[lt]",
                    "created[lte]",
                    "limit",
                    "starting_after")
            .expanding("list of refund");
    private static final ParameterNames RETRIEVE_CHARGE = ParameterNames.of().expanding("charge");

    private final Store store;
    private final Refunds refunds;
    private final Views views;
    private final Listing<Refund> listing = new Listing<>("refund", Refund::id, Refund::created, ChargeView::of);

    RefundEndpoints(Store store, Refunds refunds, Views views) {
        this.store = store;
        this.refunds = refunds;
        this.views = views;
    }

    void addTo(Router router) {
        router.add("POST", "/v1/refunds", this::create);
        router.add("GET", "/v1/refunds", this::list);
        router.add("GET", "/v1/refunds/*", this::retrieve);
        router.add("GET", "/v1/charges/*", this::retrieveCharge);
    }

    private JsonObject create(Call call) {
        Params params = call.params();
        CREATE.check(params);
        String chargeId = chargeId(params);
        String reason = params.oneOf("reason", "duplicate", "fraudulent", "requested_by_customer");
        Long amount = params.integer("amount");
        Refund refund =
                refunds.create(chargeId, new Refunds.Order(amount, reason, params.metadata("metadata")), call.trace());
        return views.expand(ChargeView.of(refund), params);
    }

    private JsonObject list(Call call) {
        LIST.check(call.params());
        String charge = call.params().text("charge");
        String intent = call.params().text("payment_intent");
        Stream<Refund> wanted = store.refunds
                .newestFirst()
                .filter(it -> charge == null || charge.equals(it.charge().id()))
                .filter(it ->
                        intent == null || intent.equals(it.charge().terms().id()));
        return views.expand(listing.page(call, wanted), call.params());
    }

    private String chargeId(Params params) {
        String charge = params.text("charge");
        if (charge != null) {
            return store.charges
                    .find(charge)
                    .orElseThrow(() -> ApiError.noSuch("charge", "charge", charge))
                    .id();
        }
        String intentId = params.text("payment_intent");
        if (intentId == null) {
            throw ApiError.parameter(
                    "charge",
                    "parameter_missing",
                    "One of the following params should be provided for this request: payment_intent or charge.");
        }
        PaymentIntent intent = store.intents
                .find(intentId)
                .orElseThrow(() -> ApiError.noSuch("payment_intent", "payment_intent", intentId));
        String latest = intent.progress().latestCharge();
        if (latest == null) {
            throw ApiError.parameter(
                    "payment_intent",
                    null,
                    "This PaymentIntent (" + intentId + ") does not have a successful charge to refund.");
        }
        return latest;
    }

    private JsonObject retrieve(Call call) {
        RETRIEVE.check(call.params());
        Refund refund =
                store.refunds.find(call.id()).orElseThrow(() -> ApiError.notFound("refund", "refund", call.id()));
        return views.expand(ChargeView.of(refund), call.params());
    }

    private JsonObject retrieveCharge(Call call) {
        RETRIEVE_CHARGE.check(call.params());
        Charge charge = store.charges.find(call.id()).orElseThrow(() -> ApiError.notFound("charge", "id", call.id()));
        return views.expand(ChargeView.of(charge), call.params());
    }
}

package io.autorecharge.stripe.simulator;

import java.util.stream.Stream;

/** {@code /v1/disputes} */
final class DisputeEndpoints {

    private static final ParameterNames RETRIEVE = ParameterNames.of().expanding("dispute");
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
            .expanding("list of dispute");

    private final Store store;
    private final Views views;
    private final Listing<Dispute> listing = new Listing<>("dispute", Dispute::id, Dispute::created, DisputeView::of);

    DisputeEndpoints(Store store, Views views) {
        this.store = store;
        this.views = views;
    }

    void addTo(Router router) {
        router.add("GET", "/v1/disputes", this::list);
        router.add("GET", "/v1/disputes/*", this::retrieve);
    }

    private JsonObject list(Call call) {
        LIST.check(call.params());
        String charge = call.params().text("charge");
        String intent = call.params().text("payment_intent");
        Stream<Dispute> wanted = store.disputes
                .newestFirst()
                .filter(it -> charge == null || charge.equals(it.charge().id()))
                .filter(it ->
                        intent == null || intent.equals(it.charge().terms().id()));
        return views.expand(listing.page(call, wanted), call.params());
    }

    private JsonObject retrieve(Call call) {
        RETRIEVE.check(call.params());
        Dispute dispute =
                store.disputes.find(call.id()).orElseThrow(() -> ApiError.notFound("dispute", "dispute", call.id()));
        return views.expand(DisputeView.of(dispute), call.params());
    }
}

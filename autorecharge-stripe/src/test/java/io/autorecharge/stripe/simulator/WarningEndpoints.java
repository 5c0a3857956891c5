package io.autorecharge.stripe.simulator;

import java.util.stream.Stream;

/** {@code /v1/radar/early_fraud_warnings} */
final class WarningEndpoints {

    private static final ParameterNames RETRIEVE = ParameterNames.of().expanding("radar.early_fraud_warning");
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
            .expanding("list of radar.early_fraud_warning");

    private final Store store;
    private final Views views;
    private final Listing<FraudWarning> listing =
            new Listing<>("radar.early_fraud_warning", FraudWarning::id, FraudWarning::created, FraudWarning::json);

    WarningEndpoints(Store store, Views views) {
        this.store = store;
        this.views = views;
    }

    void addTo(Router router) {
        router.add("GET", "/v1/radar/early_fraud_warnings", this::list);
        router.add("GET", "/v1/radar/early_fraud_warnings/*", this::retrieve);
    }

    private JsonObject list(Call call) {
        LIST.check(call.params());
        String charge = call.params().text("charge");
        String intent = call.params().text("payment_intent");
        Stream<FraudWarning> wanted = store.warnings
                .newestFirst()
                .filter(it -> charge == null || charge.equals(it.charge()))
                .filter(it -> intent == null || intent.equals(it.paymentIntent()));
        return views.expand(listing.page(call, wanted), call.params());
    }

    private JsonObject retrieve(Call call) {
        RETRIEVE.check(call.params());
        FraudWarning warning = store.warnings
                .find(call.id())
                .orElseThrow(() -> ApiError.notFound("early fraud warning", "early_fraud_warning", call.id()));
        return views.expand(warning.json(), call.params());
    }
}

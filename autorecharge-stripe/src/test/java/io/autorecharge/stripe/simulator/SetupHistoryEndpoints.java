package io.autorecharge.stripe.simulator;

import java.util.stream.Stream;

/** {@code /v1/setup_attempts} and {@code /v1/mandates}, which can only be read. */
final class SetupHistoryEndpoints {

    private static final ParameterNames LIST = ParameterNames.of(
                    "setup_intent",
                    "created",
                    "created[gt]",
                    "created[gte]",
                    "created[lt]",
                    "created[lte]",
                    "limit",
                    "starting_after")
            .expanding("list of setup_attempt");
    private static final ParameterNames RETRIEVE = ParameterNames.of().expanding("mandate");

    private final Store store;
    private final Views views;
    private final Listing<SetupAttempt> listing =
            new Listing<>("setup_attempt", SetupAttempt::id, SetupAttempt::created, SetupView::of);

    SetupHistoryEndpoints(Store store, Views views) {
        this.store = store;
        this.views = views;
    }

    void addTo(Router router) {
        router.add("GET", "/v1/setup_attempts", this::attempts);
        router.add("GET", "/v1/mandates/*", this::mandate);
    }

    private JsonObject attempts(Call call) {
        LIST.check(call.params());
        String intent = call.params().require("setup_intent");
        Stream<SetupAttempt> wanted = store.setupAttempts.newestFirst(intent);
        return views.expand(listing.page(call, wanted), call.params());
    }

    private JsonObject mandate(Call call) {
        RETRIEVE.check(call.params());
        Mandate mandate =
                store.mandates.find(call.id()).orElseThrow(() -> ApiError.notFound("mandate", "mandate", call.id()));
        return views.expand(mandate.json(), call.params());
    }
}

package io.autorecharge.stripe.simulator;

import java.util.Set;

/** {@code /v1/events} */
final class EventEndpoints {

    private static final ParameterNames RETRIEVE = ParameterNames.of();
    private static final ParameterNames LIST = ParameterNames.of(
            "type",
            "types[#]",
            "created",
            "created[gt]",
            "created[gte]",
            "created[lt]",
            "created[lte]",
            "limit",
            "starting_after");

    private final EventLog events;
    private final String apiVersion;
    private final Listing<Event> listing;

    EventEndpoints(EventLog events, String apiVersion) {
        this.events = events;
        this.apiVersion = apiVersion;
        this.listing = new Listing<>("event", Event::id, Event::created, event -> event.json(apiVersion));
    }

    void addTo(Router router) {
        router.add("GET", "/v1/events", this::list);
        router.add("GET", "/v1/events/*", this::retrieve);
    }

    private JsonObject list(Call call) {
        LIST.check(call.params());
        String type = call.params().text("type");
        Set<String> types = Set.copyOf(call.params().list("types"));
        return listing.page(
                call,
                events.listed()
                        .filter(event -> type == null || event.type().equals(type))
                        .filter(event -> types.isEmpty() || types.contains(event.type())));
    }

    private JsonObject retrieve(Call call) {
        RETRIEVE.check(call.params());
        return events.find(call.id())
                .orElseThrow(() -> ApiError.notFound("event", "id", call.id()))
                .json(apiVersion);
    }
}

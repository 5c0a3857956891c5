package io.autorecharge.stripe.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the endpoint of a method and a path; {@code *} in a path stands for an id. */
final class Router {

    /** Handles one kind of call; throws {@link ApiError} for error responses. */
    @FunctionalInterface
    interface Endpoint {
        JsonObject answer(Call call);
    }

    private record Route(String method, PathPattern path, Endpoint endpoint) {}

    private final List<Route> routes = new ArrayList<>();

    void add(String method, String path, Endpoint endpoint) {
        routes.add(new Route(method, new PathPattern(path), endpoint));
    }

    JsonObject answer(Call call) {
        List<String> path = PathPattern.parts(call.path());
        for (Route route : routes) {
            if (route.method.equals(call.method())) {
                Optional<List<String>> ids = route.path.match(path);
                if (ids.isPresent()) {
                    return route.endpoint.answer(call.withIds(ids.get()));
                }
            }
        }
        throw ApiError.unrecognizedUrl(call.method(), call.path());
    }
}

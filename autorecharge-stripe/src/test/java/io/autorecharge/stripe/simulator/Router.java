package io.autorecharge.stripe.simulator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the endpoint of a method and a path; {@code {}} in a template stands for an id. */
final class Router {

    /** What answers one kind of call; a {@link Refusal} is its way to say no. */
    @FunctionalInterface
    interface Endpoint {
        JsonObject answer(Call call);
    }

    private record Route(String method, String[] template, Endpoint endpoint) {}

    private final List<Route> routes = new ArrayList<>();

    void add(String method, String template, Endpoint endpoint) {
        routes.add(new Route(method, template.split("/"), endpoint));
    }

    JsonObject answer(Call call) {
        String[] path = call.path().split("/");
        for (Route route : routes) {
            List<String> ids = route.method.equals(call.method()) ? match(route.template, path) : null;
            if (ids != null) {
                return route.endpoint.answer(call.withIds(ids));
            }
        }
        throw Refusal.unrecognizedUrl(call.method(), call.path());
    }

    private static @Nullable List<String> match(String[] template, String[] path) {
        if (template.length != path.length) {
            return null;
        }
        List<String> ids = new ArrayList<>(1);
        for (int i = 0; i < path.length; i++) {
            if (template[i].equals("{}")) {
                ids.add(path[i]);
            } else if (!template[i].equals(path[i])) {
                return null;
            }
        }
        return ids;
    }
}

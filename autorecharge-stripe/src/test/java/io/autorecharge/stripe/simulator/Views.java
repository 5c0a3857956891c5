package io.autorecharge.stripe.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes objects as JSON, and replaces ids with objects as {@code expand} requests. */
final class Views {

    /** Lists that an object has only if they are expanded. */
    private static final Set<String> INCLUDED = Set.of("line_items", "refunds");

    final IntentView intents;
    final SessionView sessions;
    final SetupView setups;
    private final Store store;

    Views(Store store, String baseUrl) {
        this.store = store;
        this.intents = new IntentView(baseUrl);
        this.sessions = new SessionView(baseUrl);
        this.setups = new SetupView(baseUrl);
    }

    /** Expands a field that {@link Expansions} has accepted. */
    JsonObject expand(JsonObject json, Params params) {
        for (String path : params.list("expand")) {
            expand(json, List.of(path.split("\\.", -1)));
        }
        return json;
    }

    private void expand(JsonObject json, List<String> steps) {
        if (steps.isEmpty()) {
            return;
        }
        String field = steps.get(0);
        List<String> further = steps.subList(1, steps.size());
        Object value = json.containsKey(field) || !INCLUDED.contains(field) ? json.get(field) : include(json, field);
        if (value instanceof String id) {
            value = object(id);
            json.put(field, value);
        }
        if (value instanceof JsonObject nested) {
            expand(nested, further);
        } else if (value instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof JsonObject nested) {
                    expand(nested, further);
                }
            }
        }
    }

    /** Adds a list that is only present if it is expanded. */
    private JsonObject include(JsonObject json, String field) {
        String id = String.valueOf(json.get("id"));
        JsonObject list = field.equals("line_items") ? sessions.items(store.sessions.get(id)) : refunds(id);
        json.put(field, list);
        return list;
    }

    private JsonObject refunds(String charge) {
        List<Object> data = new ArrayList<>();
        store.refunds.newestFirst(charge).map(ChargeView::of).forEach(data::add);
        return ChargeView.emptyRefunds(charge).with("data", data);
    }

    private JsonObject object(String id) {
        String kind = id.substring(0, id.indexOf('_'));
        return switch (kind) {
            case "cus" -> CustomerView.of(store.customers.get(id));
            case "pm" -> MethodView.of(store.methods.get(id));
            case "pi" -> intents.of(store.intents.get(id));
            case "seti" -> setups.of(store.setupIntents.get(id));
            case "setatt" -> SetupView.of(store.setupAttempts.get(id));
            case "mandate" -> store.mandates.get(id).json();
            case "ch" -> ChargeView.of(store.charges.get(id));
            default -> throw new IllegalStateException("no kind of object has ids like " + id);
        };
    }
}

package io.autorecharge.stripe.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes objects as JSON and puts whole objects in the place of ids where {@code expand} asks for them. */
final class Views {

    private static final int DEEPEST = 4;

    final IntentView intents;
    final SessionView sessions;
    private final Store store;

    Views(Store store, String baseUrl) {
        this.store = store;
        this.intents = new IntentView(baseUrl);
        this.sessions = new SessionView(baseUrl);
    }

    /** Expands in place. In a list, paths begin with {@code data.}. */
    JsonObject expand(JsonObject json, Params params) {
        for (String path : params.list("expand")) {
            String[] steps = path.split("\\.");
            if (steps.length > DEEPEST) {
                throw Refusal.parameter(
                        "expand", null, "You cannot expand more than 4 levels of a property. Property: " + path);
            }
            expand(json, steps, 0, path);
        }
        return json;
    }

    private void expand(JsonObject json, String[] steps, int step, String path) {
        if (step == steps.length) {
            return;
        }
        Object value = include(json, steps[step]);
        if (value instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof JsonObject nested) {
                    expand(nested, steps, step + 1, path);
                }
            }
            return;
        }
        if (value instanceof String id) {
            value = object(id).orElseThrow(() -> notExpandable(path));
            json.put(steps[step], value);
        }
        if (value instanceof JsonObject nested) {
            expand(nested, steps, step + 1, path);
        }
    }

    /** The field's value; two fields are only there when they are asked for. */
    private @Nullable Object include(JsonObject json, String field) {
        if (json.containsKey(field)) {
            return json.get(field);
        }
        Object kind = json.get("object");
        String id = String.valueOf(json.get("id"));
        if (field.equals("line_items") && "checkout.session".equals(kind)) {
            json.put(field, sessions.items(store.sessions.get(id)));
        } else if (field.equals("refunds") && "charge".equals(kind)) {
            json.put(field, refunds(id));
        } else {
            throw notExpandable(field);
        }
        return json.get(field);
    }

    private JsonObject refunds(String charge) {
        List<Object> data = new ArrayList<>();
        store.refunds.newestFirst(charge).map(ChargeView::of).forEach(data::add);
        return ChargeView.emptyRefunds(charge).with("data", data);
    }

    private Optional<JsonObject> object(String id) {
        Map<String, java.util.function.Function<String, Optional<JsonObject>>> kinds = Map.of(
                "cus", key -> store.customers.find(key).map(CustomerView::of),
                "pm", key -> store.methods.find(key).map(MethodView::of),
                "pi", key -> store.intents.find(key).map(intents::of),
                "ch", key -> store.charges.find(key).map(ChargeView::of));
        int underscore = id.indexOf('_');
        return underscore < 0
                ? Optional.empty()
                : kinds.getOrDefault(id.substring(0, underscore), key -> Optional.empty())
                        .apply(id);
    }

    private static Refusal notExpandable(String path) {
        return Refusal.parameter("expand", null, "This property cannot be expanded (" + path + ").");
    }
}

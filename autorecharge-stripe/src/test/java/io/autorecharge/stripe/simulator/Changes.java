package io.autorecharge.stripe.simulator;

import java.util.Objects;

/** The {@code previous_attributes} of an event: the old values of the fields that have changed, nested as in the object. */
final class Changes {

    private Changes() {}

    static JsonObject between(JsonObject before, JsonObject after) {
        JsonObject previous = new JsonObject();
        before.forEach((field, old) -> {
            Object now = after.get(field);
            if (old instanceof JsonObject nested && now instanceof JsonObject nestedNow) {
                JsonObject inner = between(nested, nestedNow);
                if (!inner.isEmpty()) {
                    previous.put(field, inner);
                }
            } else if (!Objects.equals(old, now)) {
                previous.put(field, old);
            }
        });
        after.keySet().stream().filter(field -> !before.containsKey(field)).forEach(field -> previous.put(field, null));
        return previous;
    }
}

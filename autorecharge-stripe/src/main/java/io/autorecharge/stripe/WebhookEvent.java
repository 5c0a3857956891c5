package io.autorecharge.stripe;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.TypeAdapter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an event that do not depend on its API version. Everything else is fetched, because stripe-java parses the object of an event
 * only if the event has the API version of the library.
 *
 * @param account the connected account; null means the endpoint's own account
 * @param objectId the object to fetch
 * @param paymentIntent the payment that the object belongs to; empty if there is none
 * @param metadata of the object, to ignore unrelated objects without a request
 * @param reason why the payment had failed at the time of the event; cancelling erases it
 * @param customer whose object it is, or was before the event; empty if it has or had none
 */
record WebhookEvent(
        String id,
        String type,
        boolean live,
        @Nullable String account,
        String objectId,
        String paymentIntent,
        Map<String, String> metadata,
        DeclineReason reason,
        String customer) {
    private static final TypeAdapter<JsonElement> JSON = new Gson().getAdapter(JsonElement.class);
    private static final Pattern ID = Pattern.compile("[A-Za-z]{1,10}_[A-Za-z0-9_]{1,240}");
    private static final Pattern TYPE = Pattern.compile("[a-z0-9_.]{1,100}");

    /** Empty if the body is not a complete event: other JSON, no JSON, or a "thin" event of API v2. */
    static Optional<WebhookEvent> parse(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return JSON.fromJson(text) instanceof JsonObject json ? of(json) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        } catch (IOException | JsonParseException | IllegalStateException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether it is about a warning of a card network (https://docs.stripe.com/api/radar/early_fraud_warnings). A warning is never taken back, so
     * the event itself says all: it is not fetched, which would need another permission of the key.
     */
    boolean isFraudWarning() {
        return isAboutFraud(type);
    }

    static boolean isAboutFraud(String type) {
        return type.startsWith("radar.early_fraud_warning.");
    }

    private static Optional<WebhookEvent> of(JsonObject json) {
        String id = text(json, "id");
        String type = text(json, "type");
        JsonObject object = object(object(json, "data"), "object");
        Boolean live = flag(json, "livemode");
        if (!"event".equals(text(json, "object")) || object == null || live == null) {
            return Optional.empty();
        }
        if (id == null || type == null) {
            return Optional.empty();
        }
        if (!ID.matcher(id).matches() || !TYPE.matcher(type).matches()) {
            return Optional.empty();
        }
        return Optional.of(new WebhookEvent(
                id,
                type,
                live,
                text(json, "account"),
                id(object, "id"),
                id(object, "payment_intent"),
                texts(object(object, "metadata")),
                reason(object(object, "last_payment_error")),
                customer(object, object(object(json, "data"), "previous_attributes"))));
    }

    /** A method that was detached has no customer any more; the event says whose it was. */
    private static String customer(JsonObject object, @Nullable JsonObject previous) {
        String now = id(object, "customer");
        return now.isEmpty() && previous != null ? id(previous, "customer") : now;
    }

    /** An empty text if there is no id, or none that Stripe could have created. */
    static String id(JsonObject object, String name) {
        String id = text(object, name);
        return id != null && ID.matcher(id).matches() ? id : "";
    }

    private static DeclineReason reason(@Nullable JsonObject error) {
        return new DeclineReason(
                text(error, "code"),
                text(error, "decline_code"),
                text(error, "advice_code"),
                text(error, "network_advice_code"));
    }

    private static Map<String, String> texts(@Nullable JsonObject json) {
        Map<String, String> texts = new HashMap<>();
        if (json != null) {
            for (String name : json.keySet()) {
                String value = text(json, name);
                if (value != null) {
                    texts.put(name, value);
                }
            }
        }
        return Map.copyOf(texts);
    }

    private static @Nullable JsonObject object(@Nullable JsonObject json, String name) {
        return json != null && json.get(name) instanceof JsonObject found ? found : null;
    }

    private static @Nullable Boolean flag(JsonObject json, String name) {
        JsonPrimitive found = primitive(json, name);
        return (found == null || !found.isBoolean()) ? null : Boolean.valueOf(found.getAsBoolean());
    }

    private static @Nullable String text(@Nullable JsonObject json, String name) {
        JsonPrimitive found = primitive(json, name);
        return (found == null || !found.isString()) ? null : found.getAsString();
    }

    private static @Nullable JsonPrimitive primitive(@Nullable JsonObject json, String name) {
        return json != null && json.get(name) instanceof JsonPrimitive found ? found : null;
    }
}

package io.autorecharge.spring.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A flat JSON object, parsed strictly: no type is coerced, no field is repeated or unknown, and nothing follows the object. Every mistake is
 * a {@link HttpProblem} that names the field.
 */
final class JsonBody {
    private final Map<String, JsonValue> values = new HashMap<>();

    private final Set<String> lists;

    private JsonBody(Set<String> lists) {
        this.lists = lists;
    }

    /**
     * @param known the fields that are read
     * @param skipped fields that are allowed and ignored
     */
    static JsonBody parse(byte[] bytes, Set<String> known, Set<String> skipped) {
        return parse(new JsonBody(Set.of()), bytes, known, skipped);
    }

    /** A body whose only field is a list of strings. */
    static JsonBody list(byte[] bytes, String field) {
        return parse(new JsonBody(Set.of(field)), bytes, Set.of(field), Set.of());
    }

    /** A body that says nothing: an empty object. */
    static void empty(byte[] bytes) {
        parse(bytes, Set.of(), Set.of());
    }

    private static JsonBody parse(JsonBody body, byte[] bytes, Set<String> known, Set<String> skipped) {
        try (JsonParser parser = Json.parser(text(bytes))) {
            body.read(parser, known, skipped);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return body;
    }

    private static String text(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw HttpProblem.of(HttpProblem.BODY, "the body is not UTF-8");
        }
        if (text.startsWith("\uFEFF")) {
            throw HttpProblem.of(HttpProblem.BODY, "the body begins with a byte order mark");
        }
        if (text.isBlank()) {
            throw HttpProblem.of(HttpProblem.BODY, "the body is empty: a JSON object is expected");
        }
        return text;
    }

    private void read(JsonParser parser, Set<String> known, Set<String> skipped) throws IOException {
        try {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw HttpProblem.of(HttpProblem.BODY, "the body must be a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                field(parser, known, skipped);
            }
            if (parser.nextToken() != null) {
                throw HttpProblem.of(HttpProblem.BODY, "the body must end after the JSON object");
            }
        } catch (JsonProcessingException e) {
            throw malformed(parser, known);
        }
    }

    private void field(JsonParser parser, Set<String> known, Set<String> skipped) throws IOException {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        if (skipped.contains(name)) {
            parser.skipChildren();
            return;
        }
        if (!known.contains(name)) {
            throw HttpProblem.of(Text.shown(name), "'" + Text.shown(name) + "' is not a known field");
        }
        JsonValue value = lists.contains(name) ? strings(name, parser) : JsonValue.scalar(parser);
        if (values.put(name, value) != null) {
            throw HttpProblem.of(name, name + " is repeated");
        }
        if (token.isStructStart() && !lists.contains(name)) {
            throw HttpProblem.of(name, name + " must not be " + value.kind());
        }
    }

    private static JsonValue strings(String name, JsonParser parser) throws IOException {
        if (!parser.isExpectedStartArrayToken()) {
            throw mustBe(name, "an array of strings", JsonValue.scalar(parser));
        }
        List<String> texts = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            JsonValue element = JsonValue.scalar(parser);
            if (element.token() != JsonToken.VALUE_STRING) {
                throw HttpProblem.of(name, name + " must contain only strings, but contains " + element.kind());
            }
            texts.add(element.text());
        }
        return new JsonValue(JsonToken.START_ARRAY, "", texts);
    }

    private static HttpProblem malformed(JsonParser parser, Set<String> known) throws IOException {
        JsonStreamContext context = parser.getParsingContext();
        JsonStreamContext parent = context.getParent();
        String at = context.inArray() && parent != null ? parent.getCurrentName() : context.getCurrentName();
        String where = "line " + parser.currentLocation().getLineNr() + ", column "
                + parser.currentLocation().getColumnNr();
        return at != null && known.contains(at)
                ? HttpProblem.of(at, "the JSON is malformed at or after " + at + ": " + where)
                : HttpProblem.of(HttpProblem.BODY, "the body is not JSON: " + where);
    }

    boolean has(String field) {
        return values.containsKey(field);
    }

    boolean requiredBoolean(String field) {
        return booleanOf(field, required(field, "true or false"));
    }

    boolean optionalBoolean(String field, boolean otherwise) {
        JsonValue value = values.get(field);
        return value == null ? otherwise : booleanOf(field, value);
    }

    private static boolean booleanOf(String field, JsonValue value) {
        if (value.token() != JsonToken.VALUE_TRUE && value.token() != JsonToken.VALUE_FALSE) {
            throw mustBe(field, "true or false", value);
        }
        return value.token() == JsonToken.VALUE_TRUE;
    }

    int requiredWholeNumber(String field) {
        return wholeNumber(field, required(field, "a whole number"));
    }

    /** @return null if the value is null */
    @Nullable
    Integer wholeNumberOrNull(String field) {
        JsonValue value = required(field, "a whole number or null");
        return value.token() == JsonToken.VALUE_NULL ? null : wholeNumber(field, value);
    }

    private static int wholeNumber(String field, JsonValue value) {
        if (value.token() != JsonToken.VALUE_NUMBER_INT) {
            throw mustBe(field, "a whole number", value);
        }
        try {
            return Integer.parseInt(value.text());
        } catch (NumberFormatException e) {
            throw HttpProblem.of(field, field + " is out of range: " + Text.shown(value.text()));
        }
    }

    Credits requiredCredits(String field) {
        JsonValue value = required(field, "a number");
        if (!value.isNumber()) {
            throw mustBe(field, "a number", value);
        }
        try {
            return Credits.parse(field, value.text());
        } catch (InvalidValueException e) {
            throw HttpProblem.of(field, e);
        }
    }

    /** @return null if the field is missing or null */
    @Nullable
    String optionalText(String field) {
        JsonValue value = values.get(field);
        if (value == null || value.token() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (value.token() != JsonToken.VALUE_STRING) {
            throw mustBe(field, "a string", value);
        }
        return value.text();
    }

    String requiredText(String field) {
        JsonValue value = required(field, "a string");
        if (value.token() != JsonToken.VALUE_STRING) {
            throw mustBe(field, "a string", value);
        }
        return value.text();
    }

    /**
     * A decimal number, as JSON number or string.
     *
     * @return null if the value is null
     */
    @Nullable
    String decimalOrNull(String field) {
        JsonValue value = required(field, "a number or null");
        if (value.token() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (!value.isNumber() && value.token() != JsonToken.VALUE_STRING) {
            throw mustBe(field, "a number or null", value);
        }
        return value.text();
    }

    List<String> requiredTexts(String field) {
        return required(field, "an array of strings").texts();
    }

    private JsonValue required(String field, String expected) {
        JsonValue value = values.get(field);
        if (value == null) {
            throw HttpProblem.of(field, field + " is missing: " + expected + " is expected");
        }
        return value;
    }

    private static HttpProblem mustBe(String field, String expected, JsonValue value) {
        String shown = value.text().isEmpty() ? "" : " ('" + Text.shown(value.text()) + "')";
        return HttpProblem.of(field, field + " must be " + expected + ", but is " + value.kind() + shown);
    }
}

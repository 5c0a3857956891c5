package io.autorecharge.spring.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A flat JSON object, parsed strictly: no type is coerced, no field is repeated or unknown, and nothing follows the object. Every mistake is
 * a {@link HttpProblem} that names the field.
 */
final class JsonBody {
    private record Value(JsonToken token, String text) {
        String kind() {
            return switch (token) {
                case VALUE_STRING -> "a string";
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
                case VALUE_TRUE, VALUE_FALSE -> "a boolean";
                case VALUE_NULL -> "null";
                case START_ARRAY -> "an array";
                default -> "an object";
            };
        }

        boolean isNumber() {
            return token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
        }
    }

    private final Map<String, Value> values = new HashMap<>();

    private JsonBody() {}

    /**
     * @param known the fields that are read
     * @param skipped fields that are allowed and ignored
     */
    static JsonBody parse(byte[] bytes, Set<String> known, Set<String> skipped) {
        JsonBody body = new JsonBody();
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
        Value value = new Value(token, token.isScalarValue() ? parser.getText() : "");
        if (values.put(name, value) != null) {
            throw HttpProblem.of(name, name + " is repeated");
        }
        if (token.isStructStart()) {
            throw HttpProblem.of(name, name + " must not be " + value.kind());
        }
    }

    private static HttpProblem malformed(JsonParser parser, Set<String> known) throws IOException {
        String at = parser.currentName();
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
        Value value = values.get(field);
        return value == null ? otherwise : booleanOf(field, value);
    }

    private static boolean booleanOf(String field, Value value) {
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
        Value value = required(field, "a whole number or null");
        return value.token() == JsonToken.VALUE_NULL ? null : wholeNumber(field, value);
    }

    private static int wholeNumber(String field, Value value) {
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
        Value value = required(field, "a number");
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
        Value value = values.get(field);
        if (value == null || value.token() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (value.token() != JsonToken.VALUE_STRING) {
            throw mustBe(field, "a string", value);
        }
        return value.text();
    }

    private Value required(String field, String expected) {
        Value value = values.get(field);
        if (value == null) {
            throw HttpProblem.of(field, field + " is missing: " + expected + " is expected");
        }
        return value;
    }

    private static HttpProblem mustBe(String field, String expected, Value value) {
        String shown = value.text().isEmpty() ? "" : " ('" + Text.shown(value.text()) + "')";
        return HttpProblem.of(field, field + " must be " + expected + ", but is " + value.kind() + shown);
    }
}

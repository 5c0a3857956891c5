package io.autorecharge.spring.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;

/**
 * The value of a field of a {@link JsonBody}.
 *
 * @param text a scalar value as it was written; empty for an array and an object
 * @param texts the elements of an array of strings; empty otherwise
 */
record JsonValue(JsonToken token, String text, List<String> texts) {
    /** The value at which the parser stands. The content of an array or an object is not read. */
    static JsonValue scalar(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return new JsonValue(token, token.isScalarValue() ? parser.getText() : "", List.of());
    }

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

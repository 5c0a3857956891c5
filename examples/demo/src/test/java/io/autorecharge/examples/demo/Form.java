package io.autorecharge.examples.demo;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The fields of a form, as a browser sends them. */
final class Form {
    private final Map<String, String> fields = new LinkedHashMap<>();

    static Form with(String name, String value) {
        return new Form().and(name, value);
    }

    Form and(String name, String value) {
        fields.put(name, value);
        return this;
    }

    HttpRequest.Builder postTo(HttpRequest.Builder request) {
        String body = fields.entrySet().stream()
                .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return request.header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body));
    }
}

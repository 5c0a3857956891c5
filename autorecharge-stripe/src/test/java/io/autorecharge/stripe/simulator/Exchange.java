package io.autorecharge.stripe.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An HTTP exchange with the few operations that the simulator needs, including broken responses. */
final class Exchange {

    private static final int MOST_BYTES = 1 << 20;

    private final HttpExchange http;

    Exchange(HttpExchange http) {
        this.http = http;
    }

    String method() {
        return http.getRequestMethod();
    }

    String path() {
        return http.getRequestURI().getPath();
    }

    @Nullable
    String header(String name) {
        return http.getRequestHeaders().getFirst(name);
    }

    void header(String name, String value) {
        http.getResponseHeaders().set(name, value);
    }

    /** Replaces the date that the server would write. */
    void date(Instant time) {
        DateHeader.replace(http.getResponseHeaders(), time);
    }

    /** The parameters of the query and of a form in the body. */
    Map<String, String> form() throws IOException {
        byte[] body = http.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw ApiError.badRequest("The request body is larger than " + MOST_BYTES + " bytes.");
        }
        String query = http.getRequestURI().getRawQuery();
        Map<String, String> values = new LinkedHashMap<>();
        if (query != null) {
            values.putAll(Form.parse(query));
        }
        values.putAll(Form.parse(new String(body, StandardCharsets.UTF_8)));
        return values;
    }

    void send(int status, String type, byte[] body) throws IOException {
        header("Content-Type", type);
        http.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = http.getResponseBody()) {
            out.write(body);
        }
    }

    void json(int status, Object body) throws IOException {
        send(status, "application/json", Json.bytes(body));
    }

    void page(int status, String html) throws IOException {
        header("Cache-Control", "no-store");
        header("X-Content-Type-Options", "nosniff");
        header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        send(status, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
    }

    void redirect(String url) throws IOException {
        header("Location", url);
        http.sendResponseHeaders(303, -1);
        http.close();
    }

    /** Announces the whole body, sends half of it and breaks the connection. */
    void truncate(String type, byte[] body) throws IOException {
        header("Content-Type", type);
        http.sendResponseHeaders(200, body.length);
        OutputStream out = http.getResponseBody();
        out.write(body, 0, body.length / 2);
        out.flush();
        reset();
    }

    /** Breaks the connection, without a response unless one was started. */
    void reset() {
        http.close();
    }
}

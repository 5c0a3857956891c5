package io.autorecharge.spring.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The answer to a request. It is written without the host's message converters, so that none of their settings changes a byte. Immutable.
 *
 * @param body the fields of the JSON answer, in this order
 */
record HttpAnswer(int status, String contentType, Map<String, @Nullable Object> body) {
    static HttpAnswer ok(Map<String, @Nullable Object> body) {
        return new HttpAnswer(200, "application/json", body);
    }

    /** Problem details, RFC 9457. */
    static HttpAnswer problem(int status, @Nullable String field, String detail) {
        HttpStatus known = HttpStatus.resolve(status);
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", known == null ? "Error" : known.getReasonPhrase());
        body.put("status", status);
        body.put("detail", detail);
        if (field != null) {
            body.put("field", field);
        }
        return new HttpAnswer(status, "application/problem+json", body);
    }

    static HttpAnswer of(HttpProblem problem) {
        return problem(problem.status(), problem.field(), problem.detail());
    }

    void writeTo(HttpServletResponse response) throws IOException {
        byte[] bytes = Json.write(body);
        response.setStatus(status);
        response.setContentType(contentType);
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}

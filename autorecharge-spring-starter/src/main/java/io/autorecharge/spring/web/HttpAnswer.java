package io.autorecharge.spring.web;

import io.autorecharge.gateway.TooManyRequestsException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The answer to a request. It is written without the host's message converters, so that none of their settings changes a byte. Immutable.
 *
 * @param body the fields of the JSON answer, in this order
 * @param retryAfter the seconds after which the same request may succeed; null if that is not known
 */
record HttpAnswer(
        int status,
        String contentType,
        Map<String, @Nullable Object> body,
        @Nullable Long retryAfter) {
    static HttpAnswer ok(Map<String, @Nullable Object> body) {
        return new HttpAnswer(200, "application/json", body, null);
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
        return new HttpAnswer(status, "application/problem+json", body, null);
    }

    static HttpAnswer of(HttpProblem problem) {
        return problem(problem.status(), problem.field(), problem.detail());
    }

    /** 429, with the time after which the request may be repeated. */
    static HttpAnswer tooMany(TooManyRequestsException refused) {
        HttpAnswer problem = problem(429, null, sentence(refused.getMessage()));
        // Rounded up: a client that comes back exactly then must be served.
        long seconds = refused.retryAfter().plusNanos(999_999_999).toSeconds();
        return new HttpAnswer(problem.status(), problem.contentType(), problem.body(), seconds);
    }

    /** 503, with the reason and the time after which the request may be repeated. */
    static HttpAnswer unavailable(DatabaseFailure failure) {
        HttpAnswer problem = problem(503, null, "The service is not available at the moment. Please try again later.");
        problem.body().put("reason", "database_" + failure.name().toLowerCase(Locale.ROOT));
        return new HttpAnswer(problem.status(), problem.contentType(), problem.body(), DatabaseFailure.RETRY_AFTER);
    }

    private static String sentence(@Nullable String text) {
        return text == null || text.isEmpty()
                ? "Too many requests."
                : Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    void writeTo(HttpServletResponse response) throws IOException {
        byte[] bytes = Json.write(body);
        response.setStatus(status);
        response.setContentType(contentType);
        response.setHeader("Cache-Control", "no-store");
        if (retryAfter != null) {
            response.setHeader("Retry-After", String.valueOf(retryAfter));
        }
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}

package io.autorecharge.spring.web;

import io.autorecharge.credit.Text;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.store.StoreException;
import io.autorecharge.store.UnknownAccountException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;

/** What all endpoints have in common: bounded bodies, and an answer for everything that can go wrong. */
final class HttpSupport {
    private static final Logger log = LoggerFactory.getLogger(HttpSupport.class);

    private HttpSupport() {}

    /** Writes the work's answer, or the problem that it ended in. What the provider or the database said stays in the log. */
    static void answer(HttpServletResponse response, Supplier<HttpAnswer> work) throws IOException {
        answerOf(work).writeTo(response);
    }

    private static HttpAnswer answerOf(Supplier<HttpAnswer> work) {
        try {
            return work.get();
        } catch (HttpProblem refusal) {
            return HttpAnswer.of(refusal);
        } catch (GatewayException e) {
            log.error("The payment provider could not be asked", e);
            return HttpAnswer.problem(
                    502, null, "The payment provider cannot be reached or refused. Please try again later.");
        } catch (UnknownAccountException e) {
            log.warn("A login has no account: {}", e.getMessage());
            return HttpAnswer.problem(404, null, "There is no credit account for this login.");
        } catch (StoreException e) {
            log.error("The database failed", e);
            return HttpAnswer.problem(503, null, "The service is not available at the moment. Please try again later.");
        } catch (IllegalArgumentException e) {
            log.warn("A request was refused by the core: {}", e.getMessage());
            return HttpAnswer.problem(400, null, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            log.error("A request failed", e);
            return HttpAnswer.problem(500, null, "Something went wrong here.");
        }
    }

    /** Refuses other methods than {@code allowed}, a comma-separated list. */
    static void requireMethod(HttpServletRequest request, HttpServletResponse response, String allowed) {
        if (!(", " + allowed + ",").contains(" " + request.getMethod() + ",")) {
            response.setHeader("Allow", allowed);
            throw HttpProblem.of(405, "the method is not allowed here, these are: " + allowed);
        }
    }

    /** Refuses a body that does not say that it is JSON: a page of another site can send those. */
    static void requireJson(HttpServletRequest request) {
        if (!isJson(request.getContentType())) {
            throw HttpProblem.of(415, "the content type must be application/json");
        }
    }

    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        try {
            MediaType type = MediaType.parseMediaType(contentType);
            boolean utf8 = type.getCharset() == null || StandardCharsets.UTF_8.equals(type.getCharset());
            return utf8 && type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON);
        } catch (IllegalArgumentException e) {
            log.debug("Content type '{}' cannot be read", Text.shown(contentType));
            return false;
        }
    }

    /** A header; a firewall in front may refuse to read one that holds strange characters. */
    static @Nullable String header(HttpServletRequest request, String name) {
        try {
            return request.getHeader(name);
        } catch (RuntimeException e) {
            log.debug("The header {} cannot be read", name, e);
            throw HttpProblem.of(name, "the header " + name + " cannot be read");
        }
    }

    /** The body, of which no more than {@code limit} bytes and one are read, whatever length the request claims. */
    static byte[] body(HttpServletRequest request, int limit) {
        if (request.getContentLengthLong() > limit) {
            throw HttpProblem.tooLarge(limit);
        }
        byte[] bytes;
        try {
            InputStream in = request.getInputStream();
            bytes = in.readNBytes(limit + 1);
        } catch (IOException e) {
            log.debug("A body broke off", e);
            throw HttpProblem.of(HttpProblem.BODY, "the body could not be read to its end");
        }
        if (bytes.length > limit) {
            throw HttpProblem.tooLarge(limit);
        }
        return bytes;
    }
}

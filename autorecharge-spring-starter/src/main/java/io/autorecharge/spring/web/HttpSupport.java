package io.autorecharge.spring.web;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Text;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.TooManyRequestsException;
import io.autorecharge.policy.PolicyUnusableException;
import io.autorecharge.store.UnknownAccountException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;

/** Shared by all endpoints: bounded bodies, and an answer for every kind of failure. */
final class HttpSupport {
    private static final Logger log = LoggerFactory.getLogger(HttpSupport.class);

    /** Far more than the largest body that makes sense. */
    private static final int MAX_BODY_BYTES = 16 * 1024;

    /** The fields that core checks. Their JSON names are their Java names. */
    private static final Set<String> CHECKED_BY_CORE = Set.of("credits", "threshold");

    private HttpSupport() {}

    /**
     * Writes the answer of {@code work}, or the problem that it ended in. The text of any exception but {@link HttpProblem} goes to the log
     * only: it may be a bug's, the provider's, the database's or that of a bean of the host.
     */
    static void answer(HttpServletResponse response, Supplier<HttpAnswer> work) throws IOException {
        answerOf(work).writeTo(response);
    }

    private static HttpAnswer answerOf(Supplier<HttpAnswer> work) {
        try {
            return work.get();
        } catch (HttpProblem problem) {
            return HttpAnswer.of(problem);
        } catch (TooManyRequestsException e) {
            return HttpAnswer.tooMany(e);
        } catch (GatewayException e) {
            log.error("The payment provider cannot be reached or refused the request", e);
            return HttpAnswer.problem(
                    502,
                    null,
                    "The payment provider cannot be reached or refused the request. Please try again later.");
        } catch (PolicyUnusableException e) {
            log.error("The policy of the account cannot be used", e);
            return HttpAnswer.problem(
                    503, null, "The packages of this account are not known now. Please try again later.");
        } catch (UnknownAccountException e) {
            log.warn("The user has no account", e);
            return HttpAnswer.problem(404, null, "This user has no credit account.");
        } catch (RuntimeException e) {
            DatabaseFailure database = DatabaseFailure.of(e);
            if (database != null) {
                log.error("The database failed: {}", database, e);
                return HttpAnswer.unavailable(database);
            }
            log.error("A request failed", e);
            return HttpAnswer.problem(500, null, "Something went wrong. Please try again later.");
        }
    }

    /**
     * Checks values of the request: a value that core refuses is a 400 about its JSON field. {@code check} must not call a bean of the host,
     * whose exceptions are no mistake of the client.
     */
    static <T> T refusing(Supplier<T> check) {
        try {
            return check.get();
        } catch (InvalidValueException e) {
            if (!CHECKED_BY_CORE.contains(e.field())) {
                throw e;
            }
            throw HttpProblem.of(e.field(), e);
        }
    }

    /** Refuses a body that is not declared as JSON: those are what a page of another site can send. */
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

    /** Reads a body that must be JSON. */
    static byte[] json(HttpServletRequest request) {
        requireJson(request);
        return body(request, MAX_BODY_BYTES);
    }

    /** Requires that the body, if there is one, is an empty JSON object. What a page of another site can send is not. */
    static void requireNoContent(HttpServletRequest request) {
        byte[] body = body(request, MAX_BODY_BYTES);
        if (body.length > 0 || request.getContentType() != null) {
            requireJson(request);
        }
        if (body.length > 0) {
            JsonBody.empty(body);
        }
    }

    /** Reads a header. Spring Security's firewall may refuse to read one that holds unusual characters. */
    static @Nullable String header(HttpServletRequest request, String name) {
        try {
            return request.getHeader(name);
        } catch (RuntimeException e) {
            log.debug("The header {} cannot be read", name, e);
            throw HttpProblem.of(name, "the header " + name + " cannot be read");
        }
    }

    /** Reads the body, at most one byte more than {@code limit}, whatever length the request claims. */
    static byte[] body(HttpServletRequest request, int limit) {
        if (request.getContentLengthLong() > limit) {
            throw HttpProblem.tooLarge(limit);
        }
        byte[] bytes;
        try {
            InputStream in = request.getInputStream();
            bytes = in.readNBytes(limit + 1);
        } catch (IOException e) {
            log.debug("A body ended early", e);
            throw HttpProblem.of(HttpProblem.BODY, "the body could not be read completely");
        }
        if (bytes.length > limit) {
            throw HttpProblem.tooLarge(limit);
        }
        return bytes;
    }
}

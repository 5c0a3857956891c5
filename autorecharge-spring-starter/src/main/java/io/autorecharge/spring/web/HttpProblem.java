package io.autorecharge.spring.web;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Text;
import org.jspecify.annotations.Nullable;

/**
 * A request that is answered with a problem: thrown where the mistake is found, turned into the answer in one place. Its text is meant for
 * the client. Has no stack trace, because any client can cause one.
 */
final class HttpProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The field of a problem with the body as a whole. */
    static final String BODY = "body";

    private final int status;
    private final @Nullable String field;
    private final String detail;

    private HttpProblem(int status, @Nullable String field, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.field = field;
        this.detail = detail;
    }

    /** 400 about one field. */
    static HttpProblem of(String field, String detail) {
        return new HttpProblem(400, field, detail);
    }

    /** 400 about the JSON field whose value core refused. */
    static HttpProblem of(String field, InvalidValueException refused) {
        return of(field, field + " " + refused.rule() + ": " + Text.shown(refused.value()));
    }

    /** Another status, about no field. */
    static HttpProblem of(int status, String detail) {
        return new HttpProblem(status, null, detail);
    }

    /** 404 about one field, which names something that this account does not have. */
    static HttpProblem notFound(String field, String detail) {
        return new HttpProblem(404, field, detail);
    }

    /** 413, about the body. */
    static HttpProblem tooLarge(int limit) {
        return new HttpProblem(413, BODY, "the body is larger than " + limit + " bytes");
    }

    int status() {
        return status;
    }

    @Nullable
    String field() {
        return field;
    }

    String detail() {
        return detail;
    }
}

package io.autorecharge.spring.web;

import org.jspecify.annotations.Nullable;

/**
 * A request that is answered with a problem: thrown where it is found, turned into the answer at one place. Carries no stack trace, since
 * anybody can cause one.
 */
public final class HttpProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What a problem with the body as a whole is said to be about. */
    public static final String BODY = "body";

    private final int status;
    private final @Nullable String field;

    private HttpProblem(int status, @Nullable String field, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.field = field;
    }

    /** 400 about one field. */
    public static HttpProblem of(String field, String detail) {
        return new HttpProblem(400, field, detail);
    }

    /** Another status, about no field. */
    static HttpProblem of(int status, String detail) {
        return new HttpProblem(status, null, detail);
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
        return String.valueOf(getMessage());
    }
}

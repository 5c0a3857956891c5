package io.autorecharge.gateway;

import java.time.Duration;

/**
 * A request of a person that is refused for now, so that others are served: the account has asked too often, or too many people wait for the
 * payment provider. Nothing was sent to the provider for the refused part. The text is meant for the client.
 */
public final class TooManyRequestsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /** @param retryAfter when the same request may succeed */
    public TooManyRequestsException(String message, Duration retryAfter) {
        // Any client can cause one, so it costs no stack trace.
        super(message, null, false, false);
        this.retryAfter = retryAfter;
    }

    /** When the same request may succeed: a second at least. */
    public Duration retryAfter() {
        return retryAfter.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : retryAfter;
    }
}

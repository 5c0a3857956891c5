package io.autorecharge.stripe.simulator;

import java.net.URI;

/**
 * One attempt to deliver an event to an endpoint.
 *
 * @param attempt counted from 1
 * @param status of the response; 0 if there was none
 */
public record Delivery(String eventId, String type, URI url, int attempt, int status) {

    boolean arrived() {
        return status >= 200 && status < 300;
    }

    JsonObject json() {
        return new JsonObject()
                .with("event", eventId)
                .with("type", type)
                .with("url", url.toString())
                .with("attempt", attempt)
                .with("status", status);
    }
}

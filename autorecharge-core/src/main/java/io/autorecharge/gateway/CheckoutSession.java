package io.autorecharge.gateway;

import java.net.URI;
import java.time.Instant;

/**
 * A checkout session at the provider: the page where the customer pays.
 *
 * @param sessionId the provider's id of the session
 * @param url where to send the customer
 * @param expiresAt when the session stops accepting payments
 */
public record CheckoutSession(String sessionId, URI url, Instant expiresAt) {}

package io.autorecharge.gateway;

import java.net.URI;
import java.time.Instant;

/**
 * A page at the provider where the customer pays.
 *
 * @param sessionId the provider's id
 * @param url where to send the customer
 * @param expiresAt when the page stops taking payments
 */
public record CheckoutSession(String sessionId, URI url, Instant expiresAt) {}

package io.autorecharge.stripe.simulator;

import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * The URL that receives events, and the secrets that sign them.
 *
 * @param url the URL of the endpoint
 * @param secrets the signing secrets; while a secret is rolled there are two, and both sign each event
 * @param types the event types that the endpoint receives; empty means all
 */
public record WebhookEndpoint(URI url, List<String> secrets, Set<String> types) {

    /** @throws IllegalArgumentException if there is no secret, or a blank one */
    public WebhookEndpoint {
        if (secrets.isEmpty() || secrets.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("secrets must contain at least one secret, and no blank one");
        }
        secrets = List.copyOf(secrets);
        types = Set.copyOf(types);
    }

    /** An endpoint that receives all events. */
    public static WebhookEndpoint of(String url, String secret) {
        return new WebhookEndpoint(URI.create(url), List.of(secret), Set.of());
    }

    boolean wants(String type) {
        return types.isEmpty() || types.contains(type);
    }
}

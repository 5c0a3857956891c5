package io.autorecharge.stripe.simulator;

import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * The URL that receives events, and the secrets that sign them.
 *
 * @param secrets the signing secrets; while a secret is rolled there are two, and both sign
 * @param types the event types that are sent; none means all
 */
public record WebhookEndpoint(URI url, List<String> secrets, Set<String> types) {

    public WebhookEndpoint {
        if (secrets.isEmpty() || secrets.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("secrets: at least one, none blank");
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

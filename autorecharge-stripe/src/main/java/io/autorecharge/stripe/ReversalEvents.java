package io.autorecharge.stripe;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Event;
import com.stripe.param.EventListParams;
import io.autorecharge.gateway.ReversalNotice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds what was refunded or disputed in Stripe's list of events, which goes back 30 days (https://docs.stripe.com/api/events/list). The same
 * events as webhooks bring, under the same ids; like there they are but a hint of whom to ask about.
 */
final class ReversalEvents {
    /** A million events of a month: far beyond what anybody is refunded, and still an end. */
    private static final int MOST_PAGES = 10_000;

    private static final List<String> TYPES = StripeWebhook.EVENT_TYPES.stream()
            .filter(ReversalEvents::isReversal)
            .sorted()
            .toList();

    private final StripeClient client;
    private final boolean live;

    ReversalEvents(StripeClient client, boolean live) {
        this.client = client;
        this.live = live;
    }

    private static boolean isReversal(String type) {
        return type.startsWith("charge.") || type.startsWith("refund.");
    }

    List<ReversalNotice> since(Instant from) throws StripeException {
        List<ReversalNotice> notices = new ArrayList<>();
        StripeLists.all(
                last -> client.v1().events().list(params(from, last)),
                event -> {
                    if (Objects.equals(event.getLivemode(), live)) {
                        notice(event).ifPresent(notices::add);
                    }
                    // An event is large, and what is kept of it small.
                    return false;
                },
                MOST_PAGES);
        return notices;
    }

    private static EventListParams params(Instant from, @Nullable String after) {
        EventListParams.Builder params = EventListParams.builder()
                .addAllType(TYPES)
                .setCreated(EventListParams.Created.builder()
                        .setGte(from.getEpochSecond())
                        .build())
                .setLimit(StripeLists.SIZE);
        return after == null ? params.build() : params.setStartingAfter(after).build();
    }

    /** Empty for what belongs to no payment intent, which is never ours. */
    private static Optional<ReversalNotice> notice(Event event) {
        // The object itself cannot be read by this library when it was written by another version of the API.
        JsonObject object = JsonParser.parseString(
                        event.getDataObjectDeserializer().getRawJson())
                .getAsJsonObject();
        String payment = WebhookEvent.id(object, "payment_intent");
        return payment.isEmpty()
                ? Optional.empty()
                : Optional.of(new ReversalNotice(event.getId(), event.getType(), payment));
    }
}

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
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds payments that were refunded, disputed or reported as fraud in Stripe's list of events, which goes back 30 days (https://docs.stripe.com/api/events/list). These are
 * the events that webhooks deliver, with the same ids. They only say which payment to fetch.
 */
final class ReversalEvents {
    /** A million events in a month: more than any account has; bounds the loop. */
    private static final int MAX_PAGES = 10_000;

    private static final List<String> TYPES = StripeWebhook.EVENT_TYPES.stream()
            .filter(ReversalEvents::isReversal)
            .sorted(Comparator.<String, Boolean>comparing(WebhookEvent::isAboutFraud)
                    .thenComparing(Comparator.naturalOrder()))
            .toList();

    private final StripeClient client;
    private final boolean live;

    ReversalEvents(StripeClient client, boolean live) {
        this.client = client;
        this.live = live;
    }

    private static boolean isReversal(String type) {
        return type.startsWith("charge.") || type.startsWith("refund.") || WebhookEvent.isAboutFraud(type);
    }

    List<ReversalNotice> since(Instant from) throws StripeException {
        List<ReversalNotice> notices = new ArrayList<>();
        StripeLists.all(
                last -> client.v1().events().list(params(from, last)),
                event -> {
                    if (Objects.equals(event.getLivemode(), live)) {
                        notice(event).ifPresent(notices::add);
                    }
                    // Do not keep the event, which is much larger than the notice.
                    return false;
                },
                MAX_PAGES);
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

    /** Empty if the object belongs to no payment intent, because such an object never belongs to the library. */
    private static Optional<ReversalNotice> notice(Event event) {
        // stripe-java cannot parse an object that another API version has written, so read the JSON.
        JsonObject object = JsonParser.parseString(
                        event.getDataObjectDeserializer().getRawJson())
                .getAsJsonObject();
        String payment = WebhookEvent.id(object, "payment_intent");
        if (payment.isEmpty()) {
            return Optional.empty();
        }
        String warning = WebhookEvent.isAboutFraud(event.getType()) ? WebhookEvent.id(object, "id") : "";
        return Optional.of(
                new ReversalNotice(event.getId(), event.getType(), payment, warning.isEmpty() ? null : warning));
    }
}

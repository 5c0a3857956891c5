package io.autorecharge.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.param.PaymentIntentListParams;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds an attempt in Stripe's list of a customer's PaymentIntents. It does not use the Search API, which may return stale data
 * (https://docs.stripe.com/search#data-freshness).
 */
final class PaymentIntentSearch {
    private static final Logger log = LoggerFactory.getLogger(PaymentIntentSearch.class);

    /** How far the clock that recorded the first send may have been ahead of Stripe's. The list is one customer's, so it stays short. */
    static final Duration SKEW = Duration.ofDays(2);

    /** Which outcome counts if an attempt has several intents: captured money first, then doubt, then a decline. */
    private static final List<Class<? extends Outcome>> PRECEDENCE = List.of(
            Outcome.Paid.class,
            Outcome.Processing.class,
            Outcome.Unknown.class,
            Outcome.NotSubmitted.class,
            Outcome.ActionRequired.class,
            Outcome.Declined.class);

    private final StripeClient client;
    private final PaymentIntents intents;

    PaymentIntentSearch(StripeClient client, PaymentIntents intents) {
        this.client = client;
        this.intents = intents;
    }

    LookUp lookUp(ChargeRequest request) {
        try {
            List<PaymentIntent> found = find(request);
            return found.isEmpty() ? new LookUp.Absent() : new LookUp.Found(together(found, request));
        } catch (StripeException | RuntimeException e) {
            StripeFailure failure = StripeFailure.of(e);
            log.warn("attempt={} could not be looked up: {}", request.attempt(), failure.detail());
            return new LookUp.Failed(failure.kind() == StripeFailure.Kind.CONFIGURATION, failure.detail());
        }
    }

    private List<PaymentIntent> find(ChargeRequest request) throws StripeException {
        return StripeLists.all(
                last -> client.v1().paymentIntents().list(params(request, last)),
                intent -> Metadata.belongsTo(intent.getMetadata(), request));
    }

    private static PaymentIntentListParams params(ChargeRequest request, @Nullable String after) {
        PaymentIntentListParams.Builder params = PaymentIntentListParams.builder()
                .setCustomer(request.customerId())
                .setCreated(PaymentIntentListParams.Created.builder()
                        .setGte(request.firstSentAt().minus(SKEW).getEpochSecond())
                        .build())
                .setLimit(StripeLists.SIZE)
                .addExpand("data.latest_charge");
        return after == null ? params.build() : params.setStartingAfter(after).build();
    }

    private Outcome together(List<PaymentIntent> found, ChargeRequest request) {
        PaymentIntents.Expected expected =
                new PaymentIntents.Expected(request.attempt().value(), request.customerId(), request.installation());
        List<Outcome> outcomes =
                found.stream().map(it -> intents.settle(it, expected)).toList();
        if (outcomes.stream().filter(Outcome.Paid.class::isInstance).count() > 1) {
            log.error("attempt={} was captured more than once; refund all but one: {}", request.attempt(), outcomes);
        }
        return outcomes.stream()
                .min(Comparator.comparingInt(PaymentIntentSearch::rank))
                .orElseThrow();
    }

    private static int rank(Outcome outcome) {
        return PRECEDENCE.indexOf(outcome.getClass());
    }
}

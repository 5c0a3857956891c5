package io.autorecharge.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.HasId;
import com.stripe.model.PaymentIntent;
import com.stripe.model.checkout.Session;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.checkout.SessionListParams;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.PaymentHistory;
import io.autorecharge.gateway.RechargeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads all of an account's PaymentIntents and checkout Sessions since a time, from Stripe's lists, which show what was written, unlike the
 * Search API (https://docs.stripe.com/search#data-freshness), and recognises ours by their metadata.
 */
final class StripePaymentHistory {
    /** A million objects: beyond what is restored from a backup, and still an end. */
    private static final int MOST_PAGES = 10_000;

    private final StripeClient client;
    private final boolean live;

    StripePaymentHistory(StripeClient client, boolean live) {
        this.client = client;
        this.live = live;
    }

    PaymentHistory since(Instant from) throws StripeException {
        Reading reading = new Reading(live);
        StripeLists.all(last -> client.v1().paymentIntents().list(intents(from, last)), reading::takes, MOST_PAGES);
        StripeLists.all(
                last -> client.v1().checkout().sessions().list(sessions(from, last)), reading::takes, MOST_PAGES);
        return new PaymentHistory(reading.charges, reading.pages, reading.unreadable, reading.others);
    }

    private static PaymentIntentListParams intents(Instant from, @Nullable String after) {
        PaymentIntentListParams.Builder params = PaymentIntentListParams.builder()
                .setCreated(PaymentIntentListParams.Created.builder()
                        .setGte(from.getEpochSecond())
                        .build())
                .setLimit(StripeLists.SIZE)
                .addExpand("data.latest_charge");
        return after == null ? params.build() : params.setStartingAfter(after).build();
    }

    private static SessionListParams sessions(Instant from, @Nullable String after) {
        SessionListParams.Builder params = SessionListParams.builder()
                .setCreated(SessionListParams.Created.builder()
                        .setGte(from.getEpochSecond())
                        .build())
                .setLimit(StripeLists.SIZE);
        return after == null ? params.build() : params.setStartingAfter(after).build();
    }

    /** Takes object after object and keeps what is ours: a business may have far more that is not. */
    private static final class Reading {
        private final boolean live;
        private final List<PaymentHistory.Charge> charges = new ArrayList<>();
        private final List<PaymentHistory.Session> pages = new ArrayList<>();
        private final List<String> unreadable = new ArrayList<>();
        private int others;

        private Reading(boolean live) {
            this.live = live;
        }

        /** @return false, so that nothing is kept twice */
        boolean takes(PaymentIntent intent) {
            Map<String, String> metadata = intent.getMetadata();
            if (!Objects.equals(intent.getLivemode(), live) || Metadata.isOthers(metadata)) {
                others++;
            } else if (!metadata.containsKey(Metadata.CHECKOUT)) {
                // What a page was paid with is told by its session.
                read(intent, charges, charge(intent));
            }
            return false;
        }

        boolean takes(Session session) {
            if (!Objects.equals(session.getLivemode(), live) || Metadata.isOthers(session.getMetadata())) {
                others++;
            } else {
                read(session, pages, page(session));
            }
            return false;
        }

        private <T> void read(HasId object, List<T> kept, Optional<T> read) {
            if (read.isPresent()) {
                kept.add(read.get());
            } else {
                unreadable.add(String.valueOf(object.getId()));
            }
        }
    }

    private static Optional<PaymentHistory.Charge> charge(PaymentIntent intent) {
        Map<String, String> metadata = intent.getMetadata();
        Optional<AccountId> account = Metadata.account(metadata);
        Optional<RechargeId> recharge = Metadata.recharge(metadata);
        Optional<AttemptId> attempt = Metadata.attempt(metadata);
        if (account.isEmpty() || recharge.isEmpty() || attempt.isEmpty()) {
            return Optional.empty();
        }
        Charge charge = intent.getLatestChargeObject();
        String method = intent.getPaymentMethod();
        try {
            return Optional.of(new PaymentHistory.Charge(
                    account.get(),
                    recharge.get(),
                    attempt.get(),
                    intent.getId(),
                    intent.getCustomer(),
                    method == null && charge != null ? charge.getPaymentMethod() : method,
                    fingerprint(charge),
                    StripeCurrency.fromStripe(intent.getAmount(), intent.getCurrency()),
                    "succeeded".equals(intent.getStatus()),
                    Instant.ofEpochSecond(intent.getCreated()),
                    Metadata.chargeTerms(metadata).orElse(null)));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String fingerprint(@Nullable Charge charge) {
        Charge.PaymentMethodDetails details = charge == null ? null : charge.getPaymentMethodDetails();
        return details == null || details.getCard() == null
                ? null
                : details.getCard().getFingerprint();
    }

    private static Optional<PaymentHistory.Session> page(Session session) {
        Map<String, String> metadata = session.getMetadata();
        Optional<AccountId> account = Metadata.account(metadata);
        Optional<CheckoutId> checkout = Metadata.checkout(metadata);
        if (account.isEmpty() || checkout.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PaymentHistory.Session(
                    account.get(),
                    checkout.get(),
                    session.getId(),
                    session.getCustomer(),
                    StripeCurrency.fromStripe(session.getAmountTotal(), session.getCurrency()),
                    "paid".equals(session.getPaymentStatus()),
                    Instant.ofEpochSecond(session.getCreated()),
                    Metadata.pageTerms(metadata).orElse(null)));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }
}

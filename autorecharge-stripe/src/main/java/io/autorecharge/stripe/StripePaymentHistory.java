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
 * Reads all PaymentIntents and Checkout Sessions of the Stripe account since a time, and recognizes the library's by their metadata. It
 * reads Stripe's lists, because the Search API may return stale data (https://docs.stripe.com/search#data-freshness).
 */
final class StripePaymentHistory {
    /** A million objects: more than any restore needs; bounds the loop. */
    private static final int MAX_PAGES = 10_000;

    private final StripeClient client;
    private final boolean live;

    StripePaymentHistory(StripeClient client, boolean live) {
        this.client = client;
        this.live = live;
    }

    PaymentHistory since(Instant from) throws StripeException {
        Collector collector = new Collector(live);
        StripeLists.all(last -> client.v1().paymentIntents().list(intents(from, last)), collector::add, MAX_PAGES);
        StripeLists.all(
                last -> client.v1().checkout().sessions().list(sessions(from, last)), collector::add, MAX_PAGES);
        return new PaymentHistory(collector.charges, collector.sessions, collector.unreadable, collector.others);
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

    /** Receives one object after the other and keeps only the library's, because a business may have many others. */
    private static final class Collector {
        private final boolean live;
        private final List<PaymentHistory.Charge> charges = new ArrayList<>();
        private final List<PaymentHistory.Session> sessions = new ArrayList<>();
        private final List<String> unreadable = new ArrayList<>();
        private int others;

        private Collector(boolean live) {
            this.live = live;
        }

        /** @return false, so that the list does not keep the object as well */
        boolean add(PaymentIntent intent) {
            Map<String, String> metadata = intent.getMetadata();
            if (!Objects.equals(intent.getLivemode(), live) || Metadata.isOthers(metadata)) {
                others++;
            } else if (!metadata.containsKey(Metadata.CHECKOUT)) {
                // The payment of a checkout session is reported by the session.
                read(intent, charges, charge(intent));
            }
            return false;
        }

        boolean add(Session session) {
            if (!Objects.equals(session.getLivemode(), live) || Metadata.isOthers(session.getMetadata())) {
                others++;
            } else {
                read(session, sessions, session(session));
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
        Optional<Integer> number = Metadata.number(metadata);
        if (account.isEmpty() || recharge.isEmpty() || attempt.isEmpty() || number.isEmpty()) {
            return Optional.empty();
        }
        Charge charge = intent.getLatestChargeObject();
        try {
            return Optional.of(new PaymentHistory.Charge(
                    account.get(),
                    recharge.get(),
                    attempt.get(),
                    number.get(),
                    intent.getId(),
                    intent.getCustomer(),
                    method(intent, charge),
                    fingerprint(charge),
                    StripeCurrency.fromStripe(intent.getAmount(), intent.getCurrency()),
                    "succeeded".equals(intent.getStatus()),
                    Instant.ofEpochSecond(intent.getCreated()),
                    Metadata.chargeTerms(metadata).orElse(null),
                    Metadata.installation(metadata)));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    /** A cancelled intent may have lost its payment method; its failed charge and its metadata still name it. */
    private static @Nullable String method(PaymentIntent intent, @Nullable Charge charge) {
        String method = intent.getPaymentMethod();
        if (method == null && charge != null) {
            method = charge.getPaymentMethod();
        }
        return method == null ? Metadata.method(intent.getMetadata()) : method;
    }

    static @Nullable String fingerprint(@Nullable Charge charge) {
        Charge.PaymentMethodDetails details = charge == null ? null : charge.getPaymentMethodDetails();
        return details == null || details.getCard() == null
                ? null
                : details.getCard().getFingerprint();
    }

    private static Optional<PaymentHistory.Session> session(Session session) {
        Map<String, String> metadata = session.getMetadata();
        Optional<AccountId> account = Metadata.account(metadata);
        Optional<CheckoutId> checkout = Metadata.checkout(metadata);
        if (account.isEmpty() || checkout.isEmpty()) {
            return Optional.empty();
        }
        boolean setup = SetupOutcome.isSetup(session);
        try {
            return Optional.of(new PaymentHistory.Session(
                    account.get(),
                    checkout.get(),
                    session.getId(),
                    session.getCustomer(),
                    StripeCurrency.fromStripe(
                            setup ? Long.valueOf(0) : session.getAmountTotal(), session.getCurrency()),
                    setup ? "complete".equals(session.getStatus()) : "paid".equals(session.getPaymentStatus()),
                    Instant.ofEpochSecond(session.getCreated()),
                    Metadata.checkoutTerms(metadata).orElse(null),
                    Metadata.installation(metadata)));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }
}

package io.autorecharge.stripe.simulator;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A checkout session: its terms, which never change, and its progress. */
record CheckoutSession(Terms terms, Progress progress) {

    enum Status {
        OPEN,
        COMPLETE,
        EXPIRED
    }

    record LineItem(String id, String name, @Nullable String description, long unitAmount, long quantity) {
        long total() {
            return Math.multiplyExact(unitAmount, quantity);
        }
    }

    /** The parameters of the PaymentIntent that the session will create. */
    record IntentData(
            @Nullable String setupFutureUsage,
            @Nullable String description,
            @Nullable String receiptEmail,
            @Nullable String statementDescriptorSuffix,
            Map<String, String> metadata) {}

    /** @param setupIntent in setup mode; otherwise null, and the PaymentIntent is created when the customer pays */
    record Terms(
            String id,
            long created,
            long expiresAt,
            String currency,
            List<LineItem> items,
            @Nullable String customer,
            @Nullable String customerCreation,
            @Nullable String customerEmail,
            @Nullable String clientReferenceId,
            String successUrl,
            @Nullable String cancelUrl,
            IntentData intentData,
            Map<String, String> metadata,
            Wishes wishes,
            List<String> types,
            @Nullable String setupIntent) {

        long total() {
            return items.stream().mapToLong(LineItem::total).sum();
        }
    }

    /** Settings that are returned unchanged; only the terms of service have an effect. */
    record Wishes(
            @Nullable String paymentMethodSave,
            @Nullable String termsOfService,
            @Nullable String promotions,
            @Nullable String reuseAgreementPosition,
            @Nullable String submitType,
            @Nullable String locale,
            @Nullable String submitText) {}

    record Progress(
            Status status,
            boolean paid,
            @Nullable String customer,
            @Nullable String paymentIntent,
            @Nullable String email,
            boolean termsAccepted) {}

    static CheckoutSession open(Terms terms) {
        return new CheckoutSession(
                terms, new Progress(Status.OPEN, false, terms.customer(), null, terms.customerEmail(), false));
    }

    String id() {
        return terms.id();
    }

    boolean isOpen() {
        return progress.status() == Status.OPEN;
    }

    CheckoutSession withCustomer(@Nullable String customer, @Nullable String email, boolean termsAccepted) {
        return new CheckoutSession(
                terms,
                new Progress(
                        progress.status(), progress.paid(), customer, progress.paymentIntent(), email, termsAccepted));
    }

    CheckoutSession withIntent(String intent) {
        return with(progress.status(), progress.paid(), intent);
    }

    CheckoutSession completed(boolean paid) {
        return with(Status.COMPLETE, paid, progress.paymentIntent());
    }

    CheckoutSession expired() {
        return with(Status.EXPIRED, false, progress.paymentIntent());
    }

    private CheckoutSession with(Status status, boolean paid, @Nullable String intent) {
        return new CheckoutSession(
                terms,
                new Progress(status, paid, progress.customer(), intent, progress.email(), progress.termsAccepted()));
    }
}

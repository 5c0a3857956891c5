package io.autorecharge.stripe.simulator;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A payment intent: its terms, of which only the description and the metadata change, and its progress. Immutable, so that events keep the object as it was. */
record PaymentIntent(Terms terms, Progress progress) {

    enum Status {
        REQUIRES_PAYMENT_METHOD,
        REQUIRES_CONFIRMATION,
        REQUIRES_ACTION,
        PROCESSING,
        SUCCEEDED,
        CANCELED;

        String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** @param allowRedirects "always" or "never"; null when automatic payment methods are off */
    record Terms(
            String id,
            long created,
            long amount,
            String currency,
            @Nullable String customer,
            @Nullable String description,
            @Nullable String receiptEmail,
            @Nullable String statementDescriptorSuffix,
            @Nullable String setupFutureUsage,
            @Nullable String allowRedirects,
            Map<String, String> metadata,
            String clientSecret) {

        /** The metadata is added to what there is; an omitted description stays. */
        Terms with(Params params) {
            Map<String, String> merged = new HashMap<>(metadata);
            merged.putAll(params.metadata("metadata"));
            String described = params.text("description");
            return new Terms(
                    id,
                    created,
                    amount,
                    currency,
                    customer,
                    described == null ? description : described,
                    receiptEmail,
                    statementDescriptorSuffix,
                    setupFutureUsage,
                    allowRedirects,
                    Map.copyOf(merged),
                    clientSecret);
        }
    }

    record Progress(
            Status status,
            @Nullable String paymentMethod,
            @Nullable String latestCharge,
            long received,
            @Nullable Failure failure,
            @Nullable String returnUrl,
            @Nullable Long canceledAt,
            @Nullable String cancellationReason) {

        static Progress start(@Nullable String paymentMethod) {
            Status status = paymentMethod == null ? Status.REQUIRES_PAYMENT_METHOD : Status.REQUIRES_CONFIRMATION;
            return new Progress(status, paymentMethod, null, 0, null, null, null, null);
        }
    }

    /** The last failure, with the payment method as it was then. */
    record Failure(Decline decline, @Nullable String charge, PaymentMethod method) {}

    String id() {
        return terms.id();
    }

    Status status() {
        return progress.status();
    }

    /** An update for any reason erases the last failure, as documented for {@code last_payment_error}. */
    PaymentIntent updated(Params params) {
        Progress erased = new Progress(
                status(),
                progress.paymentMethod(),
                progress.latestCharge(),
                progress.received(),
                null,
                progress.returnUrl(),
                progress.canceledAt(),
                progress.cancellationReason());
        return new PaymentIntent(terms.with(params), erased);
    }

    PaymentIntent confirmedWith(String paymentMethod) {
        return with(new Progress(
                status(), paymentMethod, progress.latestCharge(), 0, null, progress.returnUrl(), null, null));
    }

    PaymentIntent succeeded(String charge) {
        return with(new Progress(
                Status.SUCCEEDED,
                progress.paymentMethod(),
                charge,
                terms.amount(),
                null,
                progress.returnUrl(),
                null,
                null));
    }

    PaymentIntent processing(String charge) {
        return with(new Progress(
                Status.PROCESSING, progress.paymentMethod(), charge, 0, null, progress.returnUrl(), null, null));
    }

    PaymentIntent requiresAction(@Nullable String returnUrl) {
        return with(new Progress(
                Status.REQUIRES_ACTION,
                progress.paymentMethod(),
                progress.latestCharge(),
                0,
                null,
                returnUrl,
                null,
                null));
    }

    /** After a failed payment the intent has no payment method; only the failure has it. */
    PaymentIntent failed(Failure failure) {
        String charge = failure.charge() == null ? progress.latestCharge() : failure.charge();
        return with(new Progress(
                Status.REQUIRES_PAYMENT_METHOD, null, charge, 0, failure, progress.returnUrl(), null, null));
    }

    PaymentIntent canceled(long at, @Nullable String reason) {
        return with(new Progress(
                Status.CANCELED, progress.paymentMethod(), progress.latestCharge(), 0, null, null, at, reason));
    }

    private PaymentIntent with(Progress next) {
        return new PaymentIntent(terms, next);
    }
}

package io.autorecharge.stripe.simulator;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A SetupIntent, which saves a payment method: its terms, which never change, and its progress. Immutable. */
record SetupIntent(Terms terms, Progress progress) {

    enum Status {
        REQUIRES_PAYMENT_METHOD,
        REQUIRES_CONFIRMATION,
        REQUIRES_ACTION,
        SUCCEEDED,
        CANCELED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param usage "off_session" or "on_session"
     * @param allowRedirects "always" or "never"; null when automatic payment methods are off
     */
    record Terms(
            String id,
            long created,
            String usage,
            @Nullable String description,
            @Nullable String allowRedirects,
            List<String> types,
            Map<String, String> metadata,
            String clientSecret) {}

    /** @param microdeposits whether it waits for days until a bank account is verified, and not for the customer at a page */
    record Progress(
            Status status,
            @Nullable String customer,
            @Nullable String paymentMethod,
            @Nullable String latestAttempt,
            @Nullable String mandate,
            @Nullable Failure failure,
            @Nullable String returnUrl,
            @Nullable String cancellationReason,
            boolean microdeposits) {}

    /** The last failure, with the payment method as it was then. */
    record Failure(Decline decline, PaymentMethod method) {}

    static SetupIntent of(Terms terms, @Nullable String customer, @Nullable String method) {
        Status status = method == null ? Status.REQUIRES_PAYMENT_METHOD : Status.REQUIRES_CONFIRMATION;
        return new SetupIntent(terms, new Progress(status, customer, method, null, null, null, null, null, false));
    }

    String id() {
        return terms.id();
    }

    Status status() {
        return progress.status();
    }

    SetupIntent ofCustomer(@Nullable String customer) {
        return new SetupIntent(
                terms,
                new Progress(
                        progress.status(),
                        customer,
                        progress.paymentMethod(),
                        progress.latestAttempt(),
                        progress.mandate(),
                        progress.failure(),
                        progress.returnUrl(),
                        progress.cancellationReason(),
                        progress.microdeposits()));
    }

    SetupIntent requiresAction(SetupAttempt attempt, @Nullable String returnUrl) {
        return new SetupIntent(
                terms,
                new Progress(
                        Status.REQUIRES_ACTION,
                        progress.customer(),
                        attempt.method().id(),
                        attempt.id(),
                        null,
                        null,
                        returnUrl,
                        null,
                        attempt.method().instrument() instanceof Instrument.UsBankAccount));
    }

    /** Whether its bank account is still to be verified by small deposits. */
    boolean isUnverified() {
        return status() == Status.REQUIRES_ACTION && progress.microdeposits();
    }

    SetupIntent succeeded(SetupAttempt attempt, @Nullable String mandate) {
        return with(Status.SUCCEEDED, attempt.method().id(), attempt.id(), mandate, null, progress.returnUrl(), null);
    }

    /** After a failure the intent has no payment method; only the failure has it. */
    SetupIntent failed(SetupAttempt attempt, Failure failure) {
        return with(Status.REQUIRES_PAYMENT_METHOD, null, attempt.id(), null, failure, progress.returnUrl(), null);
    }

    SetupIntent canceled(@Nullable String reason) {
        return with(Status.CANCELED, progress.paymentMethod(), progress.latestAttempt(), null, null, null, reason);
    }

    private SetupIntent with(
            Status status,
            @Nullable String method,
            @Nullable String attempt,
            @Nullable String mandate,
            @Nullable Failure failure,
            @Nullable String returnUrl,
            @Nullable String reason) {
        return new SetupIntent(
                terms,
                new Progress(status, progress.customer(), method, attempt, mandate, failure, returnUrl, reason, false));
    }
}

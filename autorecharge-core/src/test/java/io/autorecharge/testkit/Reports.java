package io.autorecharge.testkit;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.CheckoutRequest;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.PaymentReversals;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.RechargeWithAttempt;
import java.util.Optional;

/** Reports as the provider sends them: about the customer that an attempt or checkout was created for. Stateless. */
public final class Reports {
    private Reports() {}

    /** The outcome of a charge, identified by the request that was sent for it. */
    public static ProviderReport charge(ChargeRequest request, Outcome outcome) {
        return new ProviderReport.Charge(
                request.account(), request.attempt(), request.customerId(), outcome, request.installation(), null);
    }

    /**
     * The outcome of an attempt, with the customer that the library recorded for it; {@code cus_unknown} if it knows no such attempt.
     */
    public static ProviderReport charge(AutoRecharge library, AccountId account, AttemptId attempt, Outcome outcome) {
        Optional<Attempt> known = library.recharges(account, 1000).stream()
                .map(RechargeWithAttempt::recharge)
                .flatMap(it -> library.attempts(account, it.id()).stream())
                .filter(it -> it.id().equals(attempt))
                .findFirst();
        return new ProviderReport.Charge(
                account,
                attempt,
                known.map(Attempt::customerId).orElse("cus_unknown"),
                outcome,
                known.map(Attempt::installation).orElse(library.installation()),
                null);
    }

    /** The outcome of a checkout, identified by the request that created its session. */
    public static ProviderReport checkout(CheckoutRequest request, String sessionId, CheckoutOutcome outcome) {
        return new ProviderReport.Checkout(
                request.account(),
                request.checkout(),
                sessionId,
                request.customerId(),
                outcome,
                request.installation(),
                null);
    }

    /** The refunds and disputes of a payment. */
    public static ProviderReport reversal(AutoRecharge library, AccountId account, PaymentReversals reversals) {
        return new ProviderReport.Reversal(
                account, reversals, ProviderReport.Origin.UNKNOWN, library.installation(), null);
    }
}

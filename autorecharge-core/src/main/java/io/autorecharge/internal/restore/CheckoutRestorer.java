package io.autorecharge.internal.restore;

import io.autorecharge.account.Consent;
import io.autorecharge.gateway.CheckoutGateway;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.CheckoutTerms;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.PaymentHistory.Session;
import io.autorecharge.internal.account.AccountTransactions;
import io.autorecharge.internal.account.PurchaseBooking;
import io.autorecharge.internal.account.Step;
import io.autorecharge.internal.checkout.CheckoutSettlement;
import io.autorecharge.internal.pacing.RateLimiter;
import io.autorecharge.internal.pacing.RetryDelays;
import io.autorecharge.report.Reconciliation.Reason;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.CheckoutOffer;
import io.autorecharge.store.CheckoutProgress;
import io.autorecharge.store.CheckoutState;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restores checkouts from the provider's payment history in a database that may lack them, as {@link ChargeRestorer} restores charges.
 */
public final class CheckoutRestorer {
    private static final Logger log = LoggerFactory.getLogger(CheckoutRestorer.class);

    private final AccountTransactions transactions;
    private final CheckoutGateway gateway;
    private final CheckoutSettlement settlement;
    private final RateLimiter rateLimiter;

    public CheckoutRestorer(
            AccountTransactions transactions,
            CheckoutGateway gateway,
            CheckoutSettlement settlement,
            RateLimiter rateLimiter) {
        this.transactions = transactions;
        this.gateway = gateway;
        this.settlement = settlement;
        this.rateLimiter = rateLimiter;
    }

    Finding restore(Session session) {
        Optional<Checkout> known =
                transactions.read(session.account(), step -> step.tx().checkout(session.checkout()));
        boolean ended = known.filter(it -> it.state() == CheckoutState.PAID
                        || it.state() == CheckoutState.SAVED
                        || (it.state() == CheckoutState.CLOSED && !session.paid()))
                .isPresent();
        if (ended) {
            return Finding.KNOWN;
        }
        try {
            rateLimiter.acquire();
            return settle(session, gateway.lookUp(session.sessionId()));
        } catch (GatewayException e) {
            return Finding.concern(session, Reason.NOT_ANSWERED, String.valueOf(e.getMessage()));
        }
    }

    private Finding settle(Session session, CheckoutOutcome outcome) {
        return transactions.settle(session.account(), step -> {
            Optional<Checkout> known = step.tx().checkout(session.checkout());
            if (known.isEmpty() && outcome instanceof CheckoutOutcome.Closed) {
                return Finding.UNPAID;
            }
            Finding objection = known.isPresent()
                    ? ofKnown(step, known.get(), session, outcome)
                    : objection(step, session, outcome);
            if (objection != null) {
                return objection;
            }
            Checkout checkout =
                    known.orElseGet(() -> lost(session, outcome, step.now())).at(session.sessionId());
            step.tx().save(checkout);
            if (step.canChangeAccount() && step.account().customerId() == null && session.customerId() != null) {
                step.tx().saveCustomer(session.customerId());
            }
            settlement.apply(step, checkout, outcome);
            return finding(step, session, step.tx().checkout(session.checkout()).orElse(checkout));
        });
    }

    /** The known session is trusted; another session with the same checkout id only when it belongs to the account's customer. */
    private static @Nullable Finding ofKnown(Step step, Checkout known, Session session, CheckoutOutcome outcome) {
        return session.sessionId().equals(known.sessionId()) ? null : ofOthers(step, session, outcome);
    }

    /** Why a session that is not known here cannot be restored; null when it can. */
    private static @Nullable Finding objection(Step step, Session session, CheckoutOutcome outcome) {
        CheckoutTerms terms = session.terms();
        if (terms == null) {
            return Finding.concern(session, Reason.TERMS_UNKNOWN, CheckoutSettlement.describe(outcome));
        }
        if (terms.recovers() != null && step.tx().rechargeOf(terms.recovers()).isEmpty()) {
            return Finding.concern(
                    session,
                    Reason.TERMS_UNKNOWN,
                    "pays attempt " + terms.recovers() + ": " + CheckoutSettlement.describe(outcome));
        }
        return ofOthers(step, session, outcome);
    }

    private static @Nullable Finding ofOthers(Step step, Session session, CheckoutOutcome outcome) {
        String owner = step.account().customerId();
        return owner == null || owner.equals(session.customerId())
                ? null
                : Finding.concern(
                        session,
                        Reason.OTHER_CUSTOMER,
                        "customer=" + session.customerId() + ", the account's is " + owner + "; "
                                + CheckoutSettlement.describe(outcome));
    }

    private static Checkout lost(Session session, CheckoutOutcome outcome, Instant now) {
        log.warn(
                "account={} checkout={} session={} was not known here and is restored: {}",
                session.account(),
                session.checkout(),
                session.sessionId(),
                CheckoutSettlement.describe(outcome));
        CheckoutTerms terms = Objects.requireNonNull(session.terms(), "terms");
        CheckoutOffer offer = new CheckoutOffer(
                session.account(),
                session.checkout(),
                terms.credits(),
                session.price(),
                terms.enable(),
                terms.consentVersion() == null
                        ? null
                        : new Consent(terms.consentVersion(), session.at(), session.price(), Consent.Source.CHECKOUT),
                session.at(),
                terms.recovers(),
                session.installation(),
                terms.saves());
        return new Checkout(offer, CheckoutProgress.offered(now.plus(RetryDelays.ofCheckout(0))));
    }

    private static Finding finding(Step step, Session session, Checkout after) {
        String charge = after.providerReference();
        String refusal = charge == null ? null : PurchaseBooking.refusal(step, charge);
        if (after.state() == CheckoutState.PAID && refusal != null) {
            return Finding.concern(session, Reason.DOES_NOT_FIT, refusal);
        }
        if (after.state() == CheckoutState.CLOSED && session.paid()) {
            return Finding.concern(session, Reason.CAPTURE_DIFFERS, "offered for " + after.price());
        }
        return switch (after.state()) {
            case PAID -> Finding.GRANTED;
            // No payment: nothing was granted.
            case SAVED -> Finding.UNPAID;
            case OPEN -> Finding.OPEN;
            case CLOSED -> Finding.UNPAID;
        };
    }
}

package io.autorecharge.internal.restore;

import io.autorecharge.account.Consent;
import io.autorecharge.gateway.CheckoutGateway;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.CheckoutTerms;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.PaymentHistory.Session;
import io.autorecharge.internal.account.AccountTransactions;
import io.autorecharge.internal.account.StandingReader;
import io.autorecharge.internal.checkout.CheckoutSettlement;
import io.autorecharge.internal.pacing.RateLimiter;
import io.autorecharge.internal.pacing.RetryDelays;
import io.autorecharge.report.Reconciliation.Reason;
import io.autorecharge.store.AccountTransaction;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.CheckoutState;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings pages that the provider's books tell of into a database that may have forgotten them, as {@link ChargeRestorer} does charges. */
public final class CheckoutRestorer {
    private static final Logger log = LoggerFactory.getLogger(CheckoutRestorer.class);

    private final AccountTransactions transactions;
    private final StandingReader standings;
    private final CheckoutGateway gateway;
    private final CheckoutSettlement purchases;
    private final RateLimiter throttle;

    public CheckoutRestorer(
            AccountTransactions transactions,
            StandingReader standings,
            CheckoutGateway gateway,
            CheckoutSettlement purchases,
            RateLimiter throttle) {
        this.transactions = transactions;
        this.standings = standings;
        this.gateway = gateway;
        this.purchases = purchases;
        this.throttle = throttle;
    }

    Finding restore(Session page) {
        Optional<Checkout> known = transactions.run(page.account(), (tx, now, events) -> tx.checkout(page.checkout()));
        boolean ended = known.filter(
                        it -> it.state() == CheckoutState.PAID || (it.state() == CheckoutState.CLOSED && !page.paid()))
                .isPresent();
        if (ended) {
            return Finding.KNOWN;
        }
        try {
            throttle.acquire();
            return settle(page, gateway.lookUp(page.sessionId()));
        } catch (GatewayException e) {
            return Finding.concern(page, Reason.NOT_ANSWERED, String.valueOf(e.getMessage()));
        }
    }

    private Finding settle(Session page, CheckoutOutcome outcome) {
        return transactions.run(page.account(), (tx, now, events) -> {
            Optional<Checkout> known = tx.checkout(page.checkout());
            if (known.isEmpty() && outcome instanceof CheckoutOutcome.Closed) {
                return Finding.UNPAID;
            }
            Finding objection =
                    known.isPresent() ? ofKnown(tx, known.get(), page, outcome) : objection(tx, page, outcome);
            if (objection != null) {
                return objection;
            }
            Checkout checkout =
                    known.orElseGet(() -> forgotten(page, outcome, now)).at(page.sessionId());
            tx.save(checkout);
            if (tx.account().customerId() == null && page.customerId() != null) {
                tx.saveCustomer(page.customerId());
            }
            purchases.apply(tx, checkout, outcome, now, events);
            standings.schedule(tx, now);
            return finding(page, tx.checkout(page.checkout()).orElse(checkout));
        });
    }

    /** The page that is known is believed; another one with its id only when it is the account's customer's. */
    private static @Nullable Finding ofKnown(
            AccountTransaction tx, Checkout known, Session page, CheckoutOutcome outcome) {
        return page.sessionId().equals(known.sessionId()) ? null : ofOthers(tx, page, outcome);
    }

    /** Why a page that is not known here cannot be written down; null when it can. */
    private static @Nullable Finding objection(AccountTransaction tx, Session page, CheckoutOutcome outcome) {
        CheckoutTerms terms = page.terms();
        if (terms == null) {
            return Finding.concern(page, Reason.TERMS_UNKNOWN, told(outcome));
        }
        if (terms.recovers() != null && tx.rechargeOf(terms.recovers()).isEmpty()) {
            return Finding.concern(
                    page, Reason.TERMS_UNKNOWN, "pays attempt " + terms.recovers() + ": " + told(outcome));
        }
        return ofOthers(tx, page, outcome);
    }

    private static @Nullable Finding ofOthers(AccountTransaction tx, Session page, CheckoutOutcome outcome) {
        String owner = tx.account().customerId();
        return owner == null || owner.equals(page.customerId())
                ? null
                : Finding.concern(
                        page,
                        Reason.OTHER_CUSTOMER,
                        "customer=" + page.customerId() + ", the account's is " + owner + "; " + told(outcome));
    }

    private static Checkout forgotten(Session page, CheckoutOutcome outcome, Instant now) {
        log.warn(
                "account={} checkout={} session={} was not known here and is written down: {}",
                page.account(),
                page.checkout(),
                page.sessionId(),
                told(outcome));
        CheckoutTerms terms = Objects.requireNonNull(page.terms(), "terms");
        return new Checkout(
                page.account(),
                page.checkout(),
                page.sessionId(),
                terms.credits(),
                page.price(),
                terms.enable(),
                terms.consentVersion() == null ? null : new Consent(terms.consentVersion(), page.at()),
                CheckoutState.OPEN,
                page.at(),
                now.plus(RetryDelays.ofCheckout(0)),
                0,
                null,
                terms.recovers());
    }

    /** Without the saved method, which is nobody's to read in a log. */
    private static String told(CheckoutOutcome outcome) {
        return outcome instanceof CheckoutOutcome.Paid paid
                ? "paid " + paid.amount() + " as " + paid.providerReference()
                : outcome.toString();
    }

    private static Finding finding(Session page, Checkout after) {
        if (after.state() == CheckoutState.CLOSED && page.paid()) {
            return Finding.concern(page, Reason.CAPTURE_DIFFERS, "offered for " + after.price());
        }
        return switch (after.state()) {
            case PAID -> Finding.GRANTED;
            case OPEN -> Finding.OPEN;
            case CLOSED -> Finding.UNPAID;
        };
    }
}

package io.autorecharge.internal.checkout;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.account.Settings;
import io.autorecharge.credit.Credits;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.internal.account.LedgerPostings;
import io.autorecharge.internal.account.Suspensions;
import io.autorecharge.internal.charge.CaptureSettlement;
import io.autorecharge.internal.reversal.ReversalSettlement;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.store.AccountTransaction;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.CheckoutState;
import io.autorecharge.store.Posting;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeWithAttempt;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settles a purchase on the provider's page: grants once, saves the method, and switches auto-recharge on where that was agreed. */
public final class CheckoutSettlement {
    private static final Logger log = LoggerFactory.getLogger(CheckoutSettlement.class);

    private final RechargePolicy policy;
    private final ReversalSettlement takeBacks;

    public CheckoutSettlement(RechargePolicy policy, ReversalSettlement takeBacks) {
        this.policy = policy;
        this.takeBacks = takeBacks;
    }

    public void apply(
            AccountTransaction tx,
            Checkout checkout,
            CheckoutOutcome outcome,
            Instant now,
            List<AutoRechargeEvent> events) {
        if (checkout.state() == CheckoutState.PAID) {
            afterPayment(checkout, outcome, now, events);
            return;
        }
        if (outcome instanceof CheckoutOutcome.Paid paid) {
            paid(tx, checkout, paid, now, events);
        } else if (outcome instanceof CheckoutOutcome.Closed closed && checkout.state() == CheckoutState.OPEN) {
            tx.save(checkout.in(CheckoutState.CLOSED, null));
            log.info("account={} checkout={} closed: {}", checkout.account(), checkout.id(), closed.reason());
        }
    }

    private static void afterPayment(
            Checkout checkout, CheckoutOutcome outcome, Instant now, List<AutoRechargeEvent> events) {
        if (outcome instanceof CheckoutOutcome.Closed) {
            contradicts(checkout, CheckoutState.PAID.name(), now, events);
        } else if (outcome instanceof CheckoutOutcome.Paid paid
                && !paid.providerReference().equals(checkout.providerReference())) {
            contradicts(checkout, CaptureSettlement.PAID_TWICE, now, events);
        }
    }

    private void paid(
            AccountTransaction tx,
            Checkout checkout,
            CheckoutOutcome.Paid paid,
            Instant now,
            List<AutoRechargeEvent> events) {
        if (!paid.amount().equals(checkout.price())) {
            log.error(
                    "account={} checkout={} was offered for {} but the provider reports {} captured as {}; nothing was granted",
                    checkout.account(),
                    checkout.id(),
                    checkout.price(),
                    paid.amount(),
                    paid.providerReference());
            events.add(of(
                            EventType.CAPTURE_MISMATCH,
                            checkout.account(),
                            checkout.id() + "/" + paid.providerReference(),
                            now)
                    .about(checkout.id().value())
                    .bought(
                            Credits.ZERO,
                            Credits.ZERO,
                            paid.amount(),
                            tx.account().balance())
                    .because(paid.providerReference()));
            // Asking again would bring the same answer for ever; the right amount would still be granted.
            tx.save(checkout.in(CheckoutState.CLOSED, paid.providerReference()));
            return;
        }
        if (checkout.state() == CheckoutState.CLOSED) {
            contradicts(checkout, CheckoutState.CLOSED.name(), now, events);
        }
        tx.save(checkout.in(CheckoutState.PAID, paid.providerReference()));
        if (checkout.enable() && checkout.state() == CheckoutState.OPEN) {
            enable(tx, checkout, now, events);
        }
        Bought bought = bought(tx, checkout, paid.providerReference(), now, events);
        tx.post(bought.postings(), now);
        if (paid.savedMethod() != null) {
            tx.savePaymentMethod(paid.savedMethod());
            Suspensions.paidInPerson(
                    tx, checkout.createdAt(), now, checkout.id().value(), events);
        }
        Credits balance = tx.account().balance();
        events.add(of(bought.event(), checkout.account(), checkout.id().value(), now)
                .about(bought.subject())
                .bought(bought.credits(), bought.bonus(), checkout.price(), balance));
        log.info(
                "account={} checkout={} paid {}: {} credits and {} bonus, balance {}",
                checkout.account(),
                checkout.id(),
                checkout.price(),
                bought.credits(),
                bought.bonus(),
                balance);
        takeBacks.granted(tx, paid.providerReference(), paid.amount(), now, events);
    }

    /** What a payment on the page pays for, and how that is told. */
    private record Bought(EventType event, String subject, Credits credits, Credits bonus, List<Posting> postings) {}

    private Bought bought(
            AccountTransaction tx, Checkout checkout, String charge, Instant now, List<AutoRechargeEvent> events) {
        Recharge recharge = Optional.ofNullable(checkout.recovers())
                .flatMap(tx::rechargeOf)
                .map(RechargeWithAttempt::recharge)
                .orElse(null);
        if (recharge != null && recharge.state() != RechargeState.PAID) {
            tx.save(recharge.in(RechargeState.PAID, now));
            return new Bought(
                    EventType.RECHARGE_PAID,
                    recharge.id().value(),
                    recharge.credits(),
                    recharge.bonus(),
                    LedgerPostings.ofRecharge(charge, recharge.credits(), recharge.bonus()));
        }
        if (recharge != null) {
            contradicts(checkout, CaptureSettlement.PAID_TWICE, now, events);
        }
        Credits credits = recharge == null ? Credits.of(checkout.credits()) : recharge.credits();
        Credits bonus = recharge == null ? bonusOf(tx, checkout, now) : Credits.ZERO;
        return new Bought(
                EventType.PURCHASE_PAID,
                checkout.id().value(),
                credits,
                bonus,
                LedgerPostings.ofCheckout(charge, credits, bonus));
    }

    private static void contradicts(Checkout checkout, String settled, Instant now, List<AutoRechargeEvent> events) {
        events.add(of(EventType.CONTRARY_OUTCOME, checkout.account(), checkout.id() + "/" + settled, now)
                .about(checkout.id().value())
                .because(settled));
        log.error(
                "account={} checkout={} was settled as {}, yet the provider reports the opposite",
                checkout.account(),
                checkout.id(),
                settled);
    }

    /** For a purchase that was made to enable, while that is what the user wants; once an account, so that switching off and on earns nothing. */
    private Credits bonusOf(AccountTransaction tx, Checkout checkout, Instant now) {
        boolean enabling = checkout.consent() != null && tx.account().settings().enabled();
        if (!enabling || tx.account().state().enablingBonusAt() != null) {
            return Credits.ZERO;
        }
        tx.save(tx.account().state().enablingBonusAt(now));
        return policy.packages()
                .find(checkout.credits())
                .map(policy::enablingBonus)
                .orElse(Credits.ZERO);
    }

    private static void enable(AccountTransaction tx, Checkout checkout, Instant now, List<AutoRechargeEvent> events) {
        Settings before = tx.account().settings();
        tx.save(new Settings(true, checkout.credits(), before.threshold()));
        tx.save(tx.account().state().withConsent(checkout.consent()));
        if (!before.enabled()) {
            events.add(of(EventType.ENABLED, checkout.account(), checkout.id().value(), now));
        }
    }
}

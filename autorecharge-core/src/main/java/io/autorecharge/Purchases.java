package io.autorecharge;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.credit.Credits;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.Settings;
import io.autorecharge.store.AccountTransaction;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.CheckoutState;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settles a purchase on the provider's page: grants once, saves the method, and switches auto-recharge on where that was agreed. */
final class Purchases {
    private static final Logger log = LoggerFactory.getLogger(Purchases.class);

    private final RechargePolicy policy;

    Purchases(RechargePolicy policy) {
        this.policy = policy;
    }

    void apply(
            AccountTransaction tx,
            Checkout checkout,
            CheckoutOutcome outcome,
            Instant now,
            List<AutoRechargeEvent> events) {
        if (checkout.state() == CheckoutState.PAID) {
            return;
        }
        if (outcome instanceof CheckoutOutcome.Paid paid) {
            paid(tx, checkout, paid, now, events);
        } else if (outcome instanceof CheckoutOutcome.Closed closed && checkout.state() == CheckoutState.OPEN) {
            tx.save(checkout.in(CheckoutState.CLOSED, null));
            log.info("account={} checkout={} closed: {}", checkout.account(), checkout.id(), closed.reason());
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
        Credits credits = Credits.of(checkout.credits());
        tx.save(checkout.in(CheckoutState.PAID, paid.providerReference()));
        if (checkout.enable() && checkout.state() == CheckoutState.OPEN) {
            enable(tx, checkout, now, events);
        }
        Credits bonus = bonusOf(tx, checkout, now);
        tx.post(Entries.ofCheckout(paid.providerReference(), credits, bonus), now);
        if (paid.savedMethod() != null) {
            tx.savePaymentMethod(paid.savedMethod());
            // The customer was there and paid with it: whatever stopped the account before is answered.
            Stops.resume(tx, 0, now, checkout.id().value(), events);
        }
        Credits balance = tx.account().balance();
        events.add(of(EventType.PURCHASE_PAID, checkout.account(), checkout.id().value(), now)
                .about(checkout.id().value())
                .bought(credits, bonus, checkout.price(), balance));
        log.info(
                "account={} checkout={} paid {}: {} credits and {} bonus, balance {}",
                checkout.account(),
                checkout.id(),
                checkout.price(),
                credits,
                bonus,
                balance);
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

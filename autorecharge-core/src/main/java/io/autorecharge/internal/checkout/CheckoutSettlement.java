package io.autorecharge.internal.checkout;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.account.AgreedPackage;
import io.autorecharge.account.Consent;
import io.autorecharge.account.MethodPlace;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.Credits;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.internal.account.ConsentLog;
import io.autorecharge.internal.account.LedgerPostings;
import io.autorecharge.internal.account.PurchaseBooking;
import io.autorecharge.internal.account.Recovery;
import io.autorecharge.internal.account.StandingReader;
import io.autorecharge.internal.account.Step;
import io.autorecharge.internal.account.Suspensions;
import io.autorecharge.internal.charge.CaptureSettlement;
import io.autorecharge.internal.reversal.ReversalSettlement;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.CheckoutState;
import io.autorecharge.store.OwedEntries.Bought;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeWithAttempt;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles a purchase at checkout: grants it once, saves the method, and switches auto-recharge on if the customer agreed to that.
 */
public final class CheckoutSettlement {
    private static final Logger log = LoggerFactory.getLogger(CheckoutSettlement.class);

    private final StandingReader standingReader;
    private final ReversalSettlement reversals;
    private final ConsentLog consents;

    public CheckoutSettlement(StandingReader standingReader, ReversalSettlement reversals, ConsentLog consents) {
        this.standingReader = standingReader;
        this.reversals = reversals;
        this.consents = consents;
    }

    public void apply(Step step, Checkout checkout, CheckoutOutcome outcome) {
        MethodPlace place = checkout.saves();
        if (place != null) {
            SetupSettlement.apply(step, checkout, place, outcome, consents);
            return;
        }
        if (checkout.state() == CheckoutState.PAID) {
            afterPayment(step, checkout, outcome);
            return;
        }
        if (outcome instanceof CheckoutOutcome.Paid paid) {
            paid(step, checkout, paid);
        } else if (outcome instanceof CheckoutOutcome.Closed closed && checkout.state() == CheckoutState.OPEN) {
            step.tx().save(checkout.in(CheckoutState.CLOSED, null));
            log.info("account={} checkout={} closed: {}", checkout.account(), checkout.id(), closed.reason());
        }
    }

    private static void afterPayment(Step step, Checkout checkout, CheckoutOutcome outcome) {
        if (outcome instanceof CheckoutOutcome.Closed) {
            contradicts(step, checkout, CheckoutState.PAID.name());
        } else if (outcome instanceof CheckoutOutcome.Paid paid
                && !paid.providerReference().equals(checkout.providerReference())) {
            contradicts(step, checkout, CaptureSettlement.PAID_TWICE);
        }
    }

    private void paid(Step step, Checkout checkout, CheckoutOutcome.Paid paid) {
        if (!paid.amount().equals(checkout.price())) {
            log.error(
                    "account={} checkout={} was offered for {} but the provider reports {} captured as {}; nothing was granted",
                    checkout.account(),
                    checkout.id(),
                    checkout.price(),
                    paid.amount(),
                    paid.providerReference());
            publishMismatch(step, checkout, paid);
            // Further requests would return the same answer; the right amount would still be granted.
            step.tx().save(checkout.in(CheckoutState.CLOSED, paid.providerReference()));
            return;
        }
        if (checkout.state() == CheckoutState.CLOSED) {
            contradicts(step, checkout, CheckoutState.CLOSED.name());
        }
        step.tx().save(checkout.in(CheckoutState.PAID, paid.providerReference()));
        if (checkout.enable() && checkout.state() == CheckoutState.OPEN && step.canChangeAccount()) {
            enable(step, checkout);
        }
        boolean wanted = isWanted(step, checkout);
        Purchase purchase = bought(step, checkout, wanted);
        Bought bought = purchase.entries();
        PurchaseBooking.grant(step, paid.providerReference(), paid.amount(), bought);
        boolean saved = wanted && save(step, checkout, paid.savedMethod());
        if (wanted && !saved && checkout.consent() != null) {
            notSaved(step, checkout);
        }
        if (wanted && !saved && checkout.recovers() != null) {
            Suspensions.authenticated(step, checkout.createdAt(), checkout.id().value());
        }
        Credits balance = step.account().balance();
        step.publish(of(purchase.event(), checkout.account(), checkout.id().value(), step.now())
                .about(purchase.subject())
                .bought(bought.credits(), bought.bonus(), checkout.price(), balance));
        log.info(
                "account={} checkout={} paid {}: {} credits and {} bonus, balance {}",
                checkout.account(),
                checkout.id(),
                checkout.price(),
                bought.credits(),
                bought.bonus(),
                balance);
        reversals.granted(step, paid.providerReference(), paid.amount());
    }

    /** Nothing was granted, and the checkout is unchanged. */
    static void publishMismatch(Step step, Checkout checkout, CheckoutOutcome.Paid paid) {
        CaptureSettlement.publishMismatch(step, checkout.id().value(), paid.amount(), paid.providerReference());
    }

    /**
     * Whether the user still wants what the payment is for: the recharge that it pays, or auto-recharge with the method that it saves. What
     * was bought is granted in any case.
     */
    private static boolean isWanted(Step step, Checkout checkout) {
        return checkout.recovers() == null
                ? step.account().settings().enabled()
                : step.tx()
                        .rechargeOf(checkout.recovers())
                        .filter(it ->
                                Recovery.isWanted(step.account(), step.tx().methods(), it))
                        .isPresent();
    }

    /** @return whether the method was saved */
    private boolean save(Step step, Checkout checkout, @Nullable PaymentMethod method) {
        String customer = step.account().customerId();
        if (method == null) {
            return false;
        }
        if (!step.canChangeAccount()) {
            log.error(
                    "account={} checkout={} was paid, but the account's row cannot be changed: its payment method is not saved",
                    checkout.account(),
                    checkout.id());
            return false;
        }
        if (customer != null && !customer.equals(method.customerId())) {
            // The next recharge would charge another customer's card.
            log.error(
                    "account={} checkout={} saved a payment method of customer {}, but the account's customer is {}; it is not used",
                    checkout.account(),
                    checkout.id(),
                    method.customerId(),
                    customer);
            return false;
        }
        consents.addsMethod(step, method.id());
        step.tx().savePaymentMethod(method);
        step.tx().save(step.account().state().notSaved(null));
        Suspensions.paidInPerson(step, checkout.createdAt(), checkout.id().value());
        return true;
    }

    /** A method that is saved already stays. */
    private static void notSaved(Step step, Checkout checkout) {
        step.tx().save(step.account().state().notSaved(step.now()));
        step.publish(
                of(EventType.METHOD_NOT_SAVED, checkout.account(), checkout.id().value(), step.now())
                        .about(checkout.id().value()));
        log.warn(
                "account={} checkout={} was to save a payment method and saved none; {}",
                checkout.account(),
                checkout.id(),
                step.account().method() == null ? "none can be charged" : "the one that is saved stays");
    }

    /** An outcome without the saved payment method, which must not be logged. */
    public static String describe(CheckoutOutcome outcome) {
        return outcome instanceof CheckoutOutcome.Paid paid
                ? "paid " + paid.amount() + " as " + paid.providerReference()
                : outcome.toString();
    }

    /** What a payment buys, and the event that reports it. */
    private record Purchase(EventType event, String subject, Bought entries) {}

    /** A recharge that was not wanted any more is paid without its bonus, which is for automatic recharges. */
    private Purchase bought(Step step, Checkout checkout, boolean wanted) {
        Recharge recharge = Optional.ofNullable(checkout.recovers())
                .flatMap(step.tx()::rechargeOf)
                .map(RechargeWithAttempt::recharge)
                .orElse(null);
        if (recharge != null && recharge.state() != RechargeState.PAID) {
            step.tx().save(recharge.in(RechargeState.PAID, step.now()));
            return new Purchase(
                    EventType.RECHARGE_PAID,
                    recharge.id().value(),
                    new Bought(
                            LedgerPostings.kindOf(recharge),
                            recharge.credits(),
                            wanted ? recharge.bonus() : Credits.ZERO));
        }
        if (recharge != null) {
            contradicts(step, checkout, CaptureSettlement.PAID_TWICE);
        }
        Credits credits = recharge == null ? Credits.of(checkout.credits()) : recharge.credits();
        Credits bonus = recharge == null ? bonusOf(step, checkout) : Credits.ZERO;
        return new Purchase(
                EventType.PURCHASE_PAID, checkout.id().value(), new Bought(Bought.Kind.CHECKOUT, credits, bonus));
    }

    private static void contradicts(Step step, Checkout checkout, String settled) {
        step.publish(of(EventType.CONTRARY_OUTCOME, checkout.account(), checkout.id() + "/" + settled, step.now())
                .about(checkout.id().value())
                .because(settled));
        log.error(
                "account={} checkout={} was settled as {}, but the provider reports the opposite",
                checkout.account(),
                checkout.id(),
                settled);
    }

    /**
     * Only for a purchase that switches auto-recharge on, while the user still wants that. Once per account, so that switching off and on
     * again adds no further bonus.
     */
    private Credits bonusOf(Step step, Checkout checkout) {
        boolean enabling =
                checkout.consent() != null && step.account().settings().enabled();
        if (!enabling || step.account().state().enablingBonusAt() != null) {
            return Credits.ZERO;
        }
        step.tx().save(step.account().state().enablingBonusAt(step.now()));
        RechargePolicy policy = standingReader.orStandard(step);
        return policy.packages()
                .find(checkout.credits())
                .map(policy::enablingBonus)
                .orElse(Credits.ZERO);
    }

    private void enable(Step step, Checkout checkout) {
        Settings before = step.account().settings();
        Settings after = new Settings(true, checkout.credits(), before.threshold());
        Consent given = agreed(standingReader.orStandard(step), checkout);
        consents.gaveInCheckout(step, given, after);
        step.tx().save(after);
        if (!before.enabled()) {
            step.publish(of(EventType.ENABLED, checkout.account(), checkout.id().value(), step.now())
                    .agreed(given));
        }
    }

    /** The agreement that the customer gave for a checkout, to the package that it sold. */
    private static Consent agreed(RechargePolicy policy, Checkout checkout) {
        Credits bonus = policy.packages()
                .find(checkout.credits())
                .map(policy::enablingBonus)
                .orElse(Credits.ZERO);
        return Objects.requireNonNull(checkout.consent(), "consent")
                .withBought(new AgreedPackage(checkout.credits(), bonus, checkout.price()));
    }
}

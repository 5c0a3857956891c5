package io.autorecharge.internal.checkout;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.account.MethodPlace;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.internal.account.ConsentLog;
import io.autorecharge.internal.account.MethodAddition;
import io.autorecharge.internal.account.Step;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.CheckoutState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settles a checkout that adds a payment method: adds it once. It grants nothing, and switches nothing on. */
final class SetupSettlement {
    private static final Logger log = LoggerFactory.getLogger(SetupSettlement.class);

    private SetupSettlement() {}

    static void apply(Step step, Checkout checkout, MethodPlace place, CheckoutOutcome outcome, ConsentLog consents) {
        if (outcome instanceof CheckoutOutcome.Paid paid) {
            log.error(
                    "account={} checkout={} only adds a payment method, but the provider reports {} captured as {}; nothing was granted",
                    checkout.account(),
                    checkout.id(),
                    paid.amount(),
                    paid.providerReference());
            CheckoutSettlement.publishMismatch(step, checkout, paid);
        } else if (checkout.state() != CheckoutState.SAVED && outcome instanceof CheckoutOutcome.Saved saved) {
            saved(step, checkout, place, saved, consents);
        } else if (checkout.state() == CheckoutState.OPEN && outcome instanceof CheckoutOutcome.Closed closed) {
            step.tx().save(checkout.in(CheckoutState.CLOSED, null));
            log.info("account={} checkout={} closed: {}", checkout.account(), checkout.id(), closed.reason());
        }
    }

    /** Also when it was given up before: the customer has been told that the method is saved. */
    private static void saved(
            Step step, Checkout checkout, MethodPlace place, CheckoutOutcome.Saved saved, ConsentLog consents) {
        step.tx().save(checkout.in(CheckoutState.SAVED, saved.providerReference()));
        PaymentMethod method = saved.method();
        String objection = objection(step, method);
        if (method == null || objection != null) {
            notSaved(step, checkout, String.valueOf(objection));
            return;
        }
        consents.addsMethod(step, method.id());
        MethodAddition.add(step, method, place, checkout.id().value());
        log.info(
                "account={} checkout={} added a payment method as {}; the account has {}",
                checkout.account(),
                checkout.id(),
                place,
                step.tx().methods().all().size());
    }

    private static @Nullable String objection(Step step, @Nullable PaymentMethod method) {
        if (method == null) {
            return "the provider saved none that can be charged later";
        }
        if (!step.canChangeAccount()) {
            return "the account's row cannot be changed";
        }
        return MethodAddition.objection(step, method);
    }

    /** The customer completed it for nothing: that is reported, and shown until a method is saved. */
    private static void notSaved(Step step, Checkout checkout, String why) {
        step.tx().save(step.account().state().notSaved(step.now()));
        step.publish(
                of(EventType.METHOD_NOT_SAVED, checkout.account(), checkout.id().value(), step.now())
                        .about(checkout.id().value()));
        log.error("account={} checkout={} was to add a payment method: {}", checkout.account(), checkout.id(), why);
    }
}

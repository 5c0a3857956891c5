package io.autorecharge.stripe.simulator;

import io.autorecharge.stripe.simulator.PaymentIntent.Failure;
import io.autorecharge.stripe.simulator.PaymentIntent.Status;
import io.autorecharge.stripe.simulator.PaymentIntent.Terms;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Moves intents through their states. This is the only place that captures money. A change of an intent is atomic, so that two confirmations
 * never capture twice.
 */
final class Payments {

    /** Whether the customer is present when an intent is confirmed, and where to go after an authentication. */
    record Occasion(
            boolean offSession,
            boolean errorOnAction,
            @Nullable String returnUrl,
            Trace trace) {}

    /** As recorded; it names statuses that the simulator does not have. */
    private static final String CANCELABLE = " Only a PaymentIntent with one of the following statuses may be canceled:"
            + " requires_payment_method, requires_capture, requires_reauthorization, requires_confirmation,"
            + " requires_action, expired, processing.";

    private final Store store;
    private final Issuer issuer;
    private final SimulatorHistory history;
    private final EventLog events;
    private final SimulatorClock clock;
    private final Views views;
    private final MethodChanges changes;
    private final Mandates mandates;
    private final Disputes disputes;

    Payments(
            Store store,
            Issuer issuer,
            SimulatorHistory history,
            EventLog events,
            SimulatorClock clock,
            Views views,
            MethodChanges changes,
            Mandates mandates,
            Disputes disputes) {
        this.store = store;
        this.issuer = issuer;
        this.history = history;
        this.events = events;
        this.clock = clock;
        this.views = views;
        this.changes = changes;
        this.mandates = mandates;
        this.disputes = disputes;
    }

    PaymentIntent create(Terms terms, @Nullable String method, Trace trace) {
        PaymentIntent intent = new PaymentIntent(terms, PaymentIntent.Progress.start(method));
        store.intents.add(terms.id(), intent, terms.customer());
        events.record("payment_intent.created", trace, () -> views.intents.of(intent));
        return intent;
    }

    /** Charges the method; a decline is in the returned intent, not an exception. */
    PaymentIntent confirm(String id, PaymentMethod method, Occasion occasion) {
        return change(id, occasion.trace(), (intent, events) -> {
            if (intent.status() != Status.REQUIRES_PAYMENT_METHOD && intent.status() != Status.REQUIRES_CONFIRMATION) {
                throw unexpected("confirm", intent);
            }
            return attempt(intent.confirmedWith(method.id()), method, occasion, false, events);
        });
    }

    /** The cardholder has passed or failed the authentication of the intent. */
    PaymentIntent authenticated(String id, boolean passed) {
        return change(id, Trace.NONE, (intent, events) -> {
            if (intent.status() != Status.REQUIRES_ACTION) {
                throw unexpected("authenticate", intent);
            }
            PaymentMethod method =
                    store.methods.get(String.valueOf(intent.progress().paymentMethod()));
            if (passed) {
                Occasion occasion = new Occasion(false, false, intent.progress().returnUrl(), Trace.NONE);
                return attempt(intent, method, occasion, true, events);
            }
            Decline decline = Decline.of("payment_intent_authentication_failure");
            return failed(intent, new Failure(decline, null, method), events);
        });
    }

    /** Stripe has no event for an update. That a canceled intent cannot be updated is inferred. */
    PaymentIntent update(String id, Params params) {
        return store.intents.update(id, intent -> {
            if (intent.status() == Status.CANCELED) {
                throw unexpected("update", intent);
            }
            return intent.updated(params);
        });
    }

    PaymentIntent cancel(String id, @Nullable String reason, Trace trace) {
        return change(id, trace, (intent, events) -> {
            if (intent.status() == Status.SUCCEEDED
                    || intent.status() == Status.CANCELED
                    || intent.status() == Status.PROCESSING) {
                throw unexpected("cancel", intent);
            }
            return happened("payment_intent.canceled", intent.canceled(clock.seconds(), reason), events);
        });
    }

    /** Decides a bank debit that is in processing. */
    PaymentIntent settle(String id, boolean paid) {
        return settle(id, paid ? null : Decline.of("payment_intent_payment_attempt_failed"));
    }

    /** @param why the bank returned the debit; null when it paid */
    PaymentIntent settle(String id, @Nullable Decline why) {
        return change(id, Trace.NONE, (intent, events) -> {
            if (intent.status() != Status.PROCESSING) {
                throw new IllegalStateException(
                        id + " is not processing but " + intent.status().text());
            }
            String chargeId = String.valueOf(intent.progress().latestCharge());
            Charge charge = store.charges.update(
                    chargeId, old -> old.settled(why == null ? Charge.Status.SUCCEEDED : Charge.Status.FAILED, why));
            return why == null
                    ? captured(intent, charge, events)
                    : failed(intent, new Failure(why, chargeId, charge.method()), events);
        });
    }

    private PaymentIntent change(
            String id, Trace trace, BiFunction<PaymentIntent, EventBuffer, PaymentIntent> transition) {
        EventBuffer buffer = new EventBuffer(trace);
        PaymentIntent changed = store.intents.update(id, intent -> transition.apply(intent, buffer));
        buffer.publish(events);
        if (changed.status() == Status.SUCCEEDED) {
            disputes.charged(store.charges.get(String.valueOf(changed.progress().latestCharge())));
        }
        return changed;
    }

    private PaymentIntent attempt(
            PaymentIntent intent, PaymentMethod method, Occasion occasion, boolean authenticated, EventBuffer events) {
        Verdict verdict = issuer.decide(
                method, Optional.ofNullable(intent.terms().customer()), occasion.offSession(), authenticated);
        if (verdict instanceof Verdict.AskHolder && occasion.errorOnAction()) {
            verdict = new Verdict.Unattended();
        }
        if (verdict instanceof Verdict.AskHolder) {
            return happened("payment_intent.requires_action", intent.requiresAction(occasion.returnUrl()), events);
        }
        if (verdict instanceof Verdict.Unattended) {
            // Nobody was asked for money, so there is no charge, neither in the error nor on the intent.
            Failure failure = new Failure(Decline.of("authentication_required"), null, method);
            return failed(intent, failure, events);
        }
        if (verdict instanceof Verdict.Declined declined) {
            Charge charge = charge(intent, method, Charge.Status.FAILED, declined.decline());
            events.add("charge.failed", () -> ChargeView.of(charge));
            return failed(intent, new Failure(declined.decline(), charge.id(), method), events);
        }
        if (verdict instanceof Verdict.Pending) {
            Charge charge = charge(intent, method, Charge.Status.PENDING, null);
            save(intent.terms(), method, events);
            events.add("charge.pending", () -> ChargeView.of(charge));
            return happened("payment_intent.processing", intent.processing(charge.id()), events);
        }
        Charge charge = charge(intent, method, Charge.Status.SUCCEEDED, null);
        save(intent.terms(), method, events);
        return captured(intent, charge, events);
    }

    private PaymentIntent captured(PaymentIntent intent, Charge charge, EventBuffer events) {
        Terms terms = intent.terms();
        history.captured(new Capture(
                clock.instant(),
                charge.id(),
                terms.id(),
                terms.amount(),
                terms.currency(),
                terms.customer(),
                charge.method().id(),
                events.trace().idempotencyKey(),
                terms.metadata()));
        events.add("charge.succeeded", () -> ChargeView.of(charge));
        return happened("payment_intent.succeeded", intent.succeeded(charge.id()), events);
    }

    private PaymentIntent failed(PaymentIntent intent, Failure failure, EventBuffer events) {
        return happened("payment_intent.payment_failed", intent.failed(failure), events);
    }

    private Charge charge(PaymentIntent intent, PaymentMethod method, Charge.Status status, @Nullable Decline failure) {
        Charge charge = Charge.of(intent.terms(), method, clock.seconds(), status, failure);
        store.charges.add(charge.id(), charge, intent.terms().customer());
        return charge;
    }

    /** Saves the method if the intent asks for it and its type can; otherwise an unattached method cannot be used again. */
    private void save(Terms terms, PaymentMethod method, EventBuffer events) {
        boolean once = method.instrument() instanceof Instrument.BankRedirect;
        if (method.customer() == null && (once || terms.setupFutureUsage() == null)) {
            store.methods.update(method.id(), PaymentMethod::used);
            return;
        }
        if ("off_session".equals(terms.setupFutureUsage())) {
            store.methods.update(method.id(), PaymentMethod::setUpForOffSession);
        }
        if (method.customer() == null && terms.customer() != null) {
            changes.attach(mandates.accepted(method), terms.customer(), events);
        }
    }

    private PaymentIntent happened(String type, PaymentIntent intent, EventBuffer events) {
        events.add(type, () -> views.intents.of(intent));
        return intent;
    }

    private ApiError unexpected(String verb, PaymentIntent intent) {
        String possible = verb.equals("cancel") ? CANCELABLE : "";
        return ApiError.unexpectedState(
                "payment_intent_unexpected_state",
                "You cannot " + verb + " this PaymentIntent because it has a status of "
                        + intent.status().text() + "." + possible,
                new JsonObject().with("payment_intent", views.intents.of(intent)));
    }
}

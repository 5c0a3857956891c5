package io.autorecharge.stripe.simulator;

import io.autorecharge.stripe.simulator.PaymentIntent.Failure;
import io.autorecharge.stripe.simulator.PaymentIntent.Status;
import io.autorecharge.stripe.simulator.PaymentIntent.Terms;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Moves intents through their states: the one place where money is taken. A change of one intent is atomic, so that two
 * confirmations can never take it twice.
 */
final class Payments {

    /** Who is there when an intent is confirmed, and where to send them after an authentication. */
    record Occasion(
            boolean offSession,
            boolean errorOnAction,
            @Nullable String returnUrl,
            Trace trace) {}

    private final Store store;
    private final Issuer issuer;
    private final Books books;
    private final EventLog events;
    private final SimulatorClock clock;
    private final Views views;

    Payments(Store store, Issuer issuer, Books books, EventLog events, SimulatorClock clock, Views views) {
        this.store = store;
        this.issuer = issuer;
        this.books = books;
        this.events = events;
        this.clock = clock;
        this.views = views;
    }

    PaymentIntent create(Terms terms, @Nullable String method, Trace trace) {
        PaymentIntent intent = new PaymentIntent(terms, PaymentIntent.Progress.start(method));
        store.intents.add(terms.id(), intent, terms.customer());
        happened("payment_intent.created", intent, trace);
        return intent;
    }

    /** Charges the method; a refusal by its issuer is in the intent that comes back, not an exception. */
    PaymentIntent confirm(String id, PaymentMethod method, Occasion occasion) {
        return store.intents.update(id, intent -> {
            if (intent.status() != Status.REQUIRES_PAYMENT_METHOD && intent.status() != Status.REQUIRES_CONFIRMATION) {
                throw unexpected("confirm", intent);
            }
            return attempt(intent.confirmedWith(method.id()), method, occasion, false);
        });
    }

    /** The holder has passed, or failed, the authentication that the intent waits for. */
    PaymentIntent authenticated(String id, boolean passed) {
        return store.intents.update(id, intent -> {
            if (intent.status() != Status.REQUIRES_ACTION) {
                throw unexpected("authenticate", intent);
            }
            PaymentMethod method =
                    store.methods.get(String.valueOf(intent.progress().paymentMethod()));
            Occasion occasion = new Occasion(false, false, intent.progress().returnUrl(), Trace.NONE);
            return passed
                    ? attempt(intent, method, occasion, true)
                    : failed(
                            intent,
                            new Failure(Decline.of("payment_intent_authentication_failure"), null, method),
                            Trace.NONE);
        });
    }

    PaymentIntent cancel(String id, @Nullable String reason, Trace trace) {
        return store.intents.update(id, intent -> {
            if (intent.status() == Status.SUCCEEDED
                    || intent.status() == Status.CANCELED
                    || intent.status() == Status.PROCESSING) {
                throw unexpected("cancel", intent);
            }
            return happened("payment_intent.canceled", intent.canceled(clock.seconds(), reason), trace);
        });
    }

    /** Ends the uncertainty of a bank debit. */
    PaymentIntent settle(String id, boolean paid) {
        return store.intents.update(id, intent -> {
            if (intent.status() != Status.PROCESSING) {
                throw new IllegalStateException(
                        id + " is not processing but " + intent.status().text());
            }
            String chargeId = String.valueOf(intent.progress().latestCharge());
            Decline why = paid ? null : Decline.of("payment_intent_payment_attempt_failed");
            Charge charge = store.charges.update(
                    chargeId, old -> old.settled(paid ? Charge.Status.SUCCEEDED : Charge.Status.FAILED, why));
            return why == null
                    ? captured(intent, charge, Trace.NONE)
                    : failed(intent, new Failure(why, chargeId, charge.method()), Trace.NONE);
        });
    }

    private PaymentIntent attempt(
            PaymentIntent intent, PaymentMethod method, Occasion occasion, boolean authenticated) {
        Verdict verdict = issuer.decide(
                method, Optional.ofNullable(intent.terms().customer()), occasion.offSession(), authenticated);
        if (verdict instanceof Verdict.AskHolder && occasion.errorOnAction()) {
            verdict = new Verdict.Declined(Decline.of("authentication_required"));
        }
        Trace trace = occasion.trace();
        if (verdict instanceof Verdict.AskHolder) {
            return happened("payment_intent.requires_action", intent.requiresAction(occasion.returnUrl()), trace);
        }
        if (verdict instanceof Verdict.Declined declined) {
            Charge charge = charge(intent, method, Charge.Status.FAILED, declined.decline());
            events.record("charge.failed", trace, () -> ChargeView.of(charge));
            return failed(intent, new Failure(declined.decline(), charge.id(), method), trace);
        }
        if (verdict instanceof Verdict.Pending) {
            Charge charge = charge(intent, method, Charge.Status.PENDING, null);
            events.record("charge.pending", trace, () -> ChargeView.of(charge));
            save(intent.terms(), method, trace);
            return happened("payment_intent.processing", intent.processing(charge.id()), trace);
        }
        Charge charge = charge(intent, method, Charge.Status.SUCCEEDED, null);
        save(intent.terms(), method, trace);
        return captured(intent, charge, trace);
    }

    private PaymentIntent captured(PaymentIntent intent, Charge charge, Trace trace) {
        Terms terms = intent.terms();
        books.captured(new Capture(
                clock.instant(),
                charge.id(),
                terms.id(),
                terms.amount(),
                terms.currency(),
                terms.customer(),
                trace.idempotencyKey(),
                terms.metadata()));
        events.record("charge.succeeded", trace, () -> ChargeView.of(charge));
        return happened("payment_intent.succeeded", intent.succeeded(charge.id()), trace);
    }

    private PaymentIntent failed(PaymentIntent intent, Failure failure, Trace trace) {
        return happened("payment_intent.payment_failed", intent.failed(failure), trace);
    }

    private Charge charge(PaymentIntent intent, PaymentMethod method, Charge.Status status, @Nullable Decline failure) {
        Charge charge = Charge.of(intent.terms(), method, clock.seconds(), status, failure);
        store.charges.add(charge.id(), charge, intent.terms().customer());
        return charge;
    }

    /** Keeps the method for later when the intent asks for it; otherwise a loose method is used up. */
    private void save(Terms terms, PaymentMethod method, Trace trace) {
        boolean offSession = "off_session".equals(terms.setupFutureUsage());
        if (method.customer() == null && terms.setupFutureUsage() == null) {
            store.methods.update(method.id(), PaymentMethod::used);
            return;
        }
        PaymentMethod saved = store.methods.update(method.id(), old -> {
            PaymentMethod owned =
                    old.customer() == null && terms.customer() != null ? old.attachedTo(terms.customer()) : old;
            return offSession ? owned.setUpForOffSession() : owned;
        });
        if (method.customer() == null && saved.customer() != null) {
            store.methods.own(saved.id(), saved.customer());
            events.record("payment_method.attached", trace, () -> MethodView.of(saved));
        }
    }

    private PaymentIntent happened(String type, PaymentIntent intent, Trace trace) {
        events.record(type, trace, () -> views.intents.of(intent));
        return intent;
    }

    private Refusal unexpected(String verb, PaymentIntent intent) {
        return Refusal.unexpectedState(
                "payment_intent_unexpected_state",
                "You cannot " + verb + " this PaymentIntent because it has a status of "
                        + intent.status().text() + ".",
                new JsonObject().with("payment_intent", views.intents.of(intent)));
    }
}

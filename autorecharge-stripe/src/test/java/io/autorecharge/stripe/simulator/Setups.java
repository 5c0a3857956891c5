package io.autorecharge.stripe.simulator;

import io.autorecharge.stripe.simulator.Payments.Occasion;
import io.autorecharge.stripe.simulator.SetupAttempt.Generated;
import io.autorecharge.stripe.simulator.SetupIntent.Failure;
import io.autorecharge.stripe.simulator.SetupIntent.Status;
import io.autorecharge.stripe.simulator.SetupIntent.Terms;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Moves SetupIntents through their states, and saves payment methods with them. No money moves. */
final class Setups {

    private final Store store;
    private final Methods methods;
    private final MethodChanges changes;
    private final Mandates mandates;
    private final Issuer issuer;
    private final EventLog events;
    private final SimulatorClock clock;
    private final Views views;

    Setups(
            Store store,
            Methods methods,
            MethodChanges changes,
            Mandates mandates,
            Issuer issuer,
            EventLog events,
            SimulatorClock clock,
            Views views) {
        this.store = store;
        this.methods = methods;
        this.changes = changes;
        this.mandates = mandates;
        this.issuer = issuer;
        this.events = events;
        this.clock = clock;
        this.views = views;
    }

    SetupIntent create(Terms terms, @Nullable String customer, @Nullable String method, Trace trace) {
        SetupIntent intent = SetupIntent.of(terms, customer, method);
        store.setupIntents.add(terms.id(), intent, customer);
        events.record("setup_intent.created", trace, () -> views.setups.of(intent));
        return intent;
    }

    /** The customer of a checkout that was opened without one. */
    void ofCustomer(String id, @Nullable String customer) {
        store.setupIntents.update(id, intent -> intent.ofCustomer(customer));
    }

    /** Saves the method; a refusal is in the returned intent, not an exception. */
    SetupIntent confirm(String id, PaymentMethod method, Occasion occasion) {
        return change(id, occasion.trace(), (intent, buffer) -> {
            if (intent.status() != Status.REQUIRES_PAYMENT_METHOD && intent.status() != Status.REQUIRES_CONFIRMATION) {
                throw unexpected("confirm", intent);
            }
            SetupAttempt attempt = SetupAttempt.start(intent, method, clock.seconds());
            store.setupAttempts.add(attempt.id(), attempt, id);
            return attempted(intent, attempt, issuer.decideSaving(method, false), occasion.returnUrl(), buffer);
        });
    }

    /** The customer has entered what the small deposits on the bank account said. */
    SetupIntent verified(String id, Trace trace) {
        return change(id, trace, (intent, buffer) -> {
            if (!intent.isUnverified()) {
                throw unexpected("verify", intent);
            }
            SetupAttempt attempt =
                    store.setupAttempts.get(String.valueOf(intent.progress().latestAttempt()));
            return saved(intent, attempt, buffer);
        });
    }

    /** The holder has passed or failed the authentication at the bank. */
    SetupIntent authenticated(String id, boolean passed) {
        return change(id, Trace.NONE, (intent, buffer) -> {
            if (intent.status() != Status.REQUIRES_ACTION || intent.isUnverified()) {
                throw unexpected("authenticate", intent);
            }
            SetupAttempt attempt =
                    store.setupAttempts.get(String.valueOf(intent.progress().latestAttempt()));
            Verdict verdict = passed
                    ? issuer.decideSaving(attempt.method(), true)
                    : new Verdict.Declined(Decline.of("setup_intent_authentication_failure"));
            return attempted(intent, attempt, verdict, intent.progress().returnUrl(), buffer);
        });
    }

    SetupIntent cancel(String id, @Nullable String reason, Trace trace) {
        return change(id, trace, (intent, buffer) -> {
            if (intent.status() == Status.SUCCEEDED || intent.status() == Status.CANCELED) {
                throw unexpected("cancel", intent);
            }
            return happened("setup_intent.canceled", intent.canceled(reason), buffer);
        });
    }

    private SetupIntent attempted(
            SetupIntent intent, SetupAttempt attempt, Verdict verdict, @Nullable String returnUrl, EventBuffer buffer) {
        if (verdict instanceof Verdict.AskHolder) {
            return happened("setup_intent.requires_action", intent.requiresAction(attempt, returnUrl), buffer);
        }
        if (verdict instanceof Verdict.Declined declined) {
            store.setupAttempts.update(attempt.id(), it -> it.failed(declined.decline()));
            Failure failure = new Failure(declined.decline(), attempt.method());
            return happened("setup_intent.setup_failed", intent.failed(attempt, failure), buffer);
        }
        return saved(intent, attempt, buffer);
    }

    private SetupIntent saved(SetupIntent intent, SetupAttempt attempt, EventBuffer buffer) {
        PaymentMethod method = attempt.method();
        Generated generated = null;
        String mandate = null;
        if (method.instrument() instanceof Instrument.BankRedirect) {
            store.methods.update(method.id(), PaymentMethod::used);
            PaymentMethod debit = generatedBy(attempt);
            keep(debit, intent, buffer);
            generated = new Generated(debit.id(), debit.mandate());
        } else {
            PaymentMethod permitted = mandates.accepted(method);
            mandate = permitted.mandate();
            keep(permitted, intent, buffer);
        }
        Generated debit = generated;
        store.setupAttempts.update(attempt.id(), it -> it.succeeded(debit));
        return happened("setup_intent.succeeded", intent.succeeded(attempt, mandate), buffer);
    }

    /** A redirect cannot be charged again; what can is the SEPA debit of the account that the bank has told. */
    private PaymentMethod generatedBy(SetupAttempt attempt) {
        Instrument debit = new Instrument.SepaDebit(Instrument.SepaDebit.TEST_IBAN, attempt.id());
        return mandates.accepted(methods.add(debit, attempt.method().details()));
    }

    private void keep(PaymentMethod method, SetupIntent intent, EventBuffer buffer) {
        if ("off_session".equals(intent.terms().usage())) {
            store.methods.update(method.id(), PaymentMethod::setUpForOffSession);
        }
        String customer = intent.progress().customer();
        if (customer != null) {
            changes.attach(method, customer, buffer);
        }
    }

    private SetupIntent change(String id, Trace trace, BiFunction<SetupIntent, EventBuffer, SetupIntent> transition) {
        EventBuffer buffer = new EventBuffer(trace);
        SetupIntent changed = store.setupIntents.update(id, intent -> transition.apply(intent, buffer));
        buffer.publish(events);
        return changed;
    }

    private SetupIntent happened(String type, SetupIntent intent, EventBuffer buffer) {
        buffer.add(type, () -> views.setups.of(intent));
        return intent;
    }

    private ApiError unexpected(String verb, SetupIntent intent) {
        return ApiError.unexpectedState(
                "setup_intent_unexpected_state",
                "You cannot " + verb + " this SetupIntent because it has a status of "
                        + intent.status().text() + ".",
                new JsonObject().with("setup_intent", views.setups.of(intent)));
    }
}

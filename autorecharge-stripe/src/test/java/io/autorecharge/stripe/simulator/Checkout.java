package io.autorecharge.stripe.simulator;

import io.autorecharge.stripe.simulator.CheckoutSession.IntentData;
import io.autorecharge.stripe.simulator.CheckoutSession.Terms;
import io.autorecharge.stripe.simulator.PaymentIntent.Failure;
import io.autorecharge.stripe.simulator.PaymentIntent.Status;
import io.autorecharge.stripe.simulator.Payments.Occasion;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a customer at checkout. The checkout page calls them; {@link Payments} captures the money, as for all other calls. One step
 * runs at a time.
 */
final class Checkout {

    /** Where the customer goes next. */
    sealed interface Next {

        /** Back to the merchant. */
        record Leave(String url) implements Next {}

        /** To the page of the bank. */
        record Authenticate(String intent) implements Next {}

        /** Nowhere: the customer must correct something on this page. */
        record Stay(String message) implements Next {}
    }

    /** What the customer entered: a card, or another type of payment method. */
    record Order(
            @Nullable CardEntry card, String type, @Nullable String email, boolean termsAccepted) {

        static Order of(CardEntry card, @Nullable String email, boolean termsAccepted) {
            return new Order(card, "card", email, termsAccepted);
        }
    }

    private final Store store;
    private final CheckoutPayers payers;
    private final Payments payments;
    private final Setups setups;
    private final EventLog events;
    private final SimulatorClock clock;
    private final Views views;

    Checkout(
            Store store,
            CheckoutPayers payers,
            Payments payments,
            Setups setups,
            EventLog events,
            SimulatorClock clock,
            Views views) {
        this.store = store;
        this.payers = payers;
        this.payments = payments;
        this.setups = setups;
        this.events = events;
        this.clock = clock;
        this.views = views;
    }

    void add(CheckoutSession session) {
        store.sessions.add(session.id(), session, session.terms().customer());
        if (session.terms().setupIntent() != null) {
            store.sessionOfIntent.put(session.terms().setupIntent(), session.id());
        }
    }

    /** The session; expires it first if its time is over. */
    synchronized Optional<CheckoutSession> find(String id) {
        return store.sessions
                .find(id)
                .map(session ->
                        session.isOpen() && clock.seconds() >= session.terms().expiresAt()
                                ? end(session.expired(), "checkout.session.expired", Trace.NONE)
                                : session);
    }

    synchronized CheckoutSession expire(String id, Trace trace) {
        CheckoutSession session = find(id).orElseThrow(() -> ApiError.notFound("checkout.session", "session", id));
        if (!session.isOpen()) {
            throw ApiError.unexpectedState(
                    "resource_missing",
                    "Only Checkout Sessions with a status in [\"open\"] can be expired.",
                    new JsonObject().with("param", "session"));
        }
        return end(session.expired(), "checkout.session.expired", trace);
    }

    synchronized Next pay(String id, Order order) {
        CheckoutSession session = find(id).orElseThrow(() -> ApiError.notFound("checkout.session", "session", id));
        if (!session.isOpen()) {
            return new Next.Leave(url(session, session.terms().successUrl()));
        }
        if (session.terms().wishes().termsOfService() != null && !order.termsAccepted()) {
            return new Next.Stay("Please agree to the terms of service.");
        }
        PaymentMethod method;
        try {
            method = payers.method(session, order);
        } catch (ApiError error) {
            return new Next.Stay(String.valueOf(error.getMessage()));
        }
        CheckoutSession known = payers.withCustomer(session, order);
        Occasion occasion = new Occasion(false, false, null, Trace.NONE);
        String setup = session.terms().setupIntent();
        if (setup != null) {
            setups.ofCustomer(setup, known.progress().customer());
            return next(setups.confirm(setup, method, occasion));
        }
        return next(payments.confirm(intentOf(known, method).id(), method, occasion));
    }

    /** The customer has passed, or failed, the bank's authentication. */
    synchronized Next authenticated(String intentId, boolean passed) {
        return intentId.startsWith("seti_")
                ? next(setups.authenticated(intentId, passed))
                : next(payments.authenticated(intentId, passed));
    }

    /** A bank debit was decided, after the customer left. */
    synchronized void settled(PaymentIntent intent) {
        String id = store.sessionOfIntent.get(intent.id());
        if (id != null) {
            boolean paid = intent.status() == Status.SUCCEEDED;
            end(
                    store.sessions.get(id).completed(paid),
                    "checkout.session.async_payment_" + (paid ? "succeeded" : "failed"),
                    Trace.NONE);
        }
    }

    Optional<CheckoutSession> sessionOf(String intentId) {
        return Optional.ofNullable(store.sessionOfIntent.get(intentId)).flatMap(this::find);
    }

    static String url(CheckoutSession session, String template) {
        return template.replace("{CHECKOUT_SESSION_ID}", session.id());
    }

    /** A session has one intent: after a declined card, the next card uses the same intent. */
    private PaymentIntent intentOf(CheckoutSession session, PaymentMethod method) {
        String made = session.progress().paymentIntent();
        if (made != null) {
            return store.intents.get(made);
        }
        Terms terms = session.terms();
        IntentData data = terms.intentData();
        String id = Ids.next("pi_");
        PaymentIntent intent = payments.create(
                new PaymentIntent.Terms(
                        id,
                        clock.seconds(),
                        terms.total(),
                        terms.currency(),
                        session.progress().customer(),
                        data.description(),
                        data.receiptEmail(),
                        data.statementDescriptorSuffix(),
                        data.setupFutureUsage(),
                        "always",
                        data.metadata(),
                        id + "_secret_" + Ids.random(25)),
                method.id(),
                Trace.NONE);
        store.sessionOfIntent.put(id, session.id());
        store.sessions.update(session.id(), old -> old.withIntent(id));
        return intent;
    }

    private Next next(PaymentIntent intent) {
        String sessionId = store.sessionOfIntent.get(intent.id());
        if (sessionId == null) {
            return new Next.Leave(returnUrl(
                    intent.progress().returnUrl(),
                    "payment_intent=" + intent.id(),
                    intent.progress().failure() == null));
        }
        CheckoutSession session = store.sessions.get(sessionId);
        Failure failure = intent.progress().failure();
        if (intent.status() == Status.REQUIRES_ACTION) {
            return new Next.Authenticate(intent.id());
        }
        if (failure != null) {
            return new Next.Stay(failure.decline().message());
        }
        CheckoutSession completed = session.completed(intent.status() == Status.SUCCEEDED);
        end(completed, "checkout.session.completed", Trace.NONE);
        return new Next.Leave(url(session, session.terms().successUrl()));
    }

    private Next next(SetupIntent intent) {
        String sessionId = store.sessionOfIntent.get(intent.id());
        SetupIntent.Failure failure = intent.progress().failure();
        if (sessionId == null) {
            return new Next.Leave(
                    returnUrl(intent.progress().returnUrl(), "setup_intent=" + intent.id(), failure == null));
        }
        CheckoutSession session = store.sessions.get(sessionId);
        if (intent.status() == SetupIntent.Status.REQUIRES_ACTION && !intent.isUnverified()) {
            return new Next.Authenticate(intent.id());
        }
        if (failure != null) {
            return new Next.Stay(failure.decline().message());
        }
        end(session.completed(false), "checkout.session.completed", Trace.NONE);
        return new Next.Leave(url(session, session.terms().successUrl()));
    }

    private static String returnUrl(@Nullable String url, String intent, boolean succeeded) {
        return url == null
                ? "/c/done"
                : url + (url.contains("?") ? "&" : "?") + intent + "&redirect_status="
                        + (succeeded ? "succeeded" : "failed");
    }

    private CheckoutSession end(CheckoutSession ended, String type, Trace trace) {
        store.sessions.update(ended.id(), old -> ended);
        events.record(type, trace, () -> views.sessions.of(ended));
        return ended;
    }
}

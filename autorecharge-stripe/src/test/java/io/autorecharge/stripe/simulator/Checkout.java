package io.autorecharge.stripe.simulator;

import io.autorecharge.stripe.simulator.CheckoutSession.IntentData;
import io.autorecharge.stripe.simulator.CheckoutSession.Terms;
import io.autorecharge.stripe.simulator.PaymentIntent.Failure;
import io.autorecharge.stripe.simulator.PaymentIntent.Status;
import io.autorecharge.stripe.simulator.PaymentMethod.Details;
import io.autorecharge.stripe.simulator.Payments.Occasion;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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
        record Authenticate(String paymentIntent) implements Next {}

        /** Nowhere: the customer must correct something on this page. */
        record Stay(String message) implements Next {}
    }

    /** What the customer entered; a null card means a bank debit. */
    record Order(@Nullable CardEntry card, @Nullable String email, boolean termsAccepted) {}

    private final Store store;
    private final Methods methods;
    private final CustomerEndpoints customers;
    private final Payments payments;
    private final EventLog events;
    private final SimulatorClock clock;
    private final Views views;
    private final Map<String, String> sessionOfIntent = new ConcurrentHashMap<>();

    Checkout(
            Store store,
            Methods methods,
            CustomerEndpoints customers,
            Payments payments,
            EventLog events,
            SimulatorClock clock,
            Views views) {
        this.store = store;
        this.methods = methods;
        this.customers = customers;
        this.payments = payments;
        this.events = events;
        this.clock = clock;
        this.views = views;
    }

    void add(CheckoutSession session) {
        store.sessions.add(session.id(), session, session.terms().customer());
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
            method = method(order);
        } catch (ApiError error) {
            return new Next.Stay(String.valueOf(error.getMessage()));
        }
        CheckoutSession known = withCustomer(session, order);
        PaymentIntent intent = intentOf(known, method);
        Occasion occasion = new Occasion(false, false, null, Trace.NONE);
        return next(payments.confirm(intent.id(), method, occasion));
    }

    /** The customer has passed, or failed, the bank's authentication. */
    synchronized Next authenticated(String intentId, boolean passed) {
        return next(payments.authenticated(intentId, passed));
    }

    /** A bank debit was decided, after the customer left. */
    synchronized void settled(PaymentIntent intent) {
        String id = sessionOfIntent.get(intent.id());
        if (id != null) {
            boolean paid = intent.status() == Status.SUCCEEDED;
            end(
                    store.sessions.get(id).completed(paid),
                    "checkout.session.async_payment_" + (paid ? "succeeded" : "failed"),
                    Trace.NONE);
        }
    }

    Optional<CheckoutSession> sessionOf(String intentId) {
        return Optional.ofNullable(sessionOfIntent.get(intentId)).flatMap(this::find);
    }

    static String url(CheckoutSession session, String template) {
        return template.replace("{CHECKOUT_SESSION_ID}", session.id());
    }

    private PaymentMethod method(Order order) {
        CardEntry entry = order.card();
        if (entry == null) {
            return methods.add(Instrument.UsBankAccount.test(), Details.of(order.email()));
        }
        return methods.add(methods.card(entry.accepted(), entry.expiry()), Details.of(order.email()));
    }

    private CheckoutSession withCustomer(CheckoutSession session, Order order) {
        String customer = session.progress().customer();
        if (customer == null && "always".equals(session.terms().customerCreation())) {
            Customer created = new Customer(
                    Ids.next("cus_"), clock.seconds(), order.email(), null, null, null, null, Map.of(), false);
            customers.add(created, Trace.NONE);
            customer = created.id();
        }
        String email = order.email() == null ? session.progress().email() : order.email();
        CheckoutSession known = session.withCustomer(customer, email, order.termsAccepted());
        return store.sessions.update(session.id(), old -> known);
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
        sessionOfIntent.put(id, session.id());
        store.sessions.update(session.id(), old -> old.withIntent(id));
        return intent;
    }

    private Next next(PaymentIntent intent) {
        String sessionId = sessionOfIntent.get(intent.id());
        if (sessionId == null) {
            return new Next.Leave(returnUrl(intent));
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

    private static String returnUrl(PaymentIntent intent) {
        String url = intent.progress().returnUrl();
        if (url == null) {
            return "/c/done";
        }
        String outcome = intent.progress().failure() == null ? "succeeded" : "failed";
        return url + (url.contains("?") ? "&" : "?") + "payment_intent=" + intent.id() + "&redirect_status=" + outcome;
    }

    private CheckoutSession end(CheckoutSession ended, String type, Trace trace) {
        store.sessions.update(ended.id(), old -> ended);
        events.record(type, trace, () -> views.sessions.of(ended));
        return ended;
    }
}

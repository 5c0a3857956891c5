package io.autorecharge.stripe.simulator;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A Stripe account in test mode, on a local port, for tests and demos: the calls that this library makes, with state, real
 * idempotency, the documented test cards, signed webhooks, a checkout page, faults on demand, and {@link #books()} that
 * contain what was really captured. {@link SimulatorExtension} starts one for JUnit tests.
 *
 * <pre>{@code
 * try (StripeSimulator stripe = StripeSimulator.start(SimulatorOptions.defaults())) {
 *     stripe.webhooks().endpoints(WebhookEndpoint.of("http://localhost:8080/webhooks/stripe", "whsec_test"));
 *     stripe.faults().next("POST /v1/payment_intents", Fault.RESET_AFTER_EXECUTION);
 *     // point the code under test at stripe.baseUrl(), with SimulatorOptions.SECRET_KEY
 *     assertThat(stripe.books().captures()).hasSize(1);
 * }
 * }</pre>
 *
 * <p>Parameters that real Stripe or the simulator does not know are rejected. Amounts are in the currency's
 * smallest unit, times in seconds, as in Stripe's API. Thread-safe.
 */
public final class StripeSimulator implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(Threads.named("http"));
    private final String baseUrl;
    private final SimulatorOptions options;
    private final SimulatorClock clock;
    private final Books books = new Books();
    private final Faults faults = new Faults();
    private final Issuer issuer = new Issuer();
    private final WebhookSender sender;
    private final Webhooks webhooks;
    private final Payments payments;
    private final Checkout checkout;
    private final BankDebits bankDebits;
    private final Disputes disputes;
    private final Refunds refunds;
    private final Api api;
    private final ApiHandler apiHandler;

    private StripeSimulator(SimulatorOptions options) {
        this.options = options;
        server = listen(options.port());
        baseUrl = "http://127.0.0.1:" + server.getAddress().getPort();
        clock = new SimulatorClock(options.clock());
        sender = new WebhookSender(clock, options.apiVersion(), options.webhookRetries());
        EventLog events = new EventLog(clock);
        webhooks = new Webhooks(events, sender);
        webhooks.endpoints(options.webhooks().toArray(new WebhookEndpoint[0]));
        events.listen(webhooks::happened);

        Store store = new Store();
        Views views = new Views(store, baseUrl);
        Methods methods = new Methods(store, clock);
        disputes = new Disputes(store, books, events, clock);
        refunds = new Refunds(store, books, events);
        payments = new Payments(store, issuer, books, events, clock, views, disputes);
        CustomerEndpoints customers = new CustomerEndpoints(store, events, clock, views);
        checkout = new Checkout(store, methods, customers, payments, events, clock, views);
        bankDebits = new BankDebits(payments, checkout);

        Router router = new Router();
        customers.addTo(router);
        new MethodEndpoints(store, methods, events, views).addTo(router);
        new IntentEndpoints(store, methods, payments, clock, views).addTo(router);
        new SessionEndpoints(store, checkout, clock, views).addTo(router);
        new RefundEndpoints(store, books, events, clock, views).addTo(router);
        new DisputeEndpoints(store, views).addTo(router);
        new EventEndpoints(events, options.apiVersion()).addTo(router);
        api = new Api(router, new IdempotencyKeys(clock), faults, options.secretKeys());

        apiHandler = new ApiHandler(api, faults, books, clock, options.apiVersion(), options.latency());
        serve("/", apiHandler);
        serve("/c/", new CheckoutHandler(checkout, store));
        serve("/simulator/", new ControlHandler(this));
        server.setExecutor(threads);
        server.start();
    }

    /** Starts a simulator; it accepts requests when this returns. */
    public static StripeSimulator start(SimulatorOptions options) {
        return new StripeSimulator(options);
    }

    /** Runs a simulator in a process of its own; see {@link CommandLine} for the arguments. */
    public static void main(String[] arguments) {
        StripeSimulator simulator = start(CommandLine.options(arguments));
        System.out.println("Stripe simulator at " + simulator.baseUrl());
    }

    /** The base URL of the API and of the checkout pages. */
    public String baseUrl() {
        return baseUrl;
    }

    public Books books() {
        return books;
    }

    public Faults faults() {
        return faults;
    }

    public Issuer issuer() {
        return issuer;
    }

    public Webhooks webhooks() {
        return webhooks;
    }

    public BankDebits bankDebits() {
        return bankDebits;
    }

    public Disputes disputes() {
        return disputes;
    }

    public Refunds refunds() {
        return refunds;
    }

    /** Advances the simulator's clock, for example past the life of an idempotency key. */
    public void advanceClock(Duration by) {
        clock.advance(by);
    }

    /** Sets the delay of every API call. */
    public void latency(Duration latency) {
        apiHandler.latency(latency);
    }

    /** Accepts only these API keys from now on; without any, every call gets a 401. */
    public void acceptKeys(String... keys) {
        api.accept(Set.of(keys));
    }

    /**
     * Ends all faults: those to come, hanging requests, the issuer's scripted answers, the webhook mode and lost event types; latency and
     * accepted keys are those of the options again. Customers, payments, events and endpoints stay. For tests that share a simulator.
     */
    public void endFaults() {
        faults.clear();
        issuer.clear();
        webhooks.mode(WebhookMode.DELIVER);
        webhooks.lose();
        latency(options.latency());
        api.accept(options.secretKeys());
    }

    /**
     * Pays a Checkout session with a test card, as its customer does in the browser: accepts the terms and agrees to save the card if asked.
     *
     * @param url of the Checkout session
     * @return whether the session is complete; false if the card was declined or requires authentication
     * @throws IllegalArgumentException if the session is expired, complete or unknown
     */
    public boolean pay(URI url, TestCard card) {
        String id = url.getPath().substring(url.getPath().lastIndexOf('/') + 1);
        if (checkout.find(id).filter(CheckoutSession::isOpen).isEmpty()) {
            throw new IllegalArgumentException("url: no open Checkout session, but " + url);
        }
        CardEntry entry = CardEntry.typed(card.number(), "12/99", card == TestCard.AMEX ? "1234" : "123");
        return checkout.pay(id, new Checkout.Order(entry, null, true)) instanceof Checkout.Next.Leave;
    }

    /** Passes, or fails, the authentication of a PaymentIntent in {@code requires_action}. */
    public void authenticate(String paymentIntent, boolean passed) {
        payments.authenticated(paymentIntent, passed);
    }

    @Override
    public void close() {
        faults.clear();
        server.stop(0);
        threads.shutdownNow();
        sender.close();
    }

    private void serve(String path, HttpHandler handler) {
        server.createContext(path, handler);
    }

    private static HttpServer listen(int port) {
        // Without it, the JDK's server waits for the delayed acknowledgement of the client: 40 ms per request.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        } catch (IOException e) {
            throw new UncheckedIOException("The simulator cannot listen on port " + port, e);
        }
    }
}

package io.autorecharge.stripe.simulator;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.autorecharge.stripe.simulator.Checkout.Next;
import io.autorecharge.stripe.simulator.Checkout.Order;
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
 * A Stripe account in test mode that listens on a local port, for tests and demos. It implements the API calls of this library with state,
 * idempotency keys, Stripe's test cards, signed webhooks and a checkout page. It can simulate faults, and {@link #history()} contains what
 * was really captured. {@link SimulatorExtension} starts a simulator for JUnit tests.
 *
 * <pre>{@code
 * try (StripeSimulator stripe = StripeSimulator.start(SimulatorOptions.defaults())) {
 *     stripe.webhooks().endpoints(WebhookEndpoint.of("http://localhost:8080/webhooks/stripe", "whsec_test"));
 *     stripe.faults().next("POST /v1/payment_intents", Fault.RESET_AFTER_EXECUTION);
 *     // Point the code under test at stripe.baseUrl(), with SimulatorOptions.SECRET_KEY
 *     assertThat(stripe.history().captures()).hasSize(1);
 * }
 * }</pre>
 *
 * <p>The simulator rejects parameters that it does not know, whether or not the real Stripe knows them. As in Stripe's API, amounts are in the
 * smallest unit of the currency, and times are in seconds. Thread-safe.
 */
public final class StripeSimulator implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(Threads.named("http"));
    private final String baseUrl;
    private final SimulatorOptions options;
    private final SimulatorClock clock;
    private final SimulatorHistory history = new SimulatorHistory();
    private final Faults faults = new Faults();
    private final SimulatedAccount account;
    private final Api api;
    private final ApiHandler apiHandler;

    private StripeSimulator(SimulatorOptions options) {
        this.options = options;
        server = listen(options.port());
        baseUrl = "http://127.0.0.1:" + server.getAddress().getPort();
        clock = new SimulatorClock(options.clock());
        account = new SimulatedAccount(options, clock, history, baseUrl);
        api = new Api(account.router(), new IdempotencyKeys(clock), faults, options.secretKeys());

        apiHandler = new ApiHandler(api, faults, history, clock, options.apiVersion(), options.latency());
        serve("/", apiHandler);
        serve("/c/", new CheckoutHandler(account.checkout, account.store));
        serve("/simulator/", new ControlHandler(this));
        server.setExecutor(threads);
        server.start();
    }

    /** Starts a simulator. It accepts requests when this method returns. */
    public static StripeSimulator start(SimulatorOptions options) {
        return new StripeSimulator(options);
    }

    /**
     * Runs a simulator in its own process. The arguments are {@code --port=}, {@code --key=}, {@code --webhook-url=}, {@code --webhook-secret=}
     * and {@code --latency-ms=}; all are optional.
     */
    public static void main(String[] arguments) {
        StripeSimulator simulator = start(CommandLine.options(arguments));
        System.out.println("Stripe simulator at " + simulator.baseUrl());
    }

    /** The base URL of the API and of the checkout pages. */
    public String baseUrl() {
        return baseUrl;
    }

    /** The captures and requests so far. */
    public SimulatorHistory history() {
        return history;
    }

    /** Scripts faults of requests. */
    public Faults faults() {
        return faults;
    }

    /** Scripts declines. */
    public Issuer issuer() {
        return account.issuer;
    }

    /** The webhook endpoints, and how events are delivered. */
    public Webhooks webhooks() {
        return account.webhooks;
    }

    /** Lets saved cards expire, and updates them. */
    public Cards cards() {
        return account.cards;
    }

    /** The mandates of saved bank accounts. */
    public Mandates mandates() {
        return account.mandates;
    }

    /** Decides bank debits that are in processing. */
    public BankDebits bankDebits() {
        return account.bankDebits;
    }

    /** Opens and decides disputes. */
    public Disputes disputes() {
        return account.disputes;
    }

    /** Decides refunds; create them with the API. */
    public Refunds refunds() {
        return account.refunds;
    }

    /** Advances the simulator's clock, for example past the lifetime of an idempotency key. */
    public void advanceClock(Duration by) {
        clock.advance(by);
    }

    /** Makes the {@code Date} header of every answer differ from the simulator's clock; negative for behind. */
    public void dateHeaderAhead(Duration ahead) {
        apiHandler.dateAhead(ahead);
    }

    /** Sets the delay of every API call. */
    public void latency(Duration latency) {
        apiHandler.latency(latency);
    }

    /** Accepts only these API keys from now on. Without a key, every call gets a 401. */
    public void acceptKeys(String... keys) {
        api.accept(Set.of(keys));
    }

    /**
     * Ends all faults: removes scripted faults, declines and lost event types, releases hanging requests, and resets webhook mode, latency and
     * accepted keys. Customers, payments, events and endpoints stay. For tests that share a simulator.
     */
    public void endFaults() {
        faults.clear();
        account.issuer.clear();
        account.refunds.balanceIsShort(false);
        account.webhooks.mode(WebhookMode.DELIVER);
        account.webhooks.lose();
        latency(options.latency());
        dateHeaderAhead(Duration.ZERO);
        api.accept(options.secretKeys());
    }

    /**
     * Does what the customer does in the browser: pays a checkout session with a test card or, in setup mode, saves the card. Accepts the terms,
     * and agrees to save the card.
     *
     * @param url the URL of the checkout session
     * @param card the card that the customer enters
     * @return whether the session is complete; false if the card was declined or requires authentication
     * @throws IllegalArgumentException if the session is expired, complete or unknown
     */
    public boolean pay(URI url, TestCard card) {
        CardEntry entry = CardEntry.typed(card.number(), "12/99", card == TestCard.AMEX ? "1234" : "123");
        return order(url, Order.of(entry, null, true)) instanceof Next.Leave;
    }

    /**
     * The same with another type of payment method: {@code us_bank_account}, {@code sepa_debit}, {@code link}, or {@code ideal} and
     * {@code bancontact}, for which it also completes the page of the bank.
     *
     * @return whether the session is complete; false if it does not offer this type
     * @throws IllegalArgumentException if the session is expired, complete or unknown
     */
    public boolean pay(URI url, String type) {
        Next next = order(url, new Order(null, type, null, true));
        if (next instanceof Next.Authenticate bank) {
            next = account.checkout.authenticated(bank.intent(), true);
        }
        return next instanceof Next.Leave;
    }

    private Next order(URI url, Order order) {
        String id = url.getPath().substring(url.getPath().lastIndexOf('/') + 1);
        if (account.checkout.find(id).filter(CheckoutSession::isOpen).isEmpty()) {
            throw new IllegalArgumentException("url must be that of an open checkout session: " + url);
        }
        return account.checkout.pay(id, order);
    }

    /**
     * Passes or fails the authentication of a PaymentIntent or SetupIntent in {@code requires_action}, as the cardholder does at the bank. A
     * checkout session that waits for it is then complete.
     */
    public void authenticate(String intent, boolean passed) {
        account.checkout.authenticated(intent, passed);
    }

    @Override
    public void close() {
        faults.clear();
        server.stop(0);
        threads.shutdownNow();
        account.close();
    }

    private void serve(String path, HttpHandler handler) {
        server.createContext(path, handler);
    }

    private static HttpServer listen(int port) {
        // Without this, the JDK's server waits for the delayed acknowledgement of the client: 40 ms per request.
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

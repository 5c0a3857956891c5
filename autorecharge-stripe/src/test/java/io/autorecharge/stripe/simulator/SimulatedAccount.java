package io.autorecharge.stripe.simulator;

/** The simulated Stripe account: its objects, what happens to them, and the endpoints that read and change them. */
final class SimulatedAccount {

    final Store store = new Store();
    final Webhooks webhooks;
    final Issuer issuer;
    final Cards cards;
    final Mandates mandates;
    final Disputes disputes;
    final Refunds refunds;
    final Checkout checkout;
    final BankDebits bankDebits;

    private final String apiVersion;
    private final SimulatorClock clock;
    private final EventLog events;
    private final WebhookSender sender;
    private final Views views;
    private final Methods methods;
    private final MethodChanges methodChanges;
    private final Payments payments;
    private final Setups setups;
    private final CustomerEndpoints customers;

    SimulatedAccount(SimulatorOptions options, SimulatorClock clock, SimulatorHistory history, String baseUrl) {
        this.apiVersion = options.apiVersion();
        this.clock = clock;
        events = new EventLog(clock);
        sender = new WebhookSender(clock, apiVersion, options.webhookRetries());
        webhooks = new Webhooks(events, sender);
        webhooks.endpoints(options.webhooks().toArray(new WebhookEndpoint[0]));
        events.listen(webhooks::happened);

        views = new Views(store, baseUrl);
        issuer = new Issuer(clock);
        methods = new Methods(store, clock);
        methodChanges = new MethodChanges(store, events);
        cards = new Cards(store, methods, methodChanges, clock);
        mandates = new Mandates(store, events, clock);
        FraudWarnings warnings = new FraudWarnings(store, events, clock);
        disputes = new Disputes(store, history, events, clock, warnings);
        refunds = new Refunds(store, history, events, clock, issuer, warnings);
        payments = new Payments(store, issuer, history, events, clock, views, methodChanges, mandates, disputes);
        setups = new Setups(store, methods, methodChanges, mandates, issuer, events, clock, views);
        customers = new CustomerEndpoints(store, events, clock, views);
        CheckoutPayers payers = new CheckoutPayers(store, methods, customers, clock);
        checkout = new Checkout(store, payers, payments, setups, events, clock, views);
        bankDebits = new BankDebits(store, payments, checkout, disputes, issuer);
    }

    Router router() {
        Router router = new Router();
        customers.addTo(router);
        new MethodEndpoints(store, methods, methodChanges, views).addTo(router);
        new MethodListEndpoints(store, views).addTo(router);
        new IntentEndpoints(store, methods, payments, new Acceptance(issuer, mandates), clock, views).addTo(router);
        new SetupEndpoints(store, methods, setups, clock, views).addTo(router);
        new SetupHistoryEndpoints(store, views).addTo(router);
        new SessionEndpoints(store, checkout, setups, clock, views).addTo(router);
        new RefundEndpoints(store, refunds, views).addTo(router);
        new DisputeEndpoints(store, views).addTo(router);
        new WarningEndpoints(store, views).addTo(router);
        new EventEndpoints(events, apiVersion).addTo(router);
        return router;
    }

    void close() {
        sender.close();
    }
}

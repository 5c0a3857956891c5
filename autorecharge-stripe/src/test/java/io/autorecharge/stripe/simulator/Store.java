package io.autorecharge.stripe.simulator;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The objects of the simulated Stripe account. */
final class Store {
    final Table<Customer> customers = new Table<>();
    final Table<PaymentMethod> methods = new Table<>();
    final Table<PaymentIntent> intents = new Table<>();
    final Table<Charge> charges = new Table<>();
    final Table<Refund> refunds = new Table<>();
    final Table<Dispute> disputes = new Table<>();
    final Table<FraudWarning> warnings = new Table<>();
    final Table<CheckoutSession> sessions = new Table<>();
    final Table<SetupIntent> setupIntents = new Table<>();
    final Table<SetupAttempt> setupAttempts = new Table<>();
    final Table<Mandate> mandates = new Table<>();

    /** The checkout session of each intent that one has created. */
    final Map<String, String> sessionOfIntent = new ConcurrentHashMap<>();

    /** Blocked bank accounts, by fingerprint. */
    final Map<String, Instrument.Block> blocks = new ConcurrentHashMap<>();

    /** The customer with this id, unless it was deleted. */
    Customer customer(String id, String param) {
        return customers
                .find(id)
                .filter(customer -> !customer.deleted())
                .orElseThrow(() -> ApiError.noSuch("customer", param, id));
    }

    /** @throws ApiError when a checkout session has created the intent: only the session can be ended. The text is inferred. */
    void requireOwn(String intent, String kind) {
        if (sessionOfIntent.containsKey(intent)) {
            throw ApiError.badRequest(
                    "This " + kind + " was created by a Checkout Session, so it cannot be confirmed or"
                            + " canceled. Expire the Checkout Session instead.");
        }
    }
}

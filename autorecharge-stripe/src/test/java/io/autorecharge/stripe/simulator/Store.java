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
    final Table<CheckoutSession> sessions = new Table<>();

    /** Blocked bank accounts, by fingerprint. */
    final Map<String, Instrument.Block> blocks = new ConcurrentHashMap<>();

    /** The customer with this id, unless it was deleted. */
    Customer customer(String id, String param) {
        return customers
                .find(id)
                .filter(customer -> !customer.deleted())
                .orElseThrow(() -> ApiError.noSuch("customer", param, id));
    }
}

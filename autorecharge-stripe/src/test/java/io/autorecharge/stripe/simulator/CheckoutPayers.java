package io.autorecharge.stripe.simulator;

import io.autorecharge.stripe.simulator.Checkout.Order;
import io.autorecharge.stripe.simulator.PaymentMethod.Details;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who pays at a checkout, and with what: the customer and the payment method of an order. */
final class CheckoutPayers {

    private final Store store;
    private final Methods methods;
    private final CustomerEndpoints customers;
    private final SimulatorClock clock;

    CheckoutPayers(Store store, Methods methods, CustomerEndpoints customers, SimulatorClock clock) {
        this.store = store;
        this.methods = methods;
        this.customers = customers;
        this.clock = clock;
    }

    /** @throws ApiError with a message for the customer */
    PaymentMethod method(CheckoutSession session, Order order) {
        CardEntry entry = order.card();
        String type = entry == null ? order.type() : "card";
        if (!session.terms().types().contains(type)) {
            throw ApiError.badRequest("This checkout does not accept " + type + ".");
        }
        return methods.add(instrument(type, entry, email(session, order)), Details.of(email(session, order)));
    }

    private Instrument instrument(String type, @Nullable CardEntry entry, @Nullable String email) {
        if (entry != null) {
            return methods.entered(entry);
        }
        return switch (type) {
            case "us_bank_account" -> Instrument.UsBankAccount.test();
            case "sepa_debit" -> new Instrument.SepaDebit(Instrument.SepaDebit.TEST_IBAN, null);
            case "link" -> new Instrument.Link(email);
            default -> new Instrument.BankRedirect(type);
        };
    }

    /** The session with its customer, who is created now if the merchant has asked for that. */
    CheckoutSession withCustomer(CheckoutSession session, Order order) {
        String customer = session.progress().customer();
        if (customer == null && "always".equals(session.terms().customerCreation())) {
            Customer created = new Customer(
                    Ids.next("cus_"), clock.seconds(), order.email(), null, null, null, null, Map.of(), false);
            customers.add(created, Trace.NONE);
            customer = created.id();
        }
        CheckoutSession known = session.withCustomer(customer, email(session, order), order.termsAccepted());
        return store.sessions.update(session.id(), old -> known);
    }

    private static @Nullable String email(CheckoutSession session, Order order) {
        return order.email() == null ? session.progress().email() : order.email();
    }
}

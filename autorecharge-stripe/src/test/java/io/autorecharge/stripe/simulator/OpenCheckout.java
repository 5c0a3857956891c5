package io.autorecharge.stripe.simulator;

import com.google.gson.JsonObject;
import io.autorecharge.stripe.simulator.RawStripe.Response;
import java.io.IOException;

/** A customer at an open checkout page. */
final class OpenCheckout {

    final String customer;
    final String page;
    private final RawStripe stripe;
    private final String id;

    OpenCheckout(RawStripe stripe) throws IOException, InterruptedException {
        this.stripe = stripe;
        customer = stripe.customer();
        Response created = stripe.post("/v1/checkout/sessions", CheckoutSessionTest.params(customer));
        id = created.text("id");
        page = created.text("url");
    }

    String id() {
        return id;
    }

    Response pay(String number) throws IOException, InterruptedException {
        return stripe.post(page, card(number));
    }

    static String[] card(String number) {
        return new String[] {"number", number, "expiry", "12/39", "cvc", "123", "pay_with", "card"};
    }

    JsonObject retrieve(String... expansions) throws IOException, InterruptedException {
        return stripe.get("/v1/checkout/sessions/" + id, expansions).json();
    }

    /** The payment method that the checkout has saved for its customer. */
    String savedMethod() throws IOException, InterruptedException {
        return stripe.get("/v1/payment_methods", "customer", customer, "type", "card")
                .json()
                .getAsJsonArray("data")
                .get(0)
                .getAsJsonObject()
                .get("id")
                .getAsString();
    }
}

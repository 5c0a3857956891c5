package io.autorecharge.examples.plain;

import io.autorecharge.gateway.CheckoutSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Pays a checkout session of the simulator with the test card 4242…. */
final class SimulatedCustomer {
    private static final String CARD = "number=4242424242424242&expiry=12%2F39&cvc=123&pay_with=card";

    private SimulatedCustomer() {}

    static void pay(CheckoutSession checkout) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(checkout.url())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(CARD))
                .build();
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 3) {
                throw new IllegalStateException("the card was declined: " + answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the simulator's checkout does not respond", e);
        }
    }
}

package io.autorecharge.examples.nemesis;

import io.autorecharge.stripe.simulator.StripeSimulator;
import java.io.IOException;

/** The simulator as a process that ends when its standard input does. */
final class ProviderMain {
    static final String AT = "Stripe simulator at ";

    private ProviderMain() {}

    public static void main(String[] arguments) throws IOException {
        StripeSimulator.main(arguments);
        while (System.in.read() >= 0) {
            // Whoever started this process ends it by closing the pipe, or by dying.
        }
        Runtime.getRuntime().halt(0);
    }
}

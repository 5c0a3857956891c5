package io.autorecharge.examples.nemesis;

import io.autorecharge.stripe.simulator.StripeSimulator;
import java.io.IOException;

/** The simulator as a process of its own. Ends when its standard input ends. */
final class ProviderMain {
    static final String AT = "Stripe simulator at ";

    private ProviderMain() {}

    public static void main(String[] arguments) throws IOException {
        StripeSimulator.main(arguments);
        while (System.in.read() >= 0) {
            // The parent process ends this one by closing the pipe, or by ending itself.
        }
        Runtime.getRuntime().halt(0);
    }
}

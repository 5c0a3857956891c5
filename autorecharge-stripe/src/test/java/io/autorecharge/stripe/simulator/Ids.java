package io.autorecharge.stripe.simulator;

import java.util.concurrent.ThreadLocalRandom;

/** Creates ids like Stripe's: a prefix for the kind of object, then random letters and digits. */
final class Ids {

    private static final char[] ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".toCharArray();

    private Ids() {}

    static String next(String prefix) {
        return prefix + random(24);
    }

    static String random(int length) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        char[] text = new char[length];
        for (int i = 0; i < length; i++) {
            text[i] = ALPHABET[random.nextInt(ALPHABET.length)];
        }
        return new String(text);
    }
}

package io.autorecharge.stripe;

import com.stripe.net.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Derives idempotency keys from stored ids. They are never random, so that a call repeated after a crash has the same key. */
final class IdempotencyKey {
    private static final Pattern FITS = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private IdempotencyKey() {}

    /** The id itself, or its digest if a header cannot contain the id. */
    static RequestOptions of(String id) {
        return options(FITS.matcher(id).matches() ? id : "autorecharge-" + digest(id));
    }

    /** The key for creating an account's customer. Stripe replays a stored failure for a day, so the next try after one has another number. */
    static RequestOptions ofCustomer(String account, int number) {
        return options("autorecharge-customer-" + digest(account) + (number == 0 ? "" : "-" + number));
    }

    private static RequestOptions options(String key) {
        return RequestOptions.builder().setIdempotencyKey(key).build();
    }

    private static String digest(String text) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

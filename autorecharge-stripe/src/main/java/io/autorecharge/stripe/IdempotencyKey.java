package io.autorecharge.stripe;

import com.stripe.net.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Idempotency keys: derived from ids that are stored, never random, so that a call made again after a crash is the same call. */
final class IdempotencyKey {
    private static final Pattern FITS = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private IdempotencyKey() {}

    /** The id itself, unless a header cannot carry it: then its digest. */
    static RequestOptions of(String id) {
        return options(FITS.matcher(id).matches() ? id : "autorecharge-" + digest(id));
    }

    /** The key of an account's customer. Stripe gives a stored failure for a day, so a failed one has a next. */
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

package io.autorecharge.stripe;

import com.stripe.net.RequestOptions;
import io.autorecharge.gateway.InstallationId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Derives idempotency keys from stored ids. They are never random, so that a call repeated after a crash has the same key. */
final class IdempotencyKey {
    private static final Pattern FITS = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private IdempotencyKey() {}

    /**
     * The id itself after that of the installation, or their digest if a header cannot contain them.
     *
     * @param installation null for what was created before installations had ids: then the id alone, as it was sent before
     */
    static RequestOptions of(@Nullable InstallationId installation, String id) {
        return options(fitting(installation == null ? id : installation + ":" + id));
    }

    private static String fitting(String key) {
        return FITS.matcher(key).matches() ? key : "autorecharge-" + digest(key);
    }

    /** The key for marking a customer, the same for all installations. */
    static RequestOptions ofStamp(String customer, int number) {
        return options(fitting("autorecharge-installation-" + customer + (number == 0 ? "" : "-" + number)));
    }

    /** The key for creating an account's customer. Stripe replays a stored failure for a day, so the next try after one has another number. */
    static RequestOptions ofCustomer(InstallationId installation, String account, int number) {
        return options(
                "autorecharge-customer-" + installation + "-" + digest(account) + (number == 0 ? "" : "-" + number));
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

package io.autorecharge.stripe;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.stripe.WebhookResult.Rejected.Reason;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the {@code Stripe-Signature} header against the raw bytes (https://docs.stripe.com/webhooks#verify-manually). Unlike stripe-java's
 * own check, it never throws for a malformed header, and it rejects timestamps ahead of the clock.
 */
final class SignatureCheck {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAX_HEADER = 4_096;
    private static final Pattern TIMESTAMP = Pattern.compile("[0-9]{1,12}");
    private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{64}");

    private final List<SecretKeySpec> secrets;
    private final Duration tolerance;
    private final Clock clock;

    /** @throws InvalidValueException when there is no secret, because no event can be verified without one */
    SignatureCheck(List<String> secrets, Duration tolerance, Clock clock) {
        if (secrets.isEmpty()) {
            throw new InvalidValueException(
                    "webhookSecrets", "none", "must contain at least one secret to verify webhooks");
        }
        this.secrets = secrets.stream()
                .map(secret -> new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM))
                .toList();
        this.tolerance = tolerance;
        this.clock = clock;
    }

    /** @return why the body is rejected, or empty if the signature is valid */
    Optional<Reason> objection(byte[] body, @Nullable String header) {
        if (header == null || header.isBlank()) {
            return Optional.of(Reason.SIGNATURE_MISSING);
        }
        Header parts = header.length() > MAX_HEADER ? null : Header.parse(header);
        if (parts == null) {
            return Optional.of(Reason.SIGNATURE_MALFORMED);
        }
        if (!isSigned(body, parts)) {
            return Optional.of(Reason.SIGNATURE_WRONG);
        }
        long apart = Math.abs(clock.instant().getEpochSecond() - Long.parseLong(parts.timestamp));
        return apart > tolerance.toSeconds() ? Optional.of(Reason.TIMESTAMP) : Optional.empty();
    }

    /** Compares every secret with every signature, so that the time taken does not reveal which one matches. */
    private boolean isSigned(byte[] body, Header header) {
        boolean signed = false;
        for (SecretKeySpec secret : secrets) {
            byte[] expected = HexFormat.of()
                    .formatHex(hmac(secret, header.timestamp, body))
                    .getBytes(StandardCharsets.US_ASCII);
            for (String given : header.signatures) {
                signed |= MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.US_ASCII));
            }
        }
        return signed;
    }

    private static byte[] hmac(SecretKeySpec secret, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            mac.update((timestamp + ".").getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** @param timestamp as it was written, because it is part of the signed text */
    private record Header(String timestamp, List<String> signatures) {
        /**
         * @return null unless there is exactly one timestamp and at least one {@code v1} signature; other schemes, such as {@code v0},
         *     are ignored
         */
        static @Nullable Header parse(String header) {
            String timestamp = null;
            List<String> signatures = new ArrayList<>();
            for (String item : header.split(",", -1)) {
                String[] pair = item.split("=", 2);
                if (pair.length != 2) {
                    return null;
                }
                String name = pair[0].strip();
                String value = pair[1].strip();
                if (name.equals("t")) {
                    if (timestamp != null || !TIMESTAMP.matcher(value).matches()) {
                        return null;
                    }
                    timestamp = value;
                } else if (name.equals("v1") && SIGNATURE.matcher(value).matches()) {
                    signatures.add(value);
                }
            }
            return timestamp == null || signatures.isEmpty() ? null : new Header(timestamp, signatures);
        }
    }
}

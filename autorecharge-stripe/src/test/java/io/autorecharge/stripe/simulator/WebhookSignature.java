package io.autorecharge.stripe.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Creates the {@code Stripe-Signature} header (https://docs.stripe.com/webhooks#verify-manually). */
public final class WebhookSignature {

    private WebhookSignature() {}

    /** The header for a body that is sent at this time: one {@code v1} signature per secret, and a {@code v0} signature, as in test mode. */
    public static String header(List<String> secrets, Instant at, String body) {
        String signed = at.getEpochSecond() + "." + body;
        StringBuilder header = new StringBuilder("t=").append(at.getEpochSecond());
        secrets.forEach(secret -> header.append(",v1=").append(hmac(secret, signed)));
        return header.append(",v0=").append(hmac("v0", signed)).toString();
    }

    private static String hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
        }
    }
}

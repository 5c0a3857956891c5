package io.autorecharge.internal.charge;

import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.RechargeId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The ids of a purchase that a user asks for. They are made of the account and the request's reference, so that a repeated request finds the purchase
 * of the first, also at the provider.
 */
record RequestedIds(RechargeId recharge, AttemptId attempt) {
    static RequestedIds of(AccountId account, String reference) {
        String digest = digest(account.value() + "\n" + reference);
        return new RequestedIds(new RechargeId("purchase-" + digest), new AttemptId("purchase-" + digest + "-1"));
    }

    private static String digest(String text) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)), 0, 20);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

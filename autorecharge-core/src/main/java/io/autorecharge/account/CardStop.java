package io.autorecharge.account;

import java.time.Instant;
import java.util.Objects;

/**
 * A card that no account may be charged with any more. It is known by its fingerprint, so that it stays stopped when another account saves it.
 * Another card, or an operator, ends it.
 *
 * @param reason why
 * @param since since when
 */
public record CardStop(Reason reason, Instant since) {
    public CardStop {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(since, "since");
    }

    /** Why a card is stopped. The names are stored. */
    public enum Reason {
        /** The issuer said never to try it again. A purchase that its holder makes with it through a checkout ends it. */
        HARD_DECLINE,
        /** The card network reported a payment with it as fraud. Only an operator ends it. */
        FRAUD_WARNING
    }
}

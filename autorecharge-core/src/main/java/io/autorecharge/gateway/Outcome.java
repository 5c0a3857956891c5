package io.autorecharge.gateway;

import io.autorecharge.credit.Money;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one attempt. Seen from the money: {@link Paid} is taken; {@link Declined}, {@link ActionRequired} and
 * {@link NotSubmitted} are surely not taken; {@link Processing} and {@link Unknown} are not known. Whoever takes an outcome apart falls
 * through to "not known".
 */
public sealed interface Outcome {
    /**
     * The money was captured.
     *
     * @param providerReference the provider's id of the charge; credits are granted once for it
     * @param amount what was captured
     */
    record Paid(String providerReference, Money amount) implements Outcome {}

    /** The method takes its time (bank debits take days); the money may still come or not. */
    record Processing(String providerReference) implements Outcome {}

    /**
     * The bank wants the customer to be present. The provider can no longer capture money for this attempt by itself.
     *
     * @param providerReference null when the provider made no charge
     * @param code the provider's word
     */
    record ActionRequired(@Nullable String providerReference, String code) implements Outcome {}

    /**
     * A definite no. The provider can no longer capture money for this attempt.
     *
     * @param providerReference null when the provider made no charge
     * @param code the provider's most exact word, such as {@code insufficient_funds}; not for customers' eyes where it is
     *     {@code lost_card}, {@code stolen_card} or {@code fraudulent}
     * @param kind what it means for the next try
     */
    record Declined(@Nullable String providerReference, String code, Kind kind) implements Outcome {
        /** What a decline means for the next try. */
        public enum Kind {
            /** May work later. */
            SOFT,
            /** This card must not be tried again. */
            HARD,
            /** The saved method is gone: detached, or its customer deleted. */
            METHOD_UNUSABLE
        }
    }

    /**
     * The request was refused before anything was done. The attempt stays open with its key; the customer is not to blame.
     *
     * @param detail for operators; ids, no secrets
     */
    record NotSubmitted(Reason reason, String detail) implements Outcome {
        /** Why a request was not carried out. */
        public enum Reason {
            /** Too many requests; the same again later. */
            BUSY,
            /** Wrong or revoked key, wrong mode, missing permission: no charge of this run would work. */
            CONFIGURATION,
            /** This one request was refused as malformed, or its amount as too small. */
            REJECTED
        }
    }

    /**
     * Nobody knows. Everything that is not one of the others: time-outs, resets, 5xx, unreadable answers, bugs.
     *
     * @param detail for operators; ids, no secrets
     */
    record Unknown(String detail) implements Outcome {}

    /** Whether the outcome ends the attempt. */
    default boolean isFinal() {
        return this instanceof Paid || this instanceof Declined || this instanceof ActionRequired;
    }
}

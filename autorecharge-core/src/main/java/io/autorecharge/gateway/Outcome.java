package io.autorecharge.gateway;

import io.autorecharge.credit.Money;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one attempt. With {@link Paid} the money was taken; with {@link Declined}, {@link ActionRequired} and
 * {@link NotSubmitted} it certainly was not; with {@link Processing} and {@link Unknown} it is not known yet. Code that distinguishes
 * outcomes treats every other one as "not known".
 */
public sealed interface Outcome {
    /**
     * The money was captured.
     *
     * @param providerReference the provider's id of the charge; credits are granted once for each
     * @param amount what was captured
     */
    record Paid(String providerReference, Money amount) implements Outcome {}

    /** The payment is still processing (bank debits take days); it may succeed or fail. */
    record Processing(String providerReference) implements Outcome {}

    /**
     * The bank requires the customer to authenticate. The provider can no longer capture money for this attempt by itself.
     *
     * @param providerReference null when the provider created no charge
     * @param code the provider's code
     */
    record ActionRequired(@Nullable String providerReference, String code) implements Outcome {}

    /**
     * A definite decline. The provider can no longer capture money for this attempt.
     *
     * @param providerReference null when the provider created no charge
     * @param code the provider's most specific code, such as {@code insufficient_funds}; never shown to customers where it is
     *     {@code lost_card}, {@code stolen_card} or {@code fraudulent}
     * @param kind what it means for the next attempt
     * @param retryAfter the least wait before this method is tried again; null when the policy's back-off decides
     */
    record Declined(
            @Nullable String providerReference,
            String code,
            Kind kind,
            @Nullable Duration retryAfter) implements Outcome {
        /** A decline after which the policy's back-off decides when to try again. */
        public Declined(@Nullable String providerReference, String code, Kind kind) {
            this(providerReference, code, kind, null);
        }

        /** What a decline means for the next attempt. */
        public enum Kind {
            /** May work later. */
            SOFT,
            /** This card must not be tried again. */
            HARD,
            /** The saved payment method is gone: detached, or its customer deleted. */
            METHOD_UNUSABLE,
            /** The customer belongs to another installation: nothing was sent. */
            OTHER_INSTALLATION,
            /** The customer belongs to another account: nothing was sent. */
            OTHER_ACCOUNT
        }
    }

    /**
     * The request was refused before anything was carried out. The attempt stays open with its key; the customer did not cause it.
     *
     * @param detail for operators; ids, no secrets
     * @param code the provider's code; null when it gave none
     */
    record NotSubmitted(
            Reason reason, String detail, @Nullable String code) implements Outcome {
        /** A refusal without a code. */
        public NotSubmitted(Reason reason, String detail) {
            this(reason, detail, null);
        }

        /** Why a request was not carried out. */
        public enum Reason {
            /** Too many requests; the same request can be sent later. */
            BUSY,
            /** Wrong or revoked key, wrong mode, missing permission: every charge of this run would fail. */
            CONFIGURATION,
            /**
             * Only this request was refused, as malformed or because its amount is too small. It is sent a few times more, and given up
             * then.
             */
            REJECTED
        }
    }

    /**
     * The outcome is not known. Everything that is not one of the others: time-outs, resets, 5xx, unreadable answers, bugs.
     *
     * @param detail for operators; ids, no secrets
     */
    record Unknown(String detail) implements Outcome {}

    /** Whether the outcome ends the attempt. */
    default boolean isFinal() {
        return this instanceof Paid || this instanceof Declined || this instanceof ActionRequired;
    }
}

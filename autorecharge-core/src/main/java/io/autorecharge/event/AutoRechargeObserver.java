package io.autorecharge.event;

import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.policy.Decision;
import java.time.Duration;

/** Sees every decision and every call to the provider as it is made: for metrics and health. Called by many threads; must be quick. */
public interface AutoRechargeObserver {
    /** Sees nothing. */
    AutoRechargeObserver NONE = new AutoRechargeObserver() {};

    /** An evaluation ended. */
    default void decided(AccountId account, Decision decision) {}

    /** The provider was asked to charge, and this is what is known now. */
    default void charged(AccountId account, Outcome outcome, Duration took) {}

    /**
     * The provider was asked something that charges nothing. While it does not answer, nothing is concluded: an attempt in doubt stays open,
     * an open page too, and refunds are not heard of.
     *
     * @param answered false when it could not be reached or refused to tell
     */
    default void asked(Question question, boolean answered) {}

    /** What the provider is asked. */
    enum Question {
        /** What became of a charge that is in doubt. */
        ATTEMPT,
        /** What became of a page. */
        PAGE,
        /** What was refunded or disputed. */
        REVERSALS
    }
}

package io.autorecharge.event;

import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.policy.Decision;
import java.time.Duration;

/** Observes every decision and every call to the provider, for metrics and health. Called by many threads; must be fast. */
public interface AutoRechargeObserver {
    /** Ignores everything. */
    AutoRechargeObserver NONE = new AutoRechargeObserver() {};

    /** An evaluation ended. */
    default void decided(AccountId account, Decision decision) {}

    /** The provider was asked to charge, with this outcome. */
    default void charged(AccountId account, Outcome outcome, Duration took) {}

    /**
     * The provider was sent a request that does not charge. As long as it does not answer, nothing is concluded: attempts in doubt and
     * open checkouts stay open, and refunds remain unknown.
     *
     * @param answered false when it could not be reached or refused to answer
     */
    default void asked(Question question, boolean answered) {}

    /** Rows were deleted because they were old. */
    default void purged(Purgeable what, int rows) {}

    /**
     * The provider reported an object that does not belong to this installation; nothing was changed. Another application uses the same account
     * at the provider.
     */
    default void ignored(ProviderReport report) {}

    /** The kind of a request that does not charge. */
    enum Question {
        /** The outcome of an attempt in doubt. */
        ATTEMPT,
        /** The outcome of a checkout. */
        PAGE,
        /** Refunds and disputes. */
        REVERSALS
    }
}

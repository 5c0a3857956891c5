package io.autorecharge.event;

import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.policy.Decision;
import java.time.Duration;

/** Sees every decision and every call to the provider as it is made: for metrics. Called by many threads; must be quick. */
public interface AutoRechargeObserver {
    /** Sees nothing. */
    AutoRechargeObserver NONE = new AutoRechargeObserver() {};

    /** An evaluation ended. */
    default void decided(AccountId account, Decision decision) {}

    /** The provider was asked to charge, and this is what is known now. */
    default void charged(AccountId account, Outcome outcome, Duration took) {}
}

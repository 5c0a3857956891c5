package io.autorecharge.report;

import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.policy.Decision;
import io.autorecharge.store.Recharge;

/** What became of one look at one account. */
public sealed interface CheckResult {
    /** Whose. */
    AccountId account();

    /** Nothing was sent to the provider, and why. */
    record Held(AccountId account, Decision.Hold hold) implements CheckResult {}

    /**
     * A recharge was claimed, or an open one was taken up again, and this is what is known of it now.
     *
     * @param recharge as it was when it was sent
     * @param outcome what the provider said
     */
    record Charged(AccountId account, Recharge recharge, Outcome outcome) implements CheckResult {
        /** Whether the provider refused our key, mode or permission: a reason to stop the run. */
        public boolean providerRefused() {
            return outcome instanceof Outcome.NotSubmitted refused
                    && refused.reason() == Outcome.NotSubmitted.Reason.CONFIGURATION;
        }
    }
}

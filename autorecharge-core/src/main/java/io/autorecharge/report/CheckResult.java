package io.autorecharge.report;

import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.policy.Decision;
import io.autorecharge.store.Recharge;

/** The result of one check of one account. */
public sealed interface CheckResult {
    /** The account that was checked. */
    AccountId account();

    /** Nothing was sent to the provider; {@code hold} says why. */
    record Held(AccountId account, Decision.Hold hold) implements CheckResult {}

    /**
     * A recharge was claimed, or an open one was continued.
     *
     * @param recharge as it was when it was sent
     * @param outcome what is known about it now
     */
    record Charged(AccountId account, Recharge recharge, Outcome outcome) implements CheckResult {
        /** Whether the provider refused the host's key, mode or permission: a reason to stop the run. */
        public boolean providerRefused() {
            return outcome instanceof Outcome.NotSubmitted refused
                    && refused.reason() == Outcome.NotSubmitted.Reason.CONFIGURATION;
        }
    }
}

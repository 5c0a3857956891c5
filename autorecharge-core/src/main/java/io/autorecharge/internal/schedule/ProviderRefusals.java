package io.autorecharge.internal.schedule;

import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.report.CheckResult;
import java.util.HashSet;
import java.util.Set;

/**
 * Tells a provider that refuses the host's key, mode or permission from one that refuses some accounts for such a reason: only when several
 * accounts in a row were refused, and none was answered otherwise, are the others left alone. Thread-safe.
 */
final class ProviderRefusals {
    /** How many accounts in a row must be refused. */
    static final int EVIDENCE = 10;

    private final Set<AccountId> inARow = new HashSet<>();

    synchronized void count(CheckResult.Charged charged) {
        if (charged.providerRefused()) {
            inARow.add(charged.account());
        } else if (!(charged.outcome() instanceof Outcome.Unknown)) {
            // No answer says nothing; any other answer was given to a key that the provider accepts.
            inARow.clear();
        }
    }

    /** Whether the provider refuses everything, as far as is known. */
    synchronized boolean areEvidence() {
        return inARow.size() >= EVIDENCE;
    }
}

package io.autorecharge.policy;

import io.autorecharge.account.Account;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the policy of each account: other packages, prices, bonuses, limits or another currency, for a plan or a country, for example.
 *
 * <p>It is asked while the account is locked, in the transaction that decides, and several times for one charge. So it must be fast (within a
 * millisecond; an answer that takes longer than a second is not used), must not do I/O or call the library, must be safe for use by many
 * threads, and should depend on nothing but its argument and values in memory. The same object for the same policy is best: a policy is
 * checked when it is first seen.
 *
 * <p>What a policy has decided is stored with the recharge: package, credits, bonus, price, currency and the number of attempts. If the source
 * returns another policy afterwards, that recharge is not changed by it.
 *
 * <p>An account whose source throws, returns null, takes too long or returns a policy that does not fit is held with
 * {@link HoldReason#POLICY_UNUSABLE}, and nothing is charged by another policy. A policy fits if the provider and the ledger take its amounts,
 * and if {@link RechargePolicy#threshold} and {@link RechargePolicy#thresholdInclusive} are those of the builder's policy: the database
 * finds low accounts by them.
 */
@FunctionalInterface
public interface PolicySource {
    /**
     * The policy of an account.
     *
     * @param account as it is now; one that the database does not know yet has no credits and the settings of a new account
     */
    @Nullable
    RechargePolicy policyOf(Account account);
}

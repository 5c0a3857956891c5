package io.autorecharge.internal.account;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.PolicyUnusableException;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.Standing;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The policy of one account, as the source returned it.
 *
 * @param rules the policy; where it cannot be used, the builder's, which then decides no charge and only what no policy changes
 * @param problem why it cannot be used; null when it can
 */
record AccountPolicy(RechargePolicy rules, @Nullable String problem) {
    private static final Duration AGAIN = Duration.ofMinutes(5);

    /** Holds that do not depend on packages, prices or limits. */
    private static final Set<HoldReason> OF_ANY_POLICY = EnumSet.of(
            HoldReason.DISABLED,
            HoldReason.RECHARGE_OPEN,
            HoldReason.ABOVE_THRESHOLD,
            HoldReason.NO_CONSENT,
            HoldReason.SUSPENDED,
            HoldReason.GRANT_PENDING,
            HoldReason.BALANCE_UNKNOWN,
            HoldReason.ENTRIES_OWED);

    boolean isUsable() {
        return problem == null;
    }

    Decision decide(Standing standing) {
        return checked(rules.decide(standing), standing);
    }

    /** The decision if every charge had been announced in time. */
    Decision withoutNotice(Standing standing) {
        return checked(rules.withoutNotice(standing), standing);
    }

    /** The decision without the back-off after a decline. */
    Decision decideRetry(Standing standing) {
        return checked(rules.decideRetry(standing), standing);
    }

    /** The decision about a package that the user asks to buy now, at this price. */
    Decision decidePurchase(Standing standing, CreditPackage chosen) {
        if (!isUsable()) {
            return unusable(standing);
        }
        return rules.packages().find(chosen.credits()).filter(chosen::equals).isPresent()
                ? rules.decidePurchase(standing, chosen)
                : Decision.Hold.because(HoldReason.PACKAGE_NOT_OFFERED);
    }

    /** Why such a purchase may not be charged to another payment method; null when it may. */
    Decision.@Nullable Hold purchaseObjection(Standing standing) {
        return isUsable() ? rules.purchaseObjection(standing) : unusable(standing);
    }

    private Decision checked(Decision decision, Standing standing) {
        return isUsable() || (decision instanceof Decision.Hold hold && OF_ANY_POLICY.contains(hold.reason()))
                ? decision
                : unusable(standing);
    }

    /** Why an open recharge may not be charged to another payment method; null when it may. */
    Decision.@Nullable Hold objection(Standing standing, int packageCredits, Credits credits, Money price) {
        return isUsable() ? rules.objection(standing, packageCredits, credits, price) : unusable(standing);
    }

    private static Decision.Hold unusable(Standing standing) {
        return new Decision.Hold(HoldReason.POLICY_UNUSABLE, standing.now().plus(AGAIN));
    }

    /** @throws PolicyUnusableException when there is none */
    RechargePolicy require(AccountId account) {
        if (problem != null) {
            throw new PolicyUnusableException(account, problem);
        }
        return rules;
    }
}

package io.autorecharge.internal.account;

import io.autorecharge.account.Account;
import io.autorecharge.account.Consent;
import io.autorecharge.account.UserRules;
import io.autorecharge.policy.Limits;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeWithAttempt;
import org.jspecify.annotations.Nullable;

/** Whether an attempt that was claimed earlier may be sent again. */
public final class WantedAttempts {
    private final StandingReader standingReader;

    public WantedAttempts(StandingReader standingReader) {
        this.standingReader = standingReader;
    }

    /**
     * Whether an attempt that was claimed earlier is still wanted: since then, the account was not switched off or suspended, its consent
     * not withdrawn, its maximum, its price and the user's own limit not lowered, its balance not raised, its card neither replaced nor stopped,
     * and its package not changed. An attempt in doubt keeps its package: it may have been paid already. A purchase that the user asked for is
     * wanted for some minutes, while the user waits for it.
     */
    public boolean isWanted(Step step, RechargeWithAttempt open) {
        Account account = step.account();
        RechargePolicy policy = standingReader.orStandard(step);
        boolean asked = open.recharge().isRequested()
                ? !StandingReader.isForgotten(step, open.recharge())
                : account.settings().enabled()
                        && isAgreed(policy, standingReader.agreed(step).state().consent(), open.recharge())
                        && (open.attempt().inDoubt() || isChosen(account, open.recharge()))
                        && policy.isWanted(account, step.now());
        return asked
                && account.state().suspension() == null
                && !isOwnLimitLowered(step)
                && isListed(step, open.attempt())
                && !isPaidAlready(step, open)
                && !isCardStopped(step, open.attempt(), policy);
    }

    private static boolean isAgreed(RechargePolicy policy, @Nullable Consent consent, Recharge recharge) {
        return consent != null
                && policy.isAgreed(consent, recharge.price())
                && consent.coversPrice(recharge.credits(), recharge.price());
    }

    private static boolean isCardStopped(Step step, Attempt attempt, RechargePolicy policy) {
        return step.tx()
                        .cardUse(attempt.card(), policy.cardLimit().countedFrom(step.now()))
                        .stop()
                != null;
    }

    /** Read only where the user has a limit of the own. */
    private boolean isOwnLimitLowered(Step step) {
        UserRules rules = step.account().state().rules();
        Limits limits = standingReader.orStandard(step).limits();
        return rules.monthlyLimit() != null
                && limits.lowered(step.tx().countedSince(limits.countedFrom(step.now(), rules)), step.now(), rules)
                        != null;
    }

    /** Whether the account still uses the method that this attempt charges, and it is not passed over. */
    private static boolean isListed(Step step, Attempt attempt) {
        return step.tx()
                .methods()
                .find(attempt.paymentMethodId())
                .filter(it -> it.stop() == null)
                .isPresent();
    }

    /** Another attempt of the recharge may have been captured after it had failed. */
    private static boolean isPaidAlready(Step step, RechargeWithAttempt open) {
        return open.attempt().number() > 1
                && step.tx().attempts(open.recharge().id()).stream().anyMatch(it -> it.state() == AttemptState.PAID);
    }

    private static boolean isChosen(Account account, Recharge recharge) {
        Integer credits = account.settings().credits();
        return credits != null && credits == recharge.packageCredits();
    }
}

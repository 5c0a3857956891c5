package io.autorecharge.internal.account;

import io.autorecharge.account.Account;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeWithAttempt;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether a customer may pay a recharge that requires authentication. The status and the checkout follow the same rule. */
public final class Recovery {
    private Recovery() {}

    /**
     * The attempt of an account's last recharge that its customer may authenticate: the latest, or an earlier one after which another payment method
     * failed.
     *
     * @param attempts all attempts of that recharge; asked for only where it had several
     */
    public static RechargeWithAttempt toAuthenticate(RechargeWithAttempt last, Supplier<List<Attempt>> attempts) {
        if (last.attempt().number() == 1 || last.attempt().state() == AttemptState.ACTION_REQUIRED) {
            return last;
        }
        return attempts.get().stream()
                .filter(it -> it.state() == AttemptState.ACTION_REQUIRED)
                .findFirst()
                .map(it -> new RechargeWithAttempt(last.recharge(), it))
                .orElse(last);
    }

    /** Whether the recharge waits for its customer, and is still wanted. */
    public static boolean isOffered(Account account, PaymentMethods methods, RechargeWithAttempt last) {
        return mayBePaid(last) && isWanted(account, methods, last);
    }

    /** Whether the customer may have paid the recharge at the provider, wanted or not. */
    public static boolean mayBePaid(RechargeWithAttempt last) {
        return last.recharge().state() == RechargeState.FAILED
                && last.attempt().state() == AttemptState.ACTION_REQUIRED;
    }

    /**
     * A user who has switched off, withdrawn the agreement, or removed or replaced the card does not want its recharge any more. A purchase that the
     * user asked for needs no agreement.
     */
    public static boolean isWanted(Account account, PaymentMethods methods, RechargeWithAttempt it) {
        boolean agreed = it.recharge().isRequested()
                || (account.settings().enabled() && account.state().consent() != null);
        return agreed && methods.contains(it.attempt().paymentMethodId());
    }

    /** Makes open checkouts of recharges that are no longer wanted due, so that the next check closes them at the provider. */
    static void closeUnwanted(Step step) {
        step.tx().openCheckouts().stream()
                .filter(it -> recoversUnwanted(step, it.recovers()))
                .forEach(it -> step.tx().save(it.dueAt(step.now())));
    }

    private static boolean recoversUnwanted(Step step, @Nullable AttemptId recovered) {
        return recovered != null
                && step.tx()
                        .rechargeOf(recovered)
                        .filter(recharge -> isWanted(step.account(), step.tx().methods(), recharge))
                        .isEmpty();
    }
}

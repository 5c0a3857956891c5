package io.autorecharge.internal.account;

import io.autorecharge.account.Account;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeWithAttempt;
import org.jspecify.annotations.Nullable;

/** Whether a customer may pay a recharge that requires authentication. The status and the checkout follow the same rule. */
public final class Recovery {
    private Recovery() {}

    /** Whether the recharge waits for its customer, and is still wanted. */
    public static boolean isOffered(Account account, RechargeWithAttempt last) {
        return mayBePaid(last) && isWanted(account, last.attempt());
    }

    /** Whether the customer may have paid the recharge at the provider, wanted or not. */
    public static boolean mayBePaid(RechargeWithAttempt last) {
        return last.recharge().state() == RechargeState.FAILED
                && last.attempt().state() == AttemptState.ACTION_REQUIRED;
    }

    /** A user who has switched off, withdrawn the agreement, or removed or replaced the card does not want its recharge any more. */
    public static boolean isWanted(Account account, Attempt attempt) {
        PaymentMethod method = account.method();
        return account.settings().enabled()
                && account.state().consent() != null
                && method != null
                && method.id().equals(attempt.paymentMethodId());
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
                        .filter(recharge -> isWanted(step.account(), recharge.attempt()))
                        .isEmpty();
    }
}

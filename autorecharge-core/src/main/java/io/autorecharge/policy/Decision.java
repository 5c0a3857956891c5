package io.autorecharge.policy;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The result of every evaluation. */
public sealed interface Decision {
    /**
     * Buy credits.
     *
     * @param chosen the account's package
     * @param credits how many to buy: a multiple of the package, or what is missing to the target
     * @param bonus promotional credits on top, zero or more
     * @param price the amount to charge
     * @param method the payment method to charge
     */
    record Recharge(CreditPackage chosen, Credits credits, Credits bonus, Money price, PaymentMethod method)
            implements Decision {}

    /**
     * Buy nothing.
     *
     * @param reason why
     * @param until when to check again; null when only the user or a debit can change the decision
     */
    record Hold(HoldReason reason, @Nullable Instant until) implements Decision {
        /** A hold without a time. */
        public static Hold because(HoldReason reason) {
            return new Hold(reason, null);
        }
    }
}

package io.autorecharge.internal.charge;

import io.autorecharge.internal.account.Step;
import io.autorecharge.store.Checkout;
import java.util.List;

/** The checkouts that a check of an account looks up at the provider first: one of them may have been paid. */
public interface CheckoutLookUps {
    /** Claims the account's due checkouts, so that no other node looks them up at the same time. */
    List<Checkout> claimDue(Step step);

    /** Looks up claimed checkouts at the provider, and settles them. */
    void lookUp(List<Checkout> claimed);

    /** For a library without a gateway for checkouts. */
    static CheckoutLookUps none() {
        return new CheckoutLookUps() {
            @Override
            public List<Checkout> claimDue(Step step) {
                return List.of();
            }

            @Override
            public void lookUp(List<Checkout> claimed) {}
        };
    }
}

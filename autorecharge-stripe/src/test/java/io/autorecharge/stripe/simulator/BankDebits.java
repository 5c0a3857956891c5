package io.autorecharge.stripe.simulator;

/**
 * Ends the wait for bank debits. A PaymentIntent that is paid with {@code pm_usBankAccount_success}, or with the bank button of
 * the checkout page, stays {@code processing} until a test says here how it ended.
 */
public final class BankDebits {

    private final Payments payments;
    private final Checkout checkout;

    BankDebits(Payments payments, Checkout checkout) {
        this.payments = payments;
        this.checkout = checkout;
    }

    /** The money came; throws {@link IllegalStateException} when the intent is not processing. */
    public void succeed(String paymentIntent) {
        checkout.settled(payments.settle(paymentIntent, true));
    }

    /** The money did not come; throws {@link IllegalStateException} when the intent is not processing. */
    public void fail(String paymentIntent) {
        checkout.settled(payments.settle(paymentIntent, false));
    }
}

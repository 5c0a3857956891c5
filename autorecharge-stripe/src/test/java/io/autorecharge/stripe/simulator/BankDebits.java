package io.autorecharge.stripe.simulator;

/**
 * Decides bank debits. A PaymentIntent that is paid with {@code pm_usBankAccount_success}, or with the bank button of the checkout page,
 * stays {@code processing} until a test decides it here.
 */
public final class BankDebits {

    private final Payments payments;
    private final Checkout checkout;

    BankDebits(Payments payments, Checkout checkout) {
        this.payments = payments;
        this.checkout = checkout;
    }

    /**
     * The debit succeeds.
     *
     * @throws IllegalStateException if the intent is not in processing
     */
    public void succeed(String paymentIntent) {
        checkout.settled(payments.settle(paymentIntent, true));
    }

    /**
     * The debit fails.
     *
     * @throws IllegalStateException if the intent is not in processing
     */
    public void fail(String paymentIntent) {
        checkout.settled(payments.settle(paymentIntent, false));
    }

    /**
     * The bank returns the debit.
     *
     * @param code Stripe's code, such as {@code account_closed} or {@code debit_not_authorized}
     * @throws IllegalStateException if the intent is not in processing
     */
    public void fail(String paymentIntent, String code) {
        checkout.settled(payments.settle(paymentIntent, Decline.ofReturn(code)));
    }
}

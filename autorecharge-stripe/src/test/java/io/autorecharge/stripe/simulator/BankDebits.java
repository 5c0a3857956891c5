package io.autorecharge.stripe.simulator;

import io.autorecharge.stripe.simulator.Instrument.Block;
import io.autorecharge.stripe.simulator.Instrument.UsBankAccount;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides bank debits. A PaymentIntent that is paid with a bank account or a SEPA debit stays {@code processing} until a test decides it here.
 *
 * <p>A return other than for missing funds blocks an account in the United States for every payment method with its number: charges and
 * set-ups fail with 402 and {@code bank_account_unusable} (https://docs.stripe.com/payments/ach-direct-debit/blocked-bank-accounts).
 */
public final class BankDebits {

    /** By code of the return, what the account is blocked for. */
    private static final Map<String, Block> BLOCKS = Map.of(
            "account_closed", new Block("bank_account_closed", "R02"),
            "no_account", new Block("bank_account_invalid_details", "R03"),
            "debit_not_authorized", new Block("debit_not_authorized", "R10"),
            "bank_account_restricted", new Block("bank_account_restricted", "R20"),
            "bank_account_unusable", new Block("bank_account_unusable", null));

    private final Store store;
    private final Payments payments;
    private final Checkout checkout;
    private final Disputes disputes;
    private final Issuer issuer;

    BankDebits(Store store, Payments payments, Checkout checkout, Disputes disputes, Issuer issuer) {
        this.issuer = issuer;
        this.store = store;
        this.payments = payments;
        this.checkout = checkout;
        this.disputes = disputes;
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
        PaymentIntent failed = payments.settle(paymentIntent, Decline.ofReturn(code));
        if (BLOCKS.containsKey(code)) {
            block(methodOf(failed), BLOCKS.get(code));
        }
        checkout.settled(failed);
    }

    /**
     * The bank returns a debit that has succeeded. Stripe reports that as a dispute, which is lost at once; that it is lost is inferred.
     *
     * @param reason such as {@code debit_not_authorized} or {@code insufficient_funds}
     * @return the id of the dispute
     * @throws IllegalStateException if the intent has not succeeded
     */
    public String returnAfterSuccess(String paymentIntent, String reason) {
        String dispute = disputes.open(paymentIntent, reason);
        disputes.lose(dispute);
        return dispute;
    }

    /**
     * From now on, a bank account in the United States is verified by small deposits, which takes days: the checkout in setup mode is complete
     * at once, but its SetupIntent stays {@code requires_action}, and nothing is saved. It ends with
     * {@code POST /v1/setup_intents/{id}/verify_microdeposits} and the amounts 32 and 45, or the code SM11AA.
     */
    public void verifyByMicrodeposits(boolean wait) {
        issuer.verifyByMicrodeposits(wait);
    }

    /** Stripe lifts the block of the account. */
    public void unblock(String paymentMethod) {
        block(store.methods.get(paymentMethod), null);
    }

    private PaymentMethod methodOf(PaymentIntent intent) {
        return store.charges
                .get(String.valueOf(intent.progress().latestCharge()))
                .method();
    }

    private void block(PaymentMethod debited, @Nullable Block block) {
        if (!(debited.instrument() instanceof UsBankAccount account)) {
            return;
        }
        String fingerprint = account.fingerprint();
        if (block == null) {
            store.blocks.remove(fingerprint);
        } else {
            store.blocks.put(fingerprint, block);
        }
        store.methods
                .newestFirst()
                .filter(method -> fingerprint.equals(method.fingerprint()))
                .forEach(method -> store.methods.update(method.id(), it -> it.with(account.blocked(block))));
    }
}

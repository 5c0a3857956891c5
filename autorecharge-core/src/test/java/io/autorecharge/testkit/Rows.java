package io.autorecharge.testkit;

import io.autorecharge.account.Consent;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.RechargeId;
import io.autorecharge.store.AccountTransaction;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptProgress;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.AttemptTerms;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.CheckoutOffer;
import io.autorecharge.store.CheckoutProgress;
import io.autorecharge.store.CheckoutState;
import io.autorecharge.store.Posting;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** The rows that the contracts write. */
final class Rows {
    static final InstallationId OURS = new InstallationId("ours");

    static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
    static final PaymentMethod VISA = new PaymentMethod("cus_1", "pm_visa", "visa", "4242", "fp-visa");

    /** A customer and a card that no other account uses: a card's attempts are counted over all its accounts. */
    static PaymentMethod visaOf(AccountId account) {
        int own = account.value().hashCode();
        return new PaymentMethod("cus_of_" + own, "pm_visa", "visa", "4242", "fp-" + own);
    }

    private Rows() {}

    static void write(RechargeStore store, AccountId account, Consumer<AccountTransaction> work) {
        store.inTransaction(account, tx -> {
            work.accept(tx);
            return true;
        });
    }

    /** An account that has auto-recharge on, a card, and these credits. */
    static void enable(RechargeStore store, AccountId account, String credits, String threshold) {
        write(store, account, tx -> {
            tx.save(new Settings(true, 100, Credits.of(threshold)));
            tx.savePaymentMethod(visaOf(account));
            if (!Credits.of(credits).isZero()) {
                tx.post(List.of(purchase("opening", credits)), NOW);
            }
        });
    }

    static Posting purchase(String reference, String credits) {
        return new Posting(EntryType.PURCHASE, Category.PAID, Credits.of(credits), "Purchase", reference, null);
    }

    static Posting bonus(String reference, String credits, String of) {
        return new Posting(EntryType.BONUS, Category.PROMOTIONAL, Credits.of(credits), "Bonus", reference, of);
    }

    static Recharge recharge(AccountId account, String id, Instant at) {
        return new Recharge(
                account,
                new RechargeId(id),
                Trigger.BALANCE,
                RechargeState.OPEN,
                100,
                Credits.of(200),
                Credits.of(20),
                Money.of("19.98", "USD"),
                Credits.of("9.5"),
                at,
                null);
    }

    static Attempt attempt(AccountId account, String recharge, Instant at) {
        return new Attempt(
                new AttemptTerms(
                        account,
                        new RechargeId(recharge),
                        new AttemptId(recharge + "-1"),
                        1,
                        "cus_1",
                        "pm_visa",
                        "fp-visa",
                        Money.of("19.98", "USD"),
                        "200 credits",
                        OURS),
                new AttemptProgress(AttemptState.OPEN, 1, 0, 0, true, at, at, at.plusSeconds(60), null, null, null));
    }

    static Checkout checkout(AccountId account, String id, Instant at) {
        return new Checkout(
                new CheckoutOffer(
                        account,
                        new CheckoutId(id),
                        100,
                        Money.of("9.99", "USD"),
                        true,
                        new Consent("v1", at, Money.of("9.99", "USD"), Consent.Source.CHECKOUT),
                        at,
                        null,
                        OURS),
                new CheckoutProgress(null, CheckoutState.OPEN, at.plusSeconds(60), 0, null));
    }
}

package io.autorecharge.spring;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import io.autorecharge.store.RechargeStore;

/** Accounts that are ready to be recharged with 100 credits below 10. */
final class Customers {
    private Customers() {}

    /** An account with 100 credits. */
    static AccountId ready(AutoRecharge autoRecharge, RechargeStore store, String name) {
        AccountId account = AccountId.of(name);
        autoRecharge.grant(new Grant(account, Credits.of(100), Category.PAID, "gift", "Welcome"));
        low(store, account);
        autoRecharge.configure(account, new Settings(true, 100, Credits.of(10)), "1");
        return account;
    }

    /** An account that is switched on and due, with no credits: it was not checked yet. */
    static AccountId low(RechargeStore store, AccountId account) {
        store.inTransaction(account, tx -> {
            tx.saveCustomer("cus_" + account);
            tx.savePaymentMethod(
                    new PaymentMethod("cus_" + account, "pm_" + account, "visa", "4242", "print of " + account));
            tx.save(new Settings(true, 100, Credits.of(10)));
            tx.save(tx.account()
                    .state()
                    .withConsent(new io.autorecharge.account.Consent("1", java.time.Instant.EPOCH)));
            return true;
        });
        return account;
    }
}

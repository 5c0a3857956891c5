package io.autorecharge.jdbc;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.Account;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutGateway;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.CheckoutRequest;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.PaymentReversals;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.gateway.SetupRequest;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.CheckoutOffer;
import io.autorecharge.store.CheckoutProgress;
import io.autorecharge.store.CheckoutState;
import io.autorecharge.testkit.FakeGateway;
import io.autorecharge.testkit.Reports;
import io.autorecharge.testkit.SettableClock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Accounts that the library has served, one for each case that leaves rows of its own: recharged, in doubt, bought at checkout, declined,
 * and paid at checkout after the bank had required authentication.
 */
record UsedAccounts(AccountId recharged, AccountId inDoubt, AccountId bought, AccountId declined, AccountId recovered) {
    static final Instant NOW = SettableClock.START;
    static final Money PRICE = Money.of("9.00", "USD");

    void use(JdbcStore store) {
        SettableClock clock = new SettableClock();
        use(store, new FakeGateway(clock), clock);
    }

    void use(JdbcStore store, FakeGateway gateway, SettableClock clock) {
        AtomicInteger ids = new AtomicInteger();
        RechargePolicy policy = RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, PRICE)));
        try (AutoRecharge library = AutoRecharge.builder(policy, store, gateway)
                .callsPerSecond(100_000)
                .checkout(new PaidPages())
                .clock(clock)
                .ids(() -> "id-" + ids.incrementAndGet())
                .afterCommit(task -> {})
                .build()) {
            recharge(library, recharged);
            refundAThird(library, gateway.captures().get(0).reference());
            gateway.timeOutBeforeCaptureNext();
            gateway.failLookUps(false);
            recharge(library, inDoubt);
            gateway.declineNext("insufficient_funds", Outcome.Declined.Kind.SOFT);
            recharge(library, declined);
            gateway.requireActionNext();
            recharge(library, recovered);
            pay(store, library, bought, null);
            pay(
                    store,
                    library,
                    recovered,
                    store.recharges(recovered, 1).get(0).attempt().id());
        }
    }

    private static void recharge(AutoRecharge library, AccountId account) {
        library.grant(new Grant(account, Credits.of(30), Category.PROMOTIONAL, "welcome", "Welcome"));
        library.savePaymentMethod(
                account, new PaymentMethod("cus_" + account, "pm_1", "visa", "4242", "fp_" + account));
        library.configure(account, new Settings(true, 100, Credits.of(10)), "v1");
        library.debit(Debit.of(account, Credits.of(25), "job-1", "Report"));
        library.check(account);
    }

    /** In two parts, one of them reported twice: 300 of 900 cents were refunded. */
    private void refundAThird(AutoRecharge library, String charge) {
        library.settle(Reports.reversal(
                library, recharged, new PaymentReversals(charge, null, PRICE, List.of(refund("re_1", 450, 0)))));
        library.settle(Reports.reversal(
                library,
                recharged,
                new PaymentReversals(charge, null, PRICE, List.of(refund("re_1", 450, 450), refund("re_2", 300, 0)))));
    }

    private static Reversal refund(String id, long taken, long returned) {
        return new Reversal(
                id, Reversal.Kind.REFUND, new Money(taken, PRICE.currency()), new Money(returned, PRICE.currency()));
    }

    private static void pay(JdbcStore store, AutoRecharge library, AccountId account, @Nullable AttemptId recovers) {
        Checkout page = new Checkout(
                new CheckoutOffer(
                        account,
                        new CheckoutId("page"),
                        100,
                        PRICE,
                        false,
                        null,
                        NOW,
                        recovers,
                        library.installation()),
                new CheckoutProgress("cs_" + account, CheckoutState.OPEN, NOW.plusSeconds(60), 0, null));
        store.inTransaction(account, tx -> {
            tx.save(page);
            return true;
        });
        String customer = store.find(account).map(Account::customerId).orElse("cus_unknown");
        library.settle(new ProviderReport.Checkout(
                account,
                page.id(),
                "cs_" + account,
                customer,
                new CheckoutOutcome.Paid("pi_page_" + account, PRICE, null),
                library.installation(),
                null));
    }

    /** The checkouts here are reported by their provider, and never created or looked up. */
    static final class PaidPages implements CheckoutGateway {
        @Override
        public String createCustomer(AccountId account, InstallationId installation, @Nullable String email) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String replaceCustomer(
                AccountId account, InstallationId installation, String goneCustomer, @Nullable String email) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CheckoutSession createSession(CheckoutRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CheckoutSession createSetup(SetupRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CheckoutOutcome lookUp(String sessionId) {
            return new CheckoutOutcome.Pending();
        }

        @Override
        public CheckoutOutcome closeSession(String sessionId) {
            return new CheckoutOutcome.Closed("closed");
        }
    }
}

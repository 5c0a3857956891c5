package io.autorecharge.examples.plain;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.Grant;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.jdbc.JdbcStore;
import io.autorecharge.stripe.simulator.Fault;
import io.autorecharge.testkit.SettableClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One story in which about everything happens once: every row that is stored and every request that Stripe gets, to the letter. Written
 * down before classes and methods were renamed; what stands in the files is data of other people's databases, and keeps its words.
 */
class GoldenStoryTest {
    private static final Credits TEN = Credits.of(10);

    private final SettableClock clock = new SettableClock();
    private final AtomicInteger lastId = new AtomicInteger();
    private final GoldenIds ids = new GoldenIds();
    private GoldenStripe stripe;
    private AutoRecharge library;
    private JdbcStore store;

    @ParameterizedTest
    @EnumSource(GoldenDatabase.class)
    void every_row_and_every_request_is_the_one_that_was_recorded(GoldenDatabase kind) throws Exception {
        DataSource database = kind.migrated();
        store = JdbcStore.of(database);
        try (GoldenStripe simulated = new GoldenStripe(clock);
                AutoRecharge built = AutoRecharge.builder(Node.POLICY, store, simulated.gateway())
                        .installation(new InstallationId("golden"))
                        .clock(clock)
                        .ids(() -> String.format("id-%03d", lastId.incrementAndGet()))
                        .callsPerSecond(10_000)
                        .concurrency(1)
                        .chargeImmediately(false)
                        .listenerExecutor(Runnable::run)
                        .listener(event -> {})
                        .build()) {
            stripe = simulated;
            library = built;
            tell();

            GoldenFile.of("story-requests.txt").mustBe(stripe.text(ids, 0));
            GoldenFile.of("story-tables.sql").mustBe(new GoldenTables(database).text(ids));
        }
    }

    private void tell() {
        aPurchaseEnablesAndARechargeIsRefunded();
        aPurchaseIsOnlyAPurchase();
        aDeclineWaitsAndALostCardStops();
        aCardWantsItsHolder();
        aDisputeIsWon();
        aBankTakesItsTime();
        oneSpendsTooFast();
        oneSwitchesOnAndOff();
        aChargeIsNeverCarriedOut();
    }

    private void aPurchaseEnablesAndARechargeIsRefunded() {
        AccountId ann = AccountId.of("ann");
        CheckoutSession page = library.openCheckout(ann, 100, "v1", "ann@example.com");
        stripe.pay(session(page));
        pass(Duration.ofMinutes(1));
        library.refreshCheckouts(ann);
        spend(ann, "112.5", "job-1");
        library.check(ann);
        ids.named(stripe.refund(stripe.lastCaptured(), 300));
        pass(Duration.ofMinutes(1));
        library.runOnce();
    }

    private void aPurchaseIsOnlyAPurchase() {
        // An id that no header can carry, and that the key of the customer is made from all the same.
        AccountId jurgen = AccountId.of("j\u00fcrgen o'neil");
        stripe.pay(session(library.openCheckout(jurgen, 50, null, null)));
        pass(Duration.ofMinutes(1));
        library.refreshCheckouts(jurgen);
        library.openCheckout(jurgen, 50, null, null);
        pass(Duration.ofMinutes(1));
    }

    /** The card belongs to a new customer, which the host has stored for the account. */
    private void replaceCard(AccountId account, PaymentMethod method) {
        store.inTransaction(account, tx -> {
            tx.saveCustomer(method.customerId());
            return account;
        });
        library.savePaymentMethod(account, method);
    }

    private void aDeclineWaitsAndALostCardStops() {
        AccountId ben = declined("ben", "insufficient_funds");
        library.check(ben);
        pass(Duration.ofMinutes(1));
        replaceCard(ben, cardDeclined("pm_card_amex", "lost_card"));
        library.check(ben);
        pass(Duration.ofMinutes(1));
        replaceCard(ben, stripe.card("pm_card_mastercard"));
        library.check(ben);
        pass(Duration.ofMinutes(1));
        library.forgetPaymentMethod(ben);
        library.check(declined("bob", "insufficient_funds"));
        // Not the card of the others: a lost card is stopped for every account that uses it.
        library.check(ready("bud", cardDeclined("pm_card_visa_debit", "lost_card")));
        pass(Duration.ofMinutes(1));
    }

    private void aCardWantsItsHolder() {
        AccountId cat = ready("cat", "pm_card_authenticationRequired");
        library.check(cat);
        pass(Duration.ofMinutes(1));
        stripe.pay(session(library.openRecovery(cat).orElseThrow()));
        pass(Duration.ofMinutes(1));
        library.refreshCheckouts(cat);
        AccountId cem = ready("cem", "pm_card_authenticationRequired");
        library.check(cem);
        library.openRecovery(cem);
        pass(Duration.ofMinutes(1));
    }

    private void aDisputeIsWon() {
        AccountId dan = ready("dan", "pm_card_visa");
        library.check(dan);
        pass(Duration.ofMinutes(1));
        String dispute = stripe.simulator.disputes().open(stripe.lastCaptured());
        ids.named(dispute);
        // Past the time between two searches of the books.
        pass(Duration.ofMinutes(61));
        library.runOnce();
        stripe.simulator.disputes().win(dispute);
        pass(Duration.ofMinutes(61));
        library.runOnce();
        pass(Duration.ofMinutes(1));
    }

    private void aBankTakesItsTime() {
        AccountId fay = ready("fay", "pm_usBankAccount_success");
        library.check(fay);
        pass(Duration.ofMinutes(1));
    }

    private void oneSpendsTooFast() {
        AccountId eve = ready("eve", "pm_card_visa");
        for (int i = 0; i < 11; i++) {
            library.check(eve);
            pass(Duration.ofMinutes(6));
            if (TEN.isLessThan(library.balance(eve))) {
                spend(eve, library.balance(eve).minus(Credits.of(1)).toString(), "job-" + i);
            }
        }
    }

    private void oneSwitchesOnAndOff() {
        AccountId gus = ready("gus", "pm_card_visa");
        library.configure(gus, new Settings(false, 50, Credits.of(5)), null);
        pass(Duration.ofMinutes(1));
        library.check(gus);
    }

    private void aChargeIsNeverCarriedOut() {
        AccountId hal = ready("hal", "pm_card_visa");
        stripe.simulator.faults().next("POST /v1/payment_intents", Fault.SERVER_ERROR_BEFORE_EXECUTION);
        library.check(hal);
        spend(hal, "0.5", "job-1");
        pass(Duration.ofMinutes(1));
        library.configure(hal, new Settings(false, 100, TEN), null);
        pass(Duration.ofHours(26));
        library.check(hal);
        AccountId ian = ready("ian", "pm_card_visa");
        stripe.simulator.acceptKeys("sk_test_another");
        library.check(ian);
        stripe.simulator.acceptKeys("sk_test_simulator");
    }

    private AccountId ready(String name, String card) {
        return ready(name, stripe.card(card));
    }

    private AccountId declined(String name, String code) {
        return ready(name, cardDeclined("pm_card_visa", code));
    }

    private PaymentMethod cardDeclined(String card, String code) {
        PaymentMethod method = stripe.card(card);
        stripe.simulator.issuer().declineAlways(method.customerId(), code);
        return method;
    }

    private AccountId ready(String name, PaymentMethod method) {
        AccountId account = AccountId.of(name);
        library.grant(new Grant(account, Credits.of(1), Category.PROMOTIONAL, "welcome", "Welcome"));
        library.savePaymentMethod(account, method);
        library.configure(account, new Settings(true, 100, TEN), "v1");
        pass(Duration.ofSeconds(1));
        return account;
    }

    private void spend(AccountId account, String credits, String job) {
        library.debit(Debit.of(account, Credits.of(credits), job, "Report " + job));
    }

    private String session(CheckoutSession page) {
        String path = page.url().getPath();
        String session = path.substring(path.lastIndexOf('/') + 1);
        ids.named(session);
        return session;
    }

    private void pass(Duration time) {
        clock.advance(time);
    }
}

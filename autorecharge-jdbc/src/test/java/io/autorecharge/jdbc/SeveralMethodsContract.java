package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.autorecharge.AutoRecharge;
import io.autorecharge.account.MethodPlace;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.report.PurchaseResult;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.CheckoutOffer;
import io.autorecharge.store.CheckoutProgress;
import io.autorecharge.testkit.FakeGateway;
import io.autorecharge.testkit.Reports;
import io.autorecharge.testkit.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever becomes of a recharge with several payment methods, the verification finds nothing wrong at any time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SeveralMethodsContract {
    private static final AtomicInteger ACCOUNTS = new AtomicInteger();
    private static final Money PRICE = Money.of("9.00", "USD");

    private final SettableClock clock = new SettableClock();
    private HikariDataSource pool;
    private JdbcStore store;
    private Verification verification;
    /** One for all tests of the database, so that no two payments have the same id. */
    private final FakeGateway gateway = new FakeGateway(clock);

    private AutoRecharge library;
    private AccountId account;

    abstract DataSource newDatabase();

    @BeforeAll
    void migrate() {
        pool = DatabaseContract.pool(newDatabase(), true);
        Migrator.of(pool).migrate();
        store = JdbcStore.of(pool);
        verification = Verification.of(pool);
    }

    @AfterAll
    void closePool() {
        pool.close();
    }

    @BeforeEach
    void prepare() {
        account = AccountId.of("several-" + ACCOUNTS.incrementAndGet());
        library = AutoRecharge.builder(
                        RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, PRICE))), store, gateway)
                .checkout(new UsedAccounts.PaidPages())
                .clock(clock)
                .afterCommit(task -> {})
                .build();
        library.grant(new Grant(account, Credits.of(1), Category.PAID, "start", "Start"));
        library.savePaymentMethod(account, method(1));
        library.addPaymentMethod(account, method(2));
        library.addPaymentMethod(account, method(3));
        library.configure(account, new Settings(true, 100, Credits.of(10)), "v1");
    }

    @AfterEach
    void close() {
        library.close();
    }

    private void buysNow() {
        assertThat(library.purchase(account, 100, PRICE, "click-1"))
                .isNotInstanceOfAny(PurchaseResult.Held.class, PurchaseResult.PriceChanged.class);
        library.purchase(account, 100, PRICE, "click-1");
    }

    private void addsMethod() {
        Checkout setup = new Checkout(
                new CheckoutOffer(
                        account,
                        new CheckoutId("setup-" + account),
                        0,
                        new Money(0, PRICE.currency()),
                        false,
                        null,
                        clock.instant(),
                        null,
                        library.installation(),
                        MethodPlace.PRIMARY),
                CheckoutProgress.offered(clock.instant().plusSeconds(60)));
        store.inTransaction(account, tx -> {
            tx.save(setup);
            return tx;
        });
        assertThat(library.settle(new ProviderReport.Checkout(
                        account,
                        setup.id(),
                        "cs_" + account,
                        "cus_" + account,
                        new CheckoutOutcome.Saved("seti_" + account, method(4)),
                        library.installation(),
                        null)))
                .isTrue();
        assertThat(library.paymentMethods(account).primary().orElseThrow().method())
                .isEqualTo(method(4));
    }

    private PaymentMethod method(int number) {
        return new PaymentMethod("cus_" + account, "pm_" + number, "visa", "4242", "fp_" + number + account);
    }

    static Stream<Named<Consumer<SeveralMethodsContract>>> stories() {
        return Stream.of(
                Named.of("the backup pays", it -> it.soft(1)),
                Named.of("the user buys now, and the backup pays", it -> {
                    it.soft(1);
                    it.buysNow();
                }),
                Named.of("the user buys now with auto-recharge off", it -> {
                    it.library.configure(it.account, new Settings(false, 100, Credits.of(10)), null);
                    it.buysNow();
                }),
                Named.of("the bank wants the user who buys now, and the backups decline", it -> {
                    it.gateway.requireActionNext();
                    it.soft(2);
                    it.buysNow();
                }),
                Named.of("the request of the purchase is lost, and its user has gone", it -> {
                    it.library.configure(it.account, new Settings(false, 100, Credits.of(10)), null);
                    it.gateway.timeOutBeforeCaptureNext();
                    it.buysNow();
                    it.clock.advance(Duration.ofMinutes(11));
                }),
                Named.of("the user tries again after all have declined", it -> {
                    it.soft(3);
                    it.checked();
                    it.clock.advance(Duration.ofMinutes(11));
                    it.library.retry(it.account);
                }),
                Named.of(
                        "the first is detached at the provider",
                        it -> it.library.settle(new ProviderReport.MethodChange(
                                it.account, "cus_" + it.account, "pm_1", null, it.library.installation(), null))),
                Named.of("a method is added in a checkout without buying", SeveralMethodsContract::addsMethod),
                Named.of("the last backup pays", it -> it.soft(2)),
                Named.of("all decline", it -> it.soft(3)),
                Named.of("all are stopped", it -> it.hard(3)),
                Named.of("one is stopped, the backup pays and is removed", it -> {
                    it.hard(1);
                    it.checked();
                    it.library.removePaymentMethod(it.account, "pm_2");
                    it.library.removePaymentMethod(it.account, "pm_3");
                }),
                Named.of("one waits, the backups are removed, and it is tried again", it -> {
                    it.soft(1);
                    it.checked();
                    it.library.removePaymentMethod(it.account, "pm_3");
                    it.library.removePaymentMethod(it.account, "pm_2");
                    it.low("more");
                    it.clock.advance(Duration.ofHours(7));
                }),
                Named.of("the bank wants the customer, and the backup pays", it -> it.gateway.requireActionNext()),
                Named.of("the bank wants the customer, and the backups decline", it -> {
                    it.gateway.requireActionNext();
                    it.soft(2);
                }),
                Named.of("the answer about the backup is lost", it -> {
                    it.soft(1);
                    it.gateway.timeOutAfterCaptureNext();
                }),
                Named.of("the request about the backup is lost", it -> {
                    it.soft(1);
                    it.gateway.timeOutBeforeCaptureNext();
                }),
                Named.of("the provider refuses the backup's request again and again", it -> {
                    it.soft(1);
                    for (int i = 0; i < 3; i++) {
                        it.gateway.refuseNext(Outcome.NotSubmitted.Reason.REJECTED);
                    }
                }),
                Named.of("the first is captured after the backup has paid", it -> {
                    it.soft(1);
                    it.checked();
                    it.paidLate(0);
                }),
                Named.of("the first is captured while the backup is in doubt", it -> {
                    it.soft(1);
                    it.gateway.timeOutBeforeCaptureNext();
                    it.checked();
                    it.paidLate(0);
                }),
                Named.of("the first is captured while the backup was not sent yet", it -> {
                    it.declinedByReport();
                    it.paidLate(0);
                }),
                Named.of("the backup is removed before it is sent", it -> {
                    it.declinedByReport();
                    it.library.removePaymentMethod(it.account, "pm_2");
                }),
                Named.of("the order changes, and the new primary method declines", it -> {
                    it.library.reorderPaymentMethods(it.account, List.of("pm_3", "pm_1", "pm_2"));
                    it.soft(1);
                }));
    }

    @ParameterizedTest
    @MethodSource("stories")
    void nothing_is_wrong_at_any_time(Consumer<SeveralMethodsContract> story) {
        story.accept(this);
        sound();
        for (Duration wait : List.of(
                Duration.ZERO,
                Duration.ofMinutes(3),
                Duration.ofHours(1),
                Duration.ofHours(7),
                Duration.ofHours(26),
                Duration.ofDays(3))) {
            clock.advance(wait);
            checked();
        }
        assertThat(library.recharges(account, 10))
                .allSatisfy(it -> assertThat(it.attempt().state()).isNotEqualTo(AttemptState.OPEN));
    }

    private void soft(int times) {
        for (int i = 0; i < times; i++) {
            gateway.declineNext("insufficient_funds", Kind.SOFT);
        }
    }

    private void hard(int times) {
        for (int i = 0; i < times; i++) {
            gateway.declineNext("stolen_card", Kind.HARD);
        }
    }

    private void low(String reference) {
        library.debit(Debit.of(account, Credits.of(115), reference, null).withOverdraft());
    }

    private void checked() {
        library.check(account);
        sound();
    }

    private void declinedByReport() {
        gateway.timeOutBeforeCaptureNext();
        checked();
        AttemptId first = attempts().get(0).id();
        library.settle(Reports.charge(
                library, account, first, new Outcome.Declined("pi_first", "insufficient_funds", Kind.SOFT)));
        sound();
    }

    private void paidLate(int attempt) {
        library.settle(Reports.charge(
                library, account, attempts().get(attempt).id(), new Outcome.Paid("pi_late_" + account, PRICE)));
        sound();
    }

    private List<Attempt> attempts() {
        return store.attempts(
                account, library.recharges(account, 1).get(0).recharge().id());
    }

    private void sound() {
        assertThat(verification.verify(clock.instant()).violations()).isEmpty();
    }
}

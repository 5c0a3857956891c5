package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.CustomerOwner;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.PaymentReversals;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.gateway.ProviderReport.Origin;
import io.autorecharge.gateway.RechargeId;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.report.CheckResult;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptProgress;
import io.autorecharge.store.AttemptTerms;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.CheckoutOffer;
import io.autorecharge.store.CheckoutProgress;
import io.autorecharge.store.CheckoutState;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeWithAttempt;
import io.autorecharge.store.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What belongs to this installation, and what is charged through whose customer. */
class InstallationTest {
    private static final Money PRICE = Money.of("9.00", "USD");
    private static final InstallationId OTHER = new InstallationId("other");

    private final Rig rig = new Rig().alone();
    private final List<ProviderReport> ignored = new ArrayList<>();
    private final AutoRecharge library = AutoRecharge.builder(rig.policy, rig.store, rig.gateway)
            .checkout(rig.checkout)
            .clock(rig.clock)
            .listener(rig.events::add)
            .listenerExecutor(Runnable::run)
            .observer(new AutoRechargeObserver() {
                @Override
                public void ignored(ProviderReport report) {
                    ignored.add(report);
                }
            })
            .callsPerSecond(100_000)
            .chargeImmediately(false)
            .afterCommit(task -> {})
            .build();

    @AfterEach
    void close() {
        library.close();
        rig.close();
    }

    @Test
    void the_id_is_made_once_and_is_the_same_in_every_process() {
        InstallationId first = library.installation();
        try (AutoRecharge second = rig.engine()) {
            assertThat(second.installation()).isEqualTo(first);
        }
        rig.enabled(ALICE, "1").check();
        assertThat(rig.gateway.requests().get(0).installation()).isEqualTo(first);
        assertThat(rig.lastRecharge().attempt().installation()).isEqualTo(first);
        library.openCheckout(ALICE, 100, null, null);
        assertThat(rig.checkout.last().installation()).isEqualTo(first);
    }

    @Test
    void an_attempt_from_before_is_sent_and_looked_up_as_it_was_without_an_id_or_a_mark() {
        RechargeWithAttempt old = fromBefore();
        rig.gateway.refuseNext(Outcome.NotSubmitted.Reason.BUSY);
        library.check(ALICE);
        rig.clock.advance(Duration.ofMinutes(10));
        library.check(ALICE);

        assertThat(rig.gateway.requests())
                .hasSize(2)
                .allSatisfy(it -> assertThat(it.installation()).isNull());
        assertThat(rig.gateway.requests().get(0).attempt())
                .isEqualTo(old.attempt().id());
        assertThat(rig.gateway.stampRequests()).isZero();
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(121));
    }

    @Test
    void a_late_capture_of_an_attempt_from_before_is_granted() {
        RechargeWithAttempt old = fromBefore();
        assertThat(library.settle(charge(old.attempt().id(), OTHER))).isFalse();
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(1));

        assertThat(library.settle(charge(old.attempt().id(), null))).isTrue();
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(121));
    }

    @Test
    void a_capture_without_an_id_is_granted_only_to_the_row_that_it_names() {
        RechargeWithAttempt old = fromBefore();

        assertThat(library.settle(charge(new AttemptId("of-another-application"), null)))
                .isFalse();
        assertThat(ignored).hasSize(1);
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(1));

        assertThat(library.settle(charge(old.attempt().id(), null))).isTrue();
        assertThat(ignored).hasSize(1);
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(121));
    }

    @Test
    void a_checkout_without_an_id_is_granted_only_to_the_row_that_it_names() {
        rig.enabled(ALICE, "20");
        Checkout old = new Checkout(
                new CheckoutOffer(
                        ALICE, new CheckoutId("old"), 100, PRICE, false, null, rig.clock.instant(), null, null),
                new CheckoutProgress(
                        "cs_old", CheckoutState.OPEN, rig.clock.instant().plusSeconds(60), 0, null));
        rig.store.inTransaction(ALICE, tx -> {
            tx.save(old);
            return tx;
        });

        assertThat(library.settle(checkout("strange", null))).isFalse();
        assertThat(library.settle(checkout("old", OTHER))).isFalse();
        assertThat(ignored).hasSize(2);
        assertThat(library.settle(checkout("old", null))).isTrue();
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(120));
    }

    @Test
    void a_refund_without_an_id_counts_only_for_a_payment_that_was_granted_here() {
        fromBefore();
        library.check(ALICE);
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(121));

        assertThat(library.settle(refund("pi_of_another_application", Origin.UNKNOWN, null)))
                .as("although it names an account here, and its customer")
                .isFalse();
        assertThat(rig.account().state().suspension()).isNull();

        assertThat(library.settle(refund("pi_1", Origin.UNKNOWN, null))).isTrue();
        assertThat(rig.account().state().suspension().reason()).isEqualTo(Suspension.Reason.REFUNDED);
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(1));
    }

    @Test
    void a_refund_that_arrives_before_its_payment_counts_for_the_attempt_that_it_names() {
        RechargeWithAttempt old = fromBefore();
        assertThat(library.settle(refund("pi_9", new Origin(old.attempt().id(), null), OTHER)))
                .isFalse();
        assertThat(library.settle(refund("pi_9", new Origin(old.attempt().id(), null), null)))
                .isTrue();
        assertThat(rig.account().state().suspension().reason()).isEqualTo(Suspension.Reason.REFUNDED);
    }

    @Test
    void a_report_about_an_unknown_account_of_another_installation_creates_no_account() {
        AccountId stranger = AccountId.of("stranger");
        assertThat(library.settle(new ProviderReport.Charge(
                        stranger, new AttemptId("a"), "cus_1", new Outcome.Paid("pi_7", PRICE), null, null)))
                .isFalse();
        assertThat(library.settle(new ProviderReport.Charge(
                        stranger, new AttemptId("a"), "cus_1", new Outcome.Paid("pi_7", PRICE), OTHER, null)))
                .isFalse();
        assertThat(ignored).hasSize(2);
        assertThat(rig.store.find(stranger)).isEmpty();
    }

    @Test
    void a_customer_is_marked_once() {
        rig.enabled(ALICE, "1").check();
        assertThat(rig.gateway.stamps()).containsEntry("cus_1", library.installation());
        assertThat(rig.account().state().stampedCustomer()).isEqualTo("cus_1");
        library.debit(Debit.of(ALICE, Credits.of(115), "spent", null));
        rig.clock.advance(Duration.ofDays(1));
        library.check(ALICE);

        assertThat(rig.gateway.captures()).hasSize(2);
        assertThat(rig.gateway.stampRequests()).isEqualTo(1);
    }

    @Test
    void a_customer_whose_owner_cannot_be_asked_is_charged_later_with_the_same_attempt() {
        rig.enabled(ALICE, "1");
        for (CustomerOwner answer : List.of(CustomerOwner.NOT_ANSWERED, CustomerOwner.REFUSED)) {
            rig.gateway.answerStamps(answer);
            assertThat(library.check(ALICE)).isInstanceOf(CheckResult.Charged.class);
            assertThat(rig.gateway.requests()).isEmpty();
            assertThat(rig.lastRecharge().attempt().inDoubt()).isFalse();
            rig.clock.advance(Duration.ofMinutes(30));
        }
        AttemptId attempt = rig.lastAttempt();
        rig.gateway.answerStamps(null);
        library.check(ALICE);

        assertThat(rig.gateway.captures())
                .singleElement()
                .satisfies(it -> assertThat(it.attempt()).isEqualTo(attempt));
    }

    @Test
    void another_customer_ends_the_suspension_that_one_of_another_installation_caused() {
        rig.gateway.stamps().put("cus_1", OTHER);
        rig.enabled(ALICE, "1");
        library.check(ALICE);
        assertThat(rig.account().state().suspension().reason()).isEqualTo(Suspension.Reason.OTHER_INSTALLATION);
        assertThat(rig.account().state().declines()).isZero();
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> library.savePaymentMethod(ALICE, Rig.CARD));

        library.savePaymentMethod(ALICE, new PaymentMethod("cus_2", "pm_2", "visa", "1881", "fp_2"));

        assertThat(rig.account().state().suspension()).isNull();
        rig.clock.advance(Duration.ofDays(1));
        library.check(ALICE);
        assertThat(rig.gateway.requests())
                .singleElement()
                .satisfies(it -> assertThat(it.customerId()).isEqualTo("cus_2"));
    }

    /** An open recharge whose attempt was never sent, as the version before left it. */
    private RechargeWithAttempt fromBefore() {
        rig.enabled(ALICE, "1");
        Instant now = rig.clock.instant();
        Recharge recharge = new Recharge(
                ALICE,
                new RechargeId("old"),
                Trigger.BALANCE,
                RechargeState.OPEN,
                100,
                Credits.of(100),
                Credits.of(20),
                PRICE,
                Credits.of(1),
                now,
                null);
        AttemptTerms terms = new AttemptTerms(
                ALICE,
                recharge.id(),
                new AttemptId("old-1"),
                1,
                Rig.CARD.customerId(),
                Rig.CARD.id(),
                Rig.CARD.fingerprint(),
                PRICE,
                "Auto-recharge: 100 credits",
                null);
        Attempt attempt = new Attempt(terms, AttemptProgress.unsent(now));
        rig.store.inTransaction(ALICE, tx -> tx.open(recharge, attempt));
        return new RechargeWithAttempt(recharge, attempt);
    }

    private static ProviderReport charge(AttemptId attempt, InstallationId installation) {
        return new ProviderReport.Charge(
                ALICE, attempt, "cus_1", new Outcome.Paid("pi_late", PRICE), installation, null);
    }

    private static ProviderReport checkout(String id, InstallationId installation) {
        return new ProviderReport.Checkout(
                ALICE,
                new CheckoutId(id),
                "cs_old",
                "cus_1",
                new CheckoutOutcome.Paid("pi_page", PRICE, null),
                installation,
                null);
    }

    private static ProviderReport refund(String payment, Origin origin, InstallationId installation) {
        Reversal refund = new Reversal("re_1", Reversal.Kind.REFUND, PRICE, Money.of("0.00", "USD"));
        return new ProviderReport.Reversal(
                ALICE, new PaymentReversals(payment, "cus_1", PRICE, List.of(refund)), origin, installation, null);
    }
}

package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.ReferenceConflictException;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.gateway.PaymentReversals;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.Limits;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.Sizing;
import io.autorecharge.report.CheckResult;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.StoreException;
import io.autorecharge.testkit.InMemoryStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What went wrong in other systems before and after the charge: the database, amounts, repetitions, refunds, notices. */
class IncidentsAroundTheChargeTest {
    private Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    @DisplayName("useautumn/autumn#2536: a busy database is a hold, and no failed recharge")
    void a_busy_database_is_a_hold_and_no_failed_recharge() {
        rig.enabled(ALICE, "1");
        try (AutoRecharge node = AutoRecharge.builder(rig.policy, busy(rig.store), rig.gateway)
                .clock(rig.clock)
                .listenerExecutor(Runnable::run)
                .listener(rig.events::add)
                .build()) {
            rig.events.clear();

            assertThat(node.check(ALICE))
                    .isEqualTo(new CheckResult.Held(
                            ALICE,
                            new Decision.Hold(
                                    HoldReason.CONTENTION, rig.clock.instant().plusSeconds(1))));
        }

        assertThat(rig.events).isEmpty();
        assertThat(rig.account().state().declines()).isZero();
        assertThat(rig.gateway.requests()).isEmpty();
        rig.check();
        assertThat(rig.balance()).isEqualTo(Credits.of(121));
    }

    @Test
    @DisplayName("useautumn/autumn#2420: saving the declining card again does not make it good")
    void saving_the_declining_card_again_does_not_make_it_good() {
        rig.enabled(ALICE, "1");
        rig.gateway.declineAll("stolen_card", Kind.HARD);
        for (int day = 0; day < 30; day++) {
            rig.library.savePaymentMethod(ALICE, new PaymentMethod("cus_1", "pm_" + day, "visa", "4242", "fp_1"));
            rig.check();
            rig.clock.advance(Duration.ofDays(1));
        }

        assertThat(rig.gateway.requests()).hasSize(1);
    }

    @Test
    @DisplayName(
            "getlago/lago-api#5792, #5121, InvoicePlane#1677: no amount rounds to nothing, leaves a cent, or grows a hundredfold")
    void no_amount_rounds_to_nothing_leaves_a_cent_or_grows_a_hundredfold() {
        assertThatIllegalArgumentException().isThrownBy(() -> Money.of("0.001", "USD"));
        assertThatIllegalArgumentException().isThrownBy(() -> Rig.pack(50, "0.00"));
        assertThatIllegalArgumentException().isThrownBy(() -> Money.of("0.5", "JPY"));
        rig.close();
        RechargePolicy yen = RechargePolicy.builder(PackageCatalog.of(
                        new CreditPackage(100, Money.of("1000", "JPY")),
                        new CreditPackage(300, Money.of("2900", "JPY"))))
                .sizing(Sizing.target(Credits.of("60.05")))
                .build();
        rig = new Rig(yen, new InMemoryStore()).enabled(ALICE, "1");

        rig.check();

        // 59.05 credits at 10 yen each are 590.5 yen, rounded in favour of the user: no credit costs more than agreed.
        assertThat(rig.gateway.captures()).extracting(it -> it.amount()).containsExactly(Money.ofMinor(590, "JPY"));
        assertThat(rig.balance()).as("exactly the target, and the bonus").isEqualTo(Credits.of("80.05"));
        rig.clock.advance(Duration.ofDays(1));
        rig.check();
        assertThat(rig.gateway.captures()).hasSize(1);
    }

    @Test
    @DisplayName(
            "getlago/lago-api#5870, akash-network/console#3449: the same request twice is one, and with another amount it is an error of its own")
    void the_same_request_twice_is_one_and_with_another_amount_an_error() {
        rig.enabled(ALICE, "100");
        rig.debit("30", "job-1");
        rig.debit("30", "job-1");
        assertThat(rig.balance()).isEqualTo(Credits.of(70));

        assertThatExceptionOfType(ReferenceConflictException.class).isThrownBy(() -> rig.debit("31", "job-1"));

        assertThat(rig.balance()).isEqualTo(Credits.of(70));
        assertThat(rig.account().state().declines()).isZero();
    }

    @Test
    @DisplayName(
            "LIT-Protocol/chipotle#447: a second recharge within minutes is one of its own where the host allows it")
    void a_second_recharge_within_minutes_has_a_key_of_its_own() {
        rig.close();
        rig = new Rig(b -> b.limits(Limits.ofDefaults().withCooldown(Duration.ofMinutes(1)))).enabled(ALICE, "1");
        rig.check();
        rig.debit("120", "burst");
        rig.clock.advance(Duration.ofMinutes(2));
        rig.check();

        assertThat(rig.gateway.captures()).hasSize(2);
        assertThat(rig.gateway.requests()).extracting(ChargeRequest::attempt).doesNotHaveDuplicates();
        assertThat(rig.balance()).isEqualTo(Credits.of(121));
    }

    @ParameterizedTest
    @EnumSource(
            value = Reversal.Kind.class,
            names = {"REFUND", "DISPUTE"})
    @DisplayName(
            "elizaOS/eliza#10920, #11155, theopenco/llmgateway#1338: a refund or dispute removes credits and bonus and charges nothing")
    void a_reversal_removes_credits_and_bonus_and_the_empty_account_is_not_charged_again(Reversal.Kind kind) {
        rig.enabled(ALICE, "1");
        rig.check();
        Money price = Money.of("9.00", "USD");
        Reversal gone = new Reversal("re_1", kind, price, Money.of("0.00", "USD"));

        rig.settle(rig.library, ALICE, new PaymentReversals("pi_1", "cus_1", price, List.of(gone)));
        for (int day = 0; day < 30; day++) {
            rig.check();
            rig.clock.advance(Duration.ofDays(1));
        }

        assertThat(rig.balance()).isEqualTo(Credits.of(1));
        assertThat(rig.account().state().suspension().reason())
                .isEqualTo(kind == Reversal.Kind.REFUND ? Suspension.Reason.REFUNDED : Suspension.Reason.DISPUTED);
        assertThat(rig.gateway.requests()).hasSize(1);
    }

    @Test
    @DisplayName("recoupable/app#1960: debits of users who never agreed make nothing at the provider")
    void debits_of_users_who_never_agreed_make_nothing_at_the_provider() {
        for (int i = 0; i < 100; i++) {
            AccountId account = AccountId.of("user-" + i);
            rig.library.debit(Debit.of(account, Credits.of(5), "spent", null).withOverdraft());
            rig.library.check(account);
        }

        assertThat(rig.gateway.requests()).isEmpty();
        assertThat(rig.checkout.customers).isZero();
        assertThat(rig.checkout.requests).isEmpty();
    }

    @Test
    @DisplayName(
            "rameerez/usage_credits#4, polarsource/polar#9542, osparc-simcore#9712: own thresholds and amounts, a notice for every charge and for the cap")
    void each_account_has_its_own_threshold_and_amount_and_every_charge_and_the_cap_are_reported() {
        rig.close();
        rig = new Rig(b -> b.limits(Limits.ofDefaults().withMonthlySpend(Money.of("40.00", "USD"))));
        AccountId bob = AccountId.of("bob");
        rig.enabled(ALICE, "20").enabled(bob, "20");
        rig.confirmed(bob, new Settings(true, 250, Credits.of(30)), "20.00");

        rig.check();
        rig.library.check(bob);
        assertThat(rig.library.balance(ALICE)).isEqualTo(Credits.of(20));
        assertThat(rig.library.balance(bob)).isEqualTo(Credits.of(290));
        for (int i = 0; i < 5; i++) {
            rig.clock.advance(Duration.ofHours(1));
            rig.debit("115", "spent-" + i);
            rig.check();
        }

        assertThat(rig.gateway.captures(ALICE)).hasSize(4);
        assertThat(published(EventType.RECHARGE_PAID, ALICE))
                .hasSize(4)
                .extracting(AutoRechargeEvent::amount)
                .containsOnly(Money.of("9.00", "USD"));
        assertThat(published(EventType.RECHARGE_PAID, bob)).hasSize(1);
        assertThat(published(EventType.LIMIT_REACHED, ALICE))
                .hasSize(1)
                .extracting(AutoRechargeEvent::reason)
                .containsExactly(HoldReason.SPEND_LIMIT.name());
    }

    private List<AutoRechargeEvent> published(EventType type, AccountId account) {
        return rig.events.stream()
                .filter(it -> it.type() == type && it.account().equals(account))
                .toList();
    }

    private interface StoreAndLedger extends RechargeStore, Ledger {}

    /** Other transactions hold every lock for longer than any caller waits. */
    private static StoreAndLedger busy(InMemoryStore real) {
        return (StoreAndLedger) Proxy.newProxyInstance(
                StoreAndLedger.class.getClassLoader(),
                new Class<?>[] {StoreAndLedger.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("inTransaction")) {
                        throw new StoreException(true, "the lock was not to be had", null);
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}

package com.example.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.report.CheckResult;
import io.autorecharge.testkit.FakeGateway;
import io.autorecharge.testkit.InMemoryStore;
import io.autorecharge.testkit.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The first tests of docs/testing.md: no Spring, no database, no waiting. */
class RechargeTest {
    private static final AccountId ALICE = AccountId.of("alice");

    private final SettableClock clock = new SettableClock();
    private final FakeGateway gateway = new FakeGateway(clock);
    private final AutoRecharge autoRecharge = AutoRecharge.builder(
                    RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, Money.of("9.00", "USD")))),
                    new InMemoryStore(),
                    gateway)
            .clock(clock)
            // Nothing happens in the background: the test calls check().
            .afterCommit(task -> {})
            .build();

    @BeforeEach
    void openAccount() {
        autoRecharge.grant(new Grant(ALICE, Credits.of(50), Category.PAID, "opening", "Opening balance"));
        autoRecharge.savePaymentMethod(ALICE, new PaymentMethod("cus_1", "pm_1", "visa", "4242", "fingerprint"));
        autoRecharge.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v1");
    }

    @AfterEach
    void close() {
        autoRecharge.close();
    }

    @Test
    void a_debit_below_the_threshold_triggers_one_charge() {
        autoRecharge.debit(Debit.of(ALICE, Credits.of(45), "job-17", "Report of May"));
        autoRecharge.check(ALICE);

        assertThat(gateway.captures(ALICE)).hasSize(1);
        // 5 credits were left; the recharge adds 100 and a bonus of 20.
        assertThat(autoRecharge.balance(ALICE)).isEqualTo(Credits.of(125));
    }

    @Test
    void a_declined_card_is_charged_again_after_the_back_off() {
        gateway.declineNext("insufficient_funds", Kind.SOFT);
        autoRecharge.debit(Debit.of(ALICE, Credits.of(45), "job-17", "Report of May"));
        autoRecharge.check(ALICE);
        assertThat(autoRecharge.check(ALICE)).isInstanceOf(CheckResult.Held.class);

        clock.advance(Duration.ofHours(6));
        autoRecharge.check(ALICE);

        assertThat(gateway.captures(ALICE)).hasSize(1);
    }

    @Test
    void a_lost_answer_does_not_charge_twice() {
        gateway.timeOutAfterCaptureNext();
        autoRecharge.debit(Debit.of(ALICE, Credits.of(45), "job-17", "Report of May"));
        autoRecharge.check(ALICE);
        assertThat(autoRecharge.balance(ALICE)).isEqualTo(Credits.of(5));

        clock.advance(Duration.ofMinutes(10));
        autoRecharge.check(ALICE);

        assertThat(gateway.captures(ALICE)).hasSize(1);
        assertThat(autoRecharge.balance(ALICE)).isEqualTo(Credits.of(125));
    }
}

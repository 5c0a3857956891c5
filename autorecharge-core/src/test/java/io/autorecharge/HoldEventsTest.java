package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static io.autorecharge.Rig.CARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.Limits;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.report.Status;
import io.autorecharge.testkit.InMemoryStore;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A low account that is not recharged, or not enough, has a reason in its status and an event, once per cause. */
class HoldEventsTest {
    private final InMemoryStore store = new InMemoryStore();

    @Test
    void a_package_that_is_not_sold_any_more_is_reported_once_per_package() {
        try (Rig before = new Rig(b -> b, store).alone()) {
            before.enabled(ALICE, "1");
            RechargePolicy without =
                    RechargePolicy.ofDefaults(PackageCatalog.of(Rig.pack(50, "5.00"), Rig.pack(250, "20.00")));
            try (AutoRecharge node = node(before, without)) {
                node.check(ALICE);
                node.check(ALICE);

                Status status = node.status(ALICE);
                assertThat(status.state()).isEqualTo(Status.State.INCOMPLETE);
                assertThat(status.reason()).isEqualTo("PACKAGE_NOT_OFFERED");
            }
            assertThat(held(before)).containsExactly("PACKAGE_NOT_OFFERED");
        }
    }

    @Test
    void an_amount_that_was_not_agreed_is_reported_once_per_agreement() {
        Limits noPause = Limits.ofDefaults().withCooldown(Duration.ofSeconds(1));
        try (Rig rig = new Rig(b -> b.limits(noPause), store).alone()) {
            rig.enabled(ALICE, "1").check();
            rig.debit("1200", "much");
            rig.clock.advance(Duration.ofHours(1));
            for (int i = 0; i < 3; i++) {
                rig.check();
                rig.clock.advance(Duration.ofHours(1));
            }
            assertThat(held(rig)).containsExactly("AMOUNT_NOT_AGREED");
            Status status = rig.library.status(ALICE);
            assertThat(status.state()).isEqualTo(Status.State.ACTIVE);
            assertThat(status.reason()).isEqualTo("AMOUNT_NOT_AGREED");

            rig.library.configure(ALICE, new Settings(false, 100, Credits.of(10)), null);
            rig.library.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v2");
            rig.check();
            rig.clock.advance(Duration.ofHours(1));
            rig.check();
            assertThat(held(rig)).containsExactly("AMOUNT_NOT_AGREED", "AMOUNT_NOT_AGREED");
        }
    }

    @Test
    void a_charge_that_the_agreed_amount_cuts_says_so_once() {
        try (Rig rig = new Rig(b -> b, store).alone()) {
            rig.enabled(ALICE, "1");
            rig.debit("1000", "much");
            rig.check();
            rig.check();

            assertThat(rig.gateway.captures()).hasSize(1);
            assertThat(reasons(rig, EventType.RECHARGE_REDUCED)).containsExactly("AMOUNT_NOT_AGREED");
            assertThat(rig.library.status(ALICE).reason()).isNotNull();
        }
    }

    @Test
    void a_charge_that_the_maximum_amount_cuts_says_so() {
        try (Rig rig = new Rig(b -> b.maxAmount(Money.of("40.00", "USD")), store).alone()) {
            rig.enabled(ALICE, "1");
            rig.confirmed(ALICE, new Settings(true, 100, Credits.of(10)), "40.00");
            rig.debit("1000", "much");
            rig.check();

            assertThat(rig.gateway.captures())
                    .singleElement()
                    .satisfies(it -> assertThat(it.amount()).isEqualTo(Money.of("36.00", "USD")));
            assertThat(reasons(rig, EventType.RECHARGE_REDUCED)).containsExactly("AMOUNT_OUT_OF_BOUNDS");
            assertThat(rig.library.status(ALICE).reason()).isNotNull();
        }
    }

    @Test
    void an_ordinary_recharge_reports_neither() {
        try (Rig rig = new Rig(b -> b, store).alone()) {
            rig.enabled(ALICE, "1").check();

            assertThat(rig.gateway.captures()).hasSize(1);
            assertThat(rig.eventTypes()).doesNotContain(EventType.RECHARGE_HELD, EventType.RECHARGE_REDUCED);
        }
    }

    @Test
    void what_saving_a_card_would_charge_is_shown_and_nothing_is_changed() {
        try (Rig rig = new Rig(b -> b, store).alone()) {
            rig.enabled(ALICE, "1");
            rig.library.forgetPaymentMethod(ALICE);
            assertThat(rig.library.preview(ALICE)).isEqualTo(Decision.Hold.because(HoldReason.NO_PAYMENT_METHOD));
            PaymentMethod next = new PaymentMethod(CARD.customerId(), "pm_2", "visa", "1881", "fp_2");

            Decision shown = rig.library.preview(ALICE, next);

            assertThat(shown).isInstanceOfSatisfying(Decision.Recharge.class, it -> {
                assertThat(it.price()).isEqualTo(Money.of("9.00", "USD"));
                assertThat(it.method()).isEqualTo(next);
            });
            assertThat(rig.account().method()).isNull();
            rig.library.savePaymentMethod(ALICE, next);
            rig.check();
            assertThat(rig.gateway.captures())
                    .singleElement()
                    .satisfies(it -> assertThat(it.amount()).isEqualTo(Money.of("9.00", "USD")));
            assertThatExceptionOfType(InvalidValueException.class)
                    .isThrownBy(() -> rig.library.preview(
                            ALICE, new PaymentMethod("cus_strange", "pm_3", "visa", "1881", "fp_3")));
        }
    }

    private static List<@Nullable String> held(Rig rig) {
        return reasons(rig, EventType.RECHARGE_HELD);
    }

    private static List<@Nullable String> reasons(Rig rig, EventType type) {
        return rig.events.stream()
                .filter(it -> it.type() == type)
                .map(AutoRechargeEvent::reason)
                .toList();
    }

    private static AutoRecharge node(Rig rig, RechargePolicy policy) {
        return AutoRecharge.builder(policy, rig.store, rig.gateway)
                .clock(rig.clock)
                .callsPerSecond(100_000)
                .listenerExecutor(Runnable::run)
                .listener(rig.events::add)
                .afterCommit(task -> {})
                .build();
    }
}

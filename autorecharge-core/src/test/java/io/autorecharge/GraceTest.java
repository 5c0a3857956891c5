package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.policy.BackOff;
import io.autorecharge.policy.GraceRule;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.report.Status;
import io.autorecharge.testkit.FakeGateway;
import io.autorecharge.testkit.HostLedger;
import io.autorecharge.testkit.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** After a decline an account may be overdrawn for a while, once, until a payment has brought its balance to zero. */
class GraceTest {
    private static final AccountId BOB = AccountId.of("bob");
    private static final Duration DAY = Duration.ofDays(1);

    private final Rig rig = new Rig(policy -> policy.grace(new GraceRule(7, Credits.of(20))));
    private int debits;

    /** A balance of 1, and the first decline. */
    private Instant declined() {
        rig.enabled(ALICE, "1");
        rig.gateway.declineAll("insufficient_funds", Kind.SOFT);
        rig.check();
        return rig.clock.instant();
    }

    @Test
    void it_begins_with_the_first_decline_and_says_so() {
        Instant start = declined();

        AutoRechargeEvent started = only(EventType.GRACE_STARTED);
        assertThat(started.until()).isEqualTo(start.plus(DAY.multipliedBy(7)));
        Status status = rig.library.status(ALICE);
        assertThat(status.state()).isEqualTo(Status.State.GRACE);
        assertThat(status.grace().until()).isEqualTo(start.plus(DAY.multipliedBy(7)));
        assertThat(status.grace().credits()).isEqualTo(Credits.of(20));
        assertThat(status.nextTry()).isEqualTo(start.plus(Duration.ofHours(6)));
        assertThat(status.reason()).isEqualTo("insufficient_funds");
        assertThat(use("21")).isInstanceOf(DebitResult.Applied.class);
        assertThat(use("0.000001")).isInstanceOf(DebitResult.Refused.class);
        assertThat(rig.balance()).isEqualTo(Credits.of(-20));
    }

    @Test
    void without_the_rule_nothing_is_overdrawn() {
        Rig plain = new Rig().enabled(ALICE, "1");
        plain.gateway.declineAll("insufficient_funds", Kind.SOFT);
        plain.check();

        assertThat(plain.library.status(ALICE).state()).isEqualTo(Status.State.BACKING_OFF);
        assertThat(plain.account().state().grace()).isNull();
        assertThat(plain.library.debit(Debit.of(ALICE, Credits.of(2), "use", null)))
                .isInstanceOf(DebitResult.Refused.class);
    }

    /** Tries after 6 hours, 48, 96 and so on, where without a grace the third decline suspends. */
    @Test
    void retries_go_on_inside_it_and_become_rarer() {
        Instant start = declined();

        for (int hours = 1; hours <= 6 + 48 + 96; hours++) {
            rig.clock.advance(Duration.ofHours(1));
            rig.check();
        }

        assertThat(rig.gateway.requests()).hasSize(4);
        assertThat(rig.eventTypes()).doesNotContain(EventType.SUSPENDED);
        assertThat(rig.library.status(ALICE).nextTry()).isEqualTo(start.plus(Duration.ofHours(6 + 48 + 96 + 192)));
        assertThat(BackOff.ofDefaults().waitAfter(12)).isEqualTo(DAY.multipliedBy(60));
    }

    @Test
    void it_is_announced_a_day_before_its_end_and_ends_once() {
        Instant start = declined();
        use("10");

        rig.clock.set(start.plus(DAY.multipliedBy(6)).minusMillis(1));
        rig.check();
        assertThat(of(EventType.GRACE_ENDING)).isEmpty();
        assertThat(rig.account().state().dueAt()).isEqualTo(start.plus(DAY.multipliedBy(6)));
        rig.clock.set(start.plus(DAY.multipliedBy(6)));
        rig.check();
        rig.check();
        assertThat(only(EventType.GRACE_ENDING).until()).isEqualTo(start.plus(DAY.multipliedBy(7)));
        assertThat(rig.account().state().dueAt()).isEqualTo(start.plus(DAY.multipliedBy(7)));
        rig.clock.set(start.plus(DAY.multipliedBy(7)));
        assertThat(use("1")).isInstanceOf(DebitResult.Refused.class);
        rig.check();
        rig.check();
        assertThat(only(EventType.GRACE_ENDED).reason()).isEqualTo("EXPIRED");
        assertThat(rig.library.status(ALICE).grace()).isNull();
        // The next decline suspends as it would have done without a grace, and begins no other one.
        rig.clock.advance(DAY.multipliedBy(30));
        rig.check();
        assertThat(rig.library.status(ALICE).state()).isEqualTo(Status.State.SUSPENDED);
        assertThat(of(EventType.GRACE_STARTED)).hasSize(1);
    }

    @Test
    void a_payment_that_brings_the_balance_to_zero_ends_it_and_permits_another_one() {
        declined();
        use("15");
        rig.gateway.approveAll();
        rig.clock.advance(Duration.ofHours(6));
        rig.check();

        assertThat(rig.balance()).isEqualTo(Credits.of(106));
        assertThat(only(EventType.GRACE_ENDED).reason()).isEqualTo("PAID");
        assertThat(rig.account().state().grace()).isNull();
        assertThat(rig.library.status(ALICE).state()).isEqualTo(Status.State.ACTIVE);
        use("100");
        rig.gateway.declineAll("insufficient_funds", Kind.SOFT);
        rig.clock.advance(Duration.ofHours(1));
        rig.check();
        assertThat(of(EventType.GRACE_STARTED)).hasSize(2);
    }

    @Test
    void a_grant_of_the_host_is_no_payment() {
        Instant start = declined();
        use("15");
        rig.library.grant(new Grant(ALICE, Credits.of(30), Category.PROMOTIONAL, "gift", "Gift"));
        rig.clock.set(start.plus(DAY.multipliedBy(8)));
        rig.check();
        assertThat(only(EventType.GRACE_ENDED).reason()).isEqualTo("EXPIRED");
        use("15");
        rig.check();

        assertThat(of(EventType.GRACE_STARTED)).hasSize(1);
        assertThat(use("2")).isInstanceOf(DebitResult.Refused.class);
    }

    @Test
    void another_dead_card_gives_no_other_one() {
        Instant start = declined();
        rig.clock.set(start.plus(DAY.multipliedBy(8)));
        rig.check();
        rig.library.savePaymentMethod(ALICE, new PaymentMethod("cus_1", "pm_2", "visa", "0341", "fp_2"));
        rig.clock.advance(DAY);
        rig.check();

        assertThat(rig.gateway.requests().size()).isGreaterThan(1);
        assertThat(of(EventType.GRACE_STARTED)).hasSize(1);
        assertThat(use("2")).isInstanceOf(DebitResult.Refused.class);
    }

    @Test
    void another_account_with_the_same_card_gets_none() {
        declined();
        rig.enabled(BOB, "1");
        rig.card(BOB, new PaymentMethod("cus_bob", "pm_9", "visa", "4242", "fp_1"));

        rig.library.check(BOB);

        assertThat(rig.library.status(BOB).state()).isEqualTo(Status.State.BACKING_OFF);
        assertThat(of(EventType.GRACE_STARTED)).hasSize(1);
        assertThat(rig.library.debit(Debit.of(BOB, Credits.of(2), "use", null)))
                .isInstanceOf(DebitResult.Refused.class);
    }

    @Test
    void a_stop_of_the_bank_a_switch_off_and_a_suspension_give_none_or_end_it() {
        Rig stolen = new Rig(policy -> policy.grace(new GraceRule(7, Credits.of(20)))).enabled(ALICE, "1");
        stolen.gateway.declineAll("stolen_card", Kind.HARD);
        stolen.check();
        assertThat(stolen.eventTypes()).doesNotContain(EventType.GRACE_STARTED);

        declined();
        rig.library.configure(ALICE, new Settings(false, 100, Credits.of(10)), "v1");
        assertThat(only(EventType.GRACE_ENDED).reason()).isEqualTo("DISABLED");
        assertThat(use("2")).isInstanceOf(DebitResult.Refused.class);
        rig.library.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v1");
        rig.clock.advance(DAY);
        rig.check();
        assertThat(of(EventType.GRACE_STARTED)).hasSize(1);
        assertThat(use("2")).isInstanceOf(DebitResult.Refused.class);
    }

    @Test
    void a_stop_that_the_bank_sends_during_it_ends_it() {
        declined();
        rig.gateway.declineAll("stolen_card", Kind.HARD);
        rig.clock.advance(Duration.ofHours(6));
        rig.check();

        assertThat(only(EventType.GRACE_ENDED).reason()).isEqualTo("HARD_DECLINE");
        assertThat(use("2")).isInstanceOf(DebitResult.Refused.class);
    }

    @Test
    void a_ledger_in_another_service_is_refused() {
        RechargePolicy policy = RechargePolicy.builder(Rig.PACKAGES)
                .grace(new GraceRule(7, Credits.of(20)))
                .build();
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> AutoRecharge.builder(
                                policy, new InMemoryStore(), new HostLedger(() -> {}), new FakeGateway(rig.clock))
                        .build())
                .satisfies(it -> assertThat(it.field()).isEqualTo("grace"));
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new GraceRule(0, Credits.of(1)));
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new GraceRule(61, Credits.of(1)));
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> new GraceRule(1, Credits.ZERO));
    }

    /** The model: nothing is overdrawn by more than 20, and never outside the week after the decline that began a grace. */
    @Test
    void no_debit_exceeds_what_a_plain_model_allows() {
        long seed = new SplittableRandom().nextInt(Integer.MAX_VALUE);
        SplittableRandom random = new SplittableRandom(seed);
        rig.enabled(ALICE, "15");
        int overdrawn = 0;
        for (int step = 0; step < 1500; step++) {
            rig.clock.advance(Duration.ofMinutes(random.nextInt(1, 600)));
            if (random.nextInt(12) == 0) {
                rig.gateway.approveAll();
            } else if (random.nextInt(3) == 0) {
                rig.gateway.declineAll("insufficient_funds", Kind.SOFT);
            }
            if (random.nextInt(40) == 0) {
                rig.library.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v1");
            }
            Credits before = rig.balance();
            Credits amount = Credits.of(random.nextInt(1, 30));
            DebitResult result = use(amount.toString());
            Instant now = rig.clock.instant();
            boolean inGrace = of(EventType.GRACE_STARTED).stream()
                    .anyMatch(it -> !it.at().isAfter(now)
                            && it.until().isAfter(now)
                            && of(EventType.GRACE_ENDED).stream()
                                    .noneMatch(end -> !end.at().isBefore(it.at())
                                            && !end.at().isAfter(now)
                                            && end.id()
                                                    .substring(11)
                                                    .equals(it.id().substring(13))));
            Credits allowed = inGrace ? Credits.of(20) : Credits.ZERO;
            boolean fits = !before.plus(allowed).isLessThan(amount);
            assertThat(result instanceof DebitResult.Applied)
                    .as("seed %s step %s", seed, step)
                    .isEqualTo(fits);
            overdrawn += rig.balance().isNegative() && fits ? 1 : 0;
            rig.check();
        }
        assertThat(overdrawn).as("seed %s", seed).isPositive();
    }

    private DebitResult use(String credits) {
        return rig.library.debit(Debit.of(ALICE, Credits.of(credits), "use-" + ++debits, null));
    }

    private List<AutoRechargeEvent> of(EventType type) {
        return rig.events.stream().filter(it -> it.type() == type).toList();
    }

    private AutoRechargeEvent only(EventType type) {
        assertThat(of(type)).hasSize(1);
        return of(type).get(0);
    }
}

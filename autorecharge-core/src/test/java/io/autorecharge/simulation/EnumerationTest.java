package io.autorecharge.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fault at each call of each port, on the in-memory store. {@code SimulationMain} also plays each pair. */
@Tag("simulation")
@Execution(ExecutionMode.CONCURRENT)
class EnumerationTest {
    private final Enumeration enumeration = new Enumeration(InMemoryDatabase::new, Enumeration.PORTS);

    @ParameterizedTest
    @EnumSource
    void no_single_fault_anywhere_breaks_a_promise(Story story) {
        enumeration.singles(story);

        System.out.println(story + ": " + enumeration.scenarios() + " scenarios");
        assertThat(enumeration.failures()).isEmpty();
        assertThat(enumeration.scenarios()).isGreaterThan(100);
    }

    @Test
    void no_three_faults_of_a_charge_that_were_drawn_break_a_promise() {
        // Shorter than a card number, which nothing may print.
        long seed = new SplittableRandom().nextInt(Integer.MAX_VALUE);
        for (Story story : Story.CHARGE_PATH) {
            enumeration.samples(story, 75, 3, seed);
        }

        System.out.println("drawn with seed " + seed + ": " + enumeration.scenarios() + " scenarios");
        assertThat(enumeration.failures()).as("drawn with seed " + seed).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "REFUNDED, PAYMENT_REVERSED REVERSAL_UNDONE SUSPENDED RESUMED RECHARGE_PAID",
        "REFUNDED_UNKNOWN, PAYMENT_REVERSED RECHARGE_PAID SUSPENDED",
        "PURCHASE_REFUNDED, PURCHASE_PAID PAYMENT_REVERSED SUSPENDED",
        "DISPUTED, PAYMENT_REVERSED REVERSAL_UNDONE SUSPENDED RESUMED PURCHASE_PAID RECHARGE_PAID",
        "REFUNDED_AND_DISPUTED, PAYMENT_REVERSED SUSPENDED",
        "RECOVERED, AUTHENTICATION_REQUIRED SUSPENDED RESUMED RECHARGE_PAID",
        "RECOVERY_OPEN, AUTHENTICATION_REQUIRED SUSPENDED RESUMED RECHARGE_PAID",
        "AUTHENTICATED, AUTHENTICATION_REQUIRED RECHARGE_PAID CONTRARY_OUTCOME",
        "RECOVERED_AND_PAID, AUTHENTICATION_REQUIRED RECHARGE_PAID CONTRARY_OUTCOME",
        "PAID_TWICE, AUTHENTICATION_REQUIRED RECHARGE_PAID CONTRARY_OUTCOME PAYMENT_REVERSED",
        "SAVED_AGAIN, RECHARGE_DECLINED SUSPENDED RESUMED RECHARGE_PAID",
        "BACKUP, METHOD_DECLINED RECHARGE_PAID",
        "BACKUP_OF_STOPPED, METHOD_DECLINED RECHARGE_PAID",
        "BACKUP_OF_AUTHENTICATION, METHOD_DECLINED RECHARGE_PAID",
        "BACKUP_LOST, METHOD_DECLINED RECHARGE_PAID",
        "BACKUP_REMOVED, METHOD_DECLINED METHODS_CHANGED RECHARGE_ABANDONED RECHARGE_PAID",
        "BOTH_DECLINED, METHOD_DECLINED RECHARGE_DECLINED RECHARGE_PAID",
        "BACKUP_RECOVERED, METHOD_DECLINED AUTHENTICATION_REQUIRED SUSPENDED RESUMED RECHARGE_PAID",
        "BACKUP_AND_FIRST_PAID, METHOD_DECLINED RECHARGE_PAID CONTRARY_OUTCOME",
        "FIRST_PAID_BACKUP_LOST, METHOD_DECLINED RECHARGE_PAID CONTRARY_OUTCOME",
        "CLICKED, RECHARGE_PAID",
        "CLICKED_LOST, RECHARGE_PAID",
        "CLICKED_AND_GONE, RECHARGE_ABANDONED",
        "CLICKED_BACKUP, METHOD_DECLINED RECHARGE_PAID",
        "ADDED, METHODS_CHANGED METHOD_DECLINED RECHARGE_PAID",
        "ANNOUNCED, RECHARGE_ANNOUNCED RECHARGE_PAID",
        "ANNOUNCED_BACKUP, RECHARGE_ANNOUNCED METHOD_DECLINED RECHARGE_PAID",
        "ANNOUNCED_ANEW, RECHARGE_ANNOUNCED RECHARGE_DECLINED RECHARGE_PAID",
        "WITHDRAWN, RECHARGE_ANNOUNCED RECHARGE_WITHDRAWN RECHARGE_PAID",
        "ANNOUNCED_AND_SWITCHED_OFF, RECHARGE_ANNOUNCED RECHARGE_WITHDRAWN",
        "GRACE, RECHARGE_DECLINED GRACE_STARTED RECHARGE_PAID GRACE_ENDED",
        "GRACE_STOPPED, GRACE_STARTED SUSPENDED GRACE_ENDED",
        "CONTRADICTED, RECHARGE_PAID CONTRARY_OUTCOME"
    })
    void a_story_without_faults_reaches_its_outcome(Story story, String events) {
        story.play(new InMemoryDatabase(), new PlannedFaults(Map.of(), Enumeration.PORTS), world -> {
            assertThat(world.violations()).isEmpty();
            assertThat(world.heard.stream().map(it -> it.substring(0, it.indexOf(':'))))
                    .contains(events.split(" "));
        });
    }

    @Test
    void the_audit_sees_credits_that_were_kept_though_their_money_went_back() {
        Story.CHARGED_UNTOLD.play(new InMemoryDatabase(), new PlannedFaults(Map.of(), Enumeration.PORTS), world -> {
            MoneyBack.Payment payment = world.payments(Stage.ALICE).get(0);
            world.moneyBack.refund(payment, 100);
            world.moneyBack.accepted(payment.report());
            new Audit(world).run();
            assertThat(world.violations()).anyMatch(it -> it.contains("had the report"));
        });
    }

    @Test
    void the_audit_notices_captured_money_that_was_never_granted() {
        PlannedFaults dies = new PlannedFaults(Map.of(), Enumeration.PORTS);
        Story.CHARGED_UNTOLD.play(new InMemoryDatabase(), dies, world -> {
            assertThat(world.violations()).isEmpty();
            // The same story with a capture that was not granted: the audit must find it.
            world.provider.charge(world.requests().get(0));
            world.time.advance(java.time.Duration.ofDays(2));
            world.provider.charge(world.requests().get(0));
            new Audit(world).run();
            assertThat(world.violations()).anyMatch(it -> it.contains("captured twice"));
        });
    }
}

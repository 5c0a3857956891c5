package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.report.Status;
import io.autorecharge.testkit.Race;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A customer of the provider belongs to one account: charging it for another account would take a stranger's money. */
class CustomerOfAnotherAccountTest {
    private static final AccountId BOB = AccountId.of("bob");

    private final Rig rig = new Rig().alone();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void a_first_customer_that_another_account_has_is_refused_and_not_marked() {
        rig.enabled(ALICE, "20");

        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> rig.library.savePaymentMethod(BOB, cardOf("cus_1")))
                .satisfies(e -> assertThat(e.field()).isEqualTo("method.customerId"))
                .withMessageContaining("must not belong to another account");

        assertThat(rig.store.find(BOB).map(it -> it.customerId())).isEmpty();
        assertThat(rig.gateway.stamps()).isEmpty();
    }

    @Test
    void a_customer_that_is_refused_because_the_account_has_another_one_is_not_marked() {
        rig.enabled(ALICE, "20");

        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> rig.library.savePaymentMethod(ALICE, cardOf("cus_of_a_stranger")))
                .withMessageContaining("must be the account's customer cus_1");

        assertThat(rig.gateway.stamps()).isEmpty();
    }

    @Test
    void two_accounts_whose_rows_name_one_customer_are_both_suspended_and_nobody_is_charged() {
        rig.enabled(ALICE, "1").enabled(BOB, "1");
        rig.card(BOB, cardOf("cus_1"));

        rig.check();
        rig.library.check(BOB);

        assertThat(rig.gateway.requests()).isEmpty();
        assertThat(rig.gateway.stamps()).isEmpty();
        for (AccountId account : List.of(ALICE, BOB)) {
            Status status = rig.library.status(account);
            assertThat(status.state()).isEqualTo(Status.State.SUSPENDED);
            assertThat(status.reason()).isEqualTo("OTHER_ACCOUNT");
            assertThat(rig.store.find(account).orElseThrow().state().declines()).isZero();
        }
        assertThat(rig.events)
                .filteredOn(it -> it.type() == EventType.SUSPENDED)
                .extracting(AutoRechargeEvent::reason)
                .containsExactly("OTHER_ACCOUNT", "OTHER_ACCOUNT");
    }

    @Test
    void an_account_that_was_charged_before_keeps_its_customer_and_a_checkout_gives_the_other_its_own() {
        rig.enabled(ALICE, "1").check();
        rig.enabled(BOB, "1");
        rig.card(BOB, cardOf("cus_1"));

        rig.library.check(BOB);
        assertThat(rig.gateway.captures(BOB)).isEmpty();
        rig.debit("115", "spent");
        rig.clock.advance(Duration.ofDays(1));
        rig.check();
        assertThat(rig.gateway.captures(ALICE)).hasSize(2);

        CheckoutSession session = rig.library.openCheckout(BOB, 100, "v1", null);
        String own = rig.checkout.last().customerId();
        assertThat(own).isNotEqualTo("cus_1");
        rig.checkout.outcomes.put(
                session.sessionId(),
                new CheckoutOutcome.Paid("pi_bob", rig.checkout.last().price(), cardOf(own)));
        rig.library.refreshCheckouts(BOB);

        assertThat(rig.store.find(BOB).orElseThrow().state().suspension()).isNull();
        assertThat(rig.library.status(BOB).state()).isEqualTo(Status.State.ACTIVE);
    }

    @Test
    void another_customer_ends_the_suspension() {
        rig.enabled(ALICE, "1").check();
        rig.enabled(BOB, "1");
        rig.card(BOB, cardOf("cus_1"));
        rig.library.check(BOB);
        assertThat(suspension(BOB)).isEqualTo(Suspension.Reason.OTHER_ACCOUNT);

        rig.library.savePaymentMethod(BOB, cardOf("cus_2"));

        assertThat(suspension(BOB)).isNull();
        rig.clock.advance(Duration.ofDays(1));
        rig.library.check(BOB);
        assertThat(rig.gateway.captures(BOB)).hasSize(1);
        assertThat(rig.store.recharges(BOB, 1).get(0).attempt().customerId()).isEqualTo("cus_2");
    }

    @Test
    void of_two_accounts_that_save_one_customer_at_once_at_most_one_may_be_charged_with_it() throws Exception {
        try (Race race = new Race()) {
            for (int round = 0; round < 50; round++) {
                String customer = "cus_round_" + round;
                List<AccountId> both = List.of(AccountId.of("a-" + round), AccountId.of("b-" + round));
                race.run(2, number -> {
                    try {
                        rig.library.savePaymentMethod(both.get(number), cardOf(customer));
                    } catch (InvalidValueException refused) {
                        assertThat(refused.field()).isEqualTo("method.customerId");
                    }
                    return number;
                });
                assertThat(both.stream()
                                .map(rig.store::find)
                                .flatMap(Optional::stream)
                                .map(it -> it.state().stampedCustomer())
                                .filter(Objects::nonNull))
                        .hasSizeLessThanOrEqualTo(1);
            }
        }
    }

    private Suspension.@Nullable Reason suspension(AccountId account) {
        Suspension stop = rig.store.find(account).orElseThrow().state().suspension();
        return stop == null ? null : stop.reason();
    }

    private static PaymentMethod cardOf(String customer) {
        return new PaymentMethod(customer, "pm_of_" + customer, "visa", "1881", "fp_of_" + customer);
    }
}

package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.TooManyRequestsException;
import io.autorecharge.policy.PeopleLimits;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.CheckoutOffer;
import io.autorecharge.store.CheckoutProgress;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One user's requests cost a bounded amount, whatever the user does, and others are served meanwhile. */
class PeopleLimitsTest {
    private static final AccountId BEN = AccountId.of("ben");

    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void one_checkout_more_than_may_be_open_closes_the_oldest() {
        for (int i = 0; i < 6; i++) {
            rig.library.openCheckout(ALICE, 100, null, null);
            rig.clock.advance(Duration.ofSeconds(1));
        }

        assertThat(open(ALICE)).extracting(Checkout::sessionId).containsExactly("cs_2", "cs_3", "cs_4", "cs_5", "cs_6");
        assertThat(rig.checkout.outcomes.get("cs_1")).isInstanceOf(CheckoutOutcome.Closed.class);
    }

    @Test
    void the_oldest_is_granted_if_it_turns_out_to_be_paid() {
        for (int i = 0; i < 5; i++) {
            rig.library.openCheckout(ALICE, 100, null, null);
            rig.clock.advance(Duration.ofSeconds(1));
        }
        PaymentMethod card = new PaymentMethod("cus_alice", "pm_1", "visa", "4242", "fp_1");
        rig.checkout.outcomes.put("cs_1", new CheckoutOutcome.Paid("pi_1", Money.of("9.00", "USD"), card));

        rig.library.openCheckout(ALICE, 100, null, null);

        assertThat(rig.balance()).isEqualTo(Credits.of(100));
        assertThat(open(ALICE)).hasSize(5);
    }

    @Test
    void purchases_that_cannot_be_closed_are_a_reason_to_wait() {
        for (int i = 0; i < 5; i++) {
            rig.library.openCheckout(ALICE, 100, null, null);
            rig.checkout.processing.add("cs_" + (i + 1));
        }

        assertTooMany(Duration.ofMinutes(10), () -> rig.library.openCheckout(ALICE, 100, null, null));

        assertThat(rig.checkout.requests).hasSize(5);
    }

    @Test
    void an_account_opens_only_so_many_checkouts_within_an_hour() {
        for (int i = 0; i < 20; i++) {
            rig.library.openCheckout(ALICE, 100, null, null);
            rig.clock.advance(Duration.ofSeconds(1));
        }

        assertTooMany(Duration.ofHours(1).minusSeconds(20), () -> rig.library.openCheckout(ALICE, 100, null, null));
        assertThat(rig.checkout.requests).hasSize(20);
        rig.library.openCheckout(BEN, 100, null, null);

        rig.clock.advance(Duration.ofHours(1).minusSeconds(20).plusMillis(1));
        rig.library.openCheckout(ALICE, 100, null, null);
        assertTooMany(Duration.ofSeconds(1), () -> rig.library.openCheckout(ALICE, 100, null, null));
    }

    @Test
    void a_return_from_a_checkout_looks_up_the_newest_few_of_many() {
        legacy(759);

        rig.library.refreshCheckouts(ALICE);

        assertThat(rig.checkout.lookUps).containsExactly("cs_758", "cs_757", "cs_756", "cs_755", "cs_754");
    }

    @Test
    void an_account_with_many_open_checkouts_from_before_the_limit_costs_a_few_calls_per_request() {
        legacy(759);

        assertThatThrownBy(() -> rig.library.openCheckout(ALICE, 100, null, null))
                .isInstanceOf(TooManyRequestsException.class);

        assertThat(open(ALICE)).hasSize(754);
        assertThat(rig.checkout.requests).isEmpty();
    }

    @Test
    void an_account_that_asks_the_provider_too_often_is_refused_and_others_are_served() {
        try (AutoRecharge library = limited(PeopleLimits.ofDefaults().withCallsPerMinute(10))) {
            library.openCheckout(ALICE, 100, null, null);

            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            library.refreshCheckouts(ALICE);
                        }
                    })
                    .isInstanceOfSatisfying(
                            TooManyRequestsException.class,
                            e -> assertThat(e.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(6)));

            assertThat(rig.checkout.lookUps).hasSizeLessThan(15);
            assertThatCode(() -> library.openCheckout(BEN, 100, null, null)).doesNotThrowAnyException();
        }
    }

    @Test
    void a_person_whose_turn_does_not_come_in_time_is_refused_and_nothing_is_sent() {
        AutoRecharge busy = AutoRecharge.builder(rig.policy, rig.store, rig.gateway)
                .checkout(rig.checkout)
                .clock(rig.clock)
                .callsPerSecond(1)
                .peopleLimits(PeopleLimits.ofDefaults().withMaxWait(Duration.ofNanos(1)))
                .build();
        try (busy) {
            assertTooMany(Duration.ofSeconds(1), () -> busy.openCheckout(ALICE, 100, null, null));
            assertThat(rig.checkout.requests).isEmpty();
        }
    }

    private AutoRecharge limited(PeopleLimits limits) {
        return AutoRecharge.builder(rig.policy, rig.store, rig.gateway)
                .checkout(rig.checkout)
                .clock(rig.clock)
                .callsPerSecond(100_000)
                .afterCommit(task -> {})
                .peopleLimits(limits)
                .build();
    }

    private void legacy(int number) {
        rig.store.inTransaction(ALICE, tx -> {
            tx.saveCustomer("cus_alice");
            for (int i = 0; i < number; i++) {
                CheckoutOffer offer = new CheckoutOffer(
                        ALICE,
                        new CheckoutId("old-" + i),
                        100,
                        Money.of("9.00", "USD"),
                        false,
                        null,
                        rig.clock.instant().minus(Duration.ofHours(2)).plusSeconds(i),
                        null,
                        null);
                tx.save(new Checkout(offer, CheckoutProgress.offered(rig.clock.instant())).at("cs_" + i));
                rig.checkout.outcomes.put("cs_" + i, new CheckoutOutcome.Pending());
            }
            return tx;
        });
    }

    private List<Checkout> open(AccountId account) {
        return rig.store.inTransaction(account, tx -> tx.openCheckouts());
    }

    private static void assertTooMany(Duration retryAfter, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TooManyRequestsException.class,
                        e -> assertThat(e.retryAfter()).isEqualTo(retryAfter));
    }
}

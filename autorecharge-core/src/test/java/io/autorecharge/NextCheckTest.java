package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static io.autorecharge.Rig.CARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.CustomerOwner;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.gateway.PaymentReversals;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.policy.Timing;
import io.autorecharge.report.CheckResult;
import io.autorecharge.store.RechargeState;
import io.autorecharge.testkit.ForwardingGateway;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every change schedules the account's next check in the same transaction, so a node that dies right after it loses nothing. */
class NextCheckTest {
    private static final Duration LEASE = Timing.ofDefaults().lease();

    private final Rig rig = new Rig().alone();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void another_node_takes_over_after_the_lease_while_the_provider_is_called() {
        rig.enabled(ALICE, "1");
        rig.gateway.timeOutBeforeCaptureNext();
        Watched provider = new Watched();
        try (AutoRecharge node = node(provider)) {
            node.check(ALICE);
            assertThat(due()).isEqualTo(in(Duration.ofSeconds(5)));
            rig.clock.advance(Duration.ofSeconds(5));
            node.check(ALICE);
        }

        assertThat(provider.seen).containsExactly("charge PT2M", "look-up PT2M", "charge PT2M");
        assertThat(rig.balance()).isEqualTo(Credits.of(121));
        assertThat(due()).isNull();
    }

    @Test
    void an_attempt_that_must_not_be_sent_again_is_looked_up_at_growing_intervals_until_it_is_abandoned() {
        rig.enabled(ALICE, "1");
        rig.gateway.timeOutBeforeCaptureNext();
        rig.check();
        rig.clock.advance(Duration.ofHours(20));

        rig.check();
        assertThat(due()).isEqualTo(in(Duration.ofSeconds(20)));
        rig.clock.advance(Duration.ofSeconds(20));
        rig.check();
        assertThat(due()).isEqualTo(in(Duration.ofSeconds(80)));
        rig.clock.advance(Duration.ofHours(5));
        rig.check();

        assertThat(rig.lastRecharge().recharge().state()).isEqualTo(RechargeState.ABANDONED);
        assertThat(due()).as("evaluated again immediately").isEqualTo(rig.clock.instant());
    }

    @Test
    void the_users_choice_makes_an_account_due_or_not() {
        rig.enabled(ALICE, "1");
        assertThat(due()).isEqualTo(rig.clock.instant());

        rig.library.configure(ALICE, new Settings(false, 100, Credits.of(10)), null);
        assertThat(due()).isNull();
        rig.library.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v1");
        assertThat(due()).isEqualTo(rig.clock.instant());
        rig.library.forgetPaymentMethod(ALICE);
        assertThat(due()).isNull();
        rig.library.savePaymentMethod(ALICE, CARD);
        assertThat(due()).isEqualTo(rig.clock.instant());
    }

    @Test
    void after_a_decline_the_account_is_checked_when_the_back_off_ends() {
        rig.enabled(ALICE, "1");
        rig.gateway.declineNext("insufficient_funds", Kind.SOFT);

        rig.check();

        assertThat(due()).isEqualTo(in(Duration.ofHours(6)));
    }

    @Test
    void a_suspension_for_a_refund_makes_a_low_account_no_longer_due() {
        rig.enabled(ALICE, "1");
        rig.check();
        rig.debit("115", "use");
        rig.clock.advance(Duration.ofHours(1));
        rig.library.savePaymentMethod(ALICE, CARD);
        assertThat(due()).isEqualTo(rig.clock.instant());
        Money price = Money.of("9.00", "USD");

        rig.settle(
                rig.library,
                ALICE,
                new PaymentReversals(
                        "pi_1",
                        "cus_1",
                        price,
                        List.of(new Reversal("re_1", Reversal.Kind.REFUND, price, Money.of("0.00", "USD")))));

        assertThat(due()).isNull();
    }

    @Test
    void an_open_checkout_is_looked_up_at_growing_intervals() {
        rig.library.openCheckout(ALICE, 100, null, null);
        assertThat(due()).isEqualTo(in(Duration.ofMinutes(2)));

        for (long minutes : new long[] {2, 4, 8, 16, 32, 60, 60}) {
            rig.clock.advance(Duration.between(rig.clock.instant(), due()));
            rig.check();
            assertThat(due()).isEqualTo(in(Duration.ofMinutes(minutes)));
        }
    }

    @Test
    void a_checkout_that_the_provider_cannot_report_on_is_looked_up_again() {
        rig.library.openCheckout(ALICE, 100, null, null);
        rig.checkout.unknown = "cs_1";
        rig.clock.advance(Duration.ofMinutes(2));

        rig.check();

        assertThat(due()).isEqualTo(in(Duration.ofMinutes(2)));
    }

    @Test
    void a_recovery_checkout_is_scheduled_before_its_session_is_created() {
        rig.enabled(ALICE, "1");
        rig.gateway.requireActionNext();
        rig.check();
        assertThat(due()).isNull();
        rig.checkout.broken = true;

        assertThatThrownBy(() -> rig.library.openRecovery(ALICE)).isInstanceOf(GatewayException.class);

        assertThat(due()).isEqualTo(in(Duration.ofMinutes(2)));
    }

    @Test
    void a_checkout_for_another_purchase_holds_back_no_recharge() {
        rig.enabled(ALICE, "1");
        rig.library.openCheckout(ALICE, 50, null, null);

        rig.check();

        assertThat(rig.gateway.captures()).hasSize(1);
        assertThat(due()).isEqualTo(in(Duration.ofMinutes(2)));
        rig.settle(rig.library, ALICE, rig.checkout.last().checkout(), new CheckoutOutcome.Closed("expired"));
        assertThat(due()).isNull();
    }

    @Test
    void an_attempt_that_was_settled_while_it_was_looked_up_is_not_sent_again() {
        rig.enabled(ALICE, "1");
        rig.gateway.timeOutBeforeCaptureNext();
        Watched provider = new Watched();
        provider.meanwhile = () -> {
            rig.settle(rig.library, ALICE, rig.lastAttempt(), new Outcome.Paid("pi_webhook", Money.of("9.00", "USD")));
            rig.debit("115", "use");
            rig.clock.advance(Duration.ofMinutes(10));
            rig.gateway.processNext();
            rig.check();
        };
        try (AutoRecharge node = node(provider)) {
            node.check(ALICE);
            rig.clock.advance(Duration.ofSeconds(5));

            assertThat(node.check(ALICE)).isInstanceOf(CheckResult.Held.class);
        }

        assertThat(rig.gateway.requests())
                .extracting(ChargeRequest::attempt)
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    void no_other_worker_takes_an_account_while_the_provider_is_asked_whose_its_customer_is() {
        rig.enabled(ALICE, "1");
        List<AccountId> taken = new ArrayList<>();
        Watched provider = new Watched();
        provider.whileCustomerIsAsked = () -> taken.addAll(takeDue());
        try (AutoRecharge node = node(provider)) {
            node.check(ALICE);
        }

        assertThat(rig.gateway.stampRequests()).isOne();
        assertThat(rig.gateway.captures()).hasSize(1);
        assertThat(taken).isEmpty();
    }

    @Test
    void no_other_worker_takes_an_account_while_the_provider_is_asked_about_its_checkout() {
        rig.enabled(ALICE, "1");
        rig.library.openCheckout(ALICE, 50, null, null);
        rig.clock.advance(Duration.ofMinutes(3));
        List<AccountId> taken = new ArrayList<>();
        rig.checkout.whileAsked = () -> taken.addAll(takeDue());

        rig.check();

        assertThat(rig.checkout.lookUps).hasSize(1);
        assertThat(rig.gateway.captures()).hasSize(1);
        assertThat(taken).isEmpty();
    }

    private List<AccountId> takeDue() {
        return rig.store.takeDue(rig.clock.instant(), in(LEASE), 10);
    }

    private AutoRecharge node(Gateway provider) {
        return AutoRecharge.builder(rig.policy, rig.store, provider)
                .clock(rig.clock)
                .callsPerSecond(100_000)
                .afterCommit(task -> {})
                .build();
    }

    private @Nullable Instant due() {
        return rig.account().state().dueAt();
    }

    private Instant in(Duration wait) {
        return rig.clock.instant().plus(wait);
    }

    /** The fake provider, which records at each call when the account would be checked if no answer came; each call takes a second. */
    private final class Watched extends ForwardingGateway {
        private final List<String> seen = new ArrayList<>();
        private Runnable meanwhile = () -> {};
        private Runnable whileCustomerIsAsked = () -> {};

        Watched() {
            super(rig.gateway);
        }

        @Override
        public Outcome charge(ChargeRequest request) {
            Outcome answer = super.charge(request);
            see("charge");
            return answer;
        }

        @Override
        public LookUp lookUp(ChargeRequest request) {
            LookUp answer = super.lookUp(request);
            see("look-up");
            meanwhile.run();
            rig.clock.advance(Duration.ofSeconds(1));
            return answer;
        }

        private void see(String call) {
            Instant due = due();
            seen.add(call + " " + (due == null ? "never" : Duration.between(rig.clock.instant(), due)));
            assertThat(rig.lastRecharge().attempt().nextCheckAt())
                    .as("the attempt's own, at the %s", call)
                    .isEqualTo(in(LEASE));
        }

        @Override
        public CustomerOwner stampCustomer(String customerId, InstallationId installation) {
            whileCustomerIsAsked.run();
            return super.stampCustomer(customerId, installation);
        }
    }
}

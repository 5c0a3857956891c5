package io.autorecharge.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.report.Status;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeWithAttempt;
import io.autorecharge.testkit.Reports;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A card that always requires authentication pays at checkout, fails off-session, and then pays the recharge at another checkout. */
class StripeRecoveryTest {
    private static final AccountId ALICE = new AccountId("alice");
    private static final String REQUIRES_AUTHENTICATION = "4000002760003184";

    private final StripeHost host = new StripeHost();
    private final SimulatedStripe stripe = host.stripe;
    private final AutoRecharge library = host.library;

    @AfterEach
    void close() {
        host.close();
    }

    @BeforeEach
    void a_recharge_that_requires_authentication() throws Exception {
        stripe.pay(library.openCheckout(ALICE, 100, "v1", null).url(), REQUIRES_AUTHENTICATION);
        host.awaitDeliveries();
        library.refreshCheckouts(ALICE);
        library.debit(Debit.of(ALICE, Credits.of(115), "spent", null));
        library.check(ALICE);
        host.awaitDeliveries();
        assertThat(library.status(ALICE).state()).isEqualTo(Status.State.NEEDS_AUTHENTICATION);
        assertThat(captures()).isEqualTo(1);
    }

    @Test
    void the_incomplete_charge_is_cancelled_before_the_checkout_is_created_and_the_checkout_pays_the_recharge_once()
            throws Exception {
        CheckoutSession session = library.openRecovery(ALICE).orElseThrow();
        assertThat(stripe.get("/v1/payment_intents/" + last().attempt().providerReference())
                        .get("status")
                        .getAsString())
                .isEqualTo("canceled");

        stripe.pay(session.url(), REQUIRES_AUTHENTICATION);
        host.awaitDeliveries();
        library.refreshCheckouts(ALICE);
        library.check(ALICE);

        assertThat(captures()).isEqualTo(2);
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(125));
        assertThat(library.entries(ALICE, 2))
                .extracting(LedgerEntry::description)
                .containsExactly("Auto-recharge bonus: 20 credits", "Auto-recharge: 100 credits");
        assertThat(last().recharge().state()).isEqualTo(RechargeState.PAID);
        assertThat(host.events).extracting(AutoRechargeEvent::type).doesNotContain(EventType.CONTRARY_OUTCOME);
        assertThat(library.openRecovery(ALICE)).isEmpty();
    }

    @Test
    void a_checkout_whose_recharge_was_paid_otherwise_is_expired_at_stripe() throws Exception {
        CheckoutSession session = library.openRecovery(ALICE).orElseThrow();
        library.settle(
                Reports.charge(library, ALICE, last().attempt().id(), new Outcome.Paid("pi_late", StripeHost.PRICE)));

        library.check(ALICE);
        stripe.pay(session.url(), REQUIRES_AUTHENTICATION);
        host.awaitDeliveries();

        assertThat(stripe.get("/v1/checkout/sessions/" + session.sessionId())
                        .get("status")
                        .getAsString())
                .isEqualTo("expired");
        assertThat(captures()).isEqualTo(1);
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(125));
    }

    @Test
    void a_refund_of_the_checkout_removes_credits_and_bonus() throws Exception {
        stripe.pay(library.openRecovery(ALICE).orElseThrow().url(), REQUIRES_AUTHENTICATION);
        host.awaitDeliveries();
        String intent = stripe.simulator.history().captures().get(1).paymentIntentId();

        stripe.post("/v1/refunds", Map.of("payment_intent", intent));
        host.awaitDeliveries();

        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(5));
    }

    private int captures() {
        return stripe.simulator.history().captures().size();
    }

    private RechargeWithAttempt last() {
        return library.recharges(ALICE, 1).get(0);
    }
}

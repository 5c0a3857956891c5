package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.Refusal;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.PaymentReversals;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.report.CheckResult;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.StoreException;
import io.autorecharge.testkit.HostLedger;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An external ledger with the store in memory; the tests that run on every store are in {@code ExternalLedgerStoreContract}. */
class ExternalLedgerTest {
    private final Rig rig = new Rig();
    private final HostLedger ledger = new HostLedger(() -> {});
    private final AutoRecharge library = engine(rig.store, ledger);

    @AfterEach
    void close() {
        library.close();
        rig.close();
    }

    private AutoRecharge engine(RechargeStore store, Ledger external) {
        return builder(store, external).build();
    }

    private AutoRechargeBuilder builder(RechargeStore store, Ledger external) {
        return AutoRecharge.builder(rig.policy, store, external, rig.gateway)
                .checkout(rig.checkout)
                .clock(rig.clock)
                .listenerExecutor(Runnable::run)
                .listener(rig.events::add)
                .callsPerSecond(100_000)
                .afterCommit(task -> {});
    }

    private void enabled(String balance) {
        library.grant(new Grant(ALICE, Credits.of(balance), Category.PAID, "start", "Start"));
        rig.card(ALICE, Rig.CARD);
        library.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v1");
    }

    @Test
    void a_checkout_purchase_is_delivered_to_the_ledger_too() {
        // From here on settlements start no background check, so nothing is delivered before this test does.
        library.close();
        library.openCheckout(ALICE, 100, "v1", null);
        ledger.failNext(HostLedger.Fault.AFTER);
        CheckoutOutcome paid =
                new CheckoutOutcome.Paid("pi_page", rig.checkout.last().price(), Rig.CARD);
        rig.settle(library, ALICE, rig.checkout.last().checkout(), paid);
        rig.settle(library, ALICE, rig.checkout.last().checkout(), paid);
        assertThat(library.check(ALICE))
                .extracting(it -> ((CheckResult.Held) it).hold().reason())
                .isEqualTo(HoldReason.GRANT_PENDING);

        rig.clock.advance(Duration.ofMinutes(1));
        library.check(ALICE);

        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(120));
        assertThat(ledger.deliveries())
                .containsExactly("autorecharge/pi_page", "autorecharge/pi_page", "autorecharge/pi_page/bonus");
        assertThat(rig.events)
                .filteredOn(event -> event.type() == EventType.PURCHASE_PAID)
                .extracting(AutoRechargeEvent::balance)
                .containsExactly(Credits.of(120));
        assertThat(rig.gateway.requests()).isEmpty();
    }

    @Test
    void a_ledger_that_lags_behind_is_charged_no_sooner_than_the_cooldown_allows() {
        enabled("1");
        Ledger lagging = (Ledger) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Ledger.class},
                (proxy, method, values) ->
                        method.getName().equals("balance") ? Credits.of(1) : method.invoke(ledger, values));
        try (AutoRecharge misled = engine(rig.store, lagging)) {
            misled.check(ALICE);
            rig.clock.advance(Duration.ofSeconds(299));

            assertThat(((CheckResult.Held) misled.check(ALICE)).hold().reason()).isEqualTo(HoldReason.COOLDOWN);
            assertThat(rig.gateway.captures()).hasSize(1);
        }
    }

    @Test
    void a_debit_succeeds_while_the_store_is_down() {
        enabled("50");
        RechargeStore broken = (RechargeStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RechargeStore.class}, (proxy, method, values) -> {
                    if (method.getName().equals("find") || method.getName().equals("markDue")) {
                        throw new StoreException(false, "down", null);
                    }
                    try {
                        return method.invoke(rig.store, values);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        try (AutoRecharge node =
                builder(broken, ledger).afterCommit(Runnable::run).build()) {
            assertThat(node.debit(Debit.of(ALICE, Credits.of(45), "job", null)).balance())
                    .isEqualTo(Credits.of(5));
        }
    }

    @Test
    void preview_works_while_the_ledger_is_down() {
        enabled("50");
        ledger.down(true);

        assertThat(((Decision.Hold) library.preview(ALICE)).reason()).isEqualTo(HoldReason.BALANCE_UNKNOWN);
    }

    @Test
    void a_dispute_suspends_while_the_ledger_is_down_and_its_entries_are_delivered_later() {
        enabled("1");
        library.check(ALICE);
        String charge = rig.gateway.captures().get(0).reference();
        Money nine = Money.of("9.00", "USD");
        Reversal dispute = new Reversal("dp_1", Reversal.Kind.DISPUTE, nine, Money.of("0.00", "USD"));
        ledger.down(true);

        assertThat(rig.settle(
                        library, ALICE, new PaymentReversals(charge, Rig.CARD.customerId(), nine, List.of(dispute))))
                .isTrue();

        assertThat(rig.account().state().suspension().reason()).isEqualTo(Suspension.Reason.DISPUTED);
        ledger.down(false);
        rig.clock.advance(Duration.ofMinutes(15));
        library.runOnce();
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(1));
    }

    @Test
    void a_status_without_a_readable_balance_fails_and_names_the_account() {
        enabled("50");
        ledger.down(true);

        assertThatThrownBy(() -> library.status(ALICE))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("alice");
    }

    @Test
    void the_interval_of_balance_checks_can_be_shortened() {
        enabled("50");
        try (AutoRecharge often =
                builder(rig.store, ledger).balanceCheck(Duration.ofMinutes(10)).build()) {
            often.check(ALICE);
        }

        assertThat(rig.account().state().dueAt()).isEqualTo(rig.clock.instant().plus(Duration.ofMinutes(10)));
    }

    @Test
    void a_balance_check_has_bounds() {
        AutoRechargeBuilder builder = builder(rig.store, ledger);
        for (Duration bad : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(31))) {
            Refusal.check("balanceCheck", bad, "must be positive and at most 30 days", () -> builder.balanceCheck(bad));
        }
    }

    @Test
    void without_an_external_ledger_there_are_no_grants_and_no_balance_checks() {
        rig.enabled(AccountId.of("own"), "1");
        rig.library.check(AccountId.of("own"));

        assertThat(rig.store.grants(AccountId.of("own")).last()).isZero();
        rig.clock.advance(Duration.ofDays(2));
        rig.library.check(AccountId.of("own"));
        assertThat(rig.store.find(AccountId.of("own")).orElseThrow().state().dueAt())
                .isNull();
    }
}

package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.KeyMode;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.report.CheckResult;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.Binding;
import io.autorecharge.store.DatabaseIdentity;
import io.autorecharge.store.DatabaseIdentity.Server;
import io.autorecharge.store.Installation;
import io.autorecharge.store.StoreException;
import io.autorecharge.testkit.InMemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rig's account is low, and its database was used once, an hour ago, with a live key. */
class DatabaseBindingTest {
    private static final Server SERVER = new Server("db.example.org/app", "10.0.0.1:5432", "2026-01-01", "run-1");
    private static final DatabaseIdentity PRODUCTION = new DatabaseIdentity("cluster-1", "16384/16390", SERVER);
    private static final DatabaseIdentity DUMP = new DatabaseIdentity("cluster-1", "16400/16500", SERVER);

    private final InMemoryStore store = new InMemoryStore();
    private final Rig rig = new Rig(b -> b, store).alone();
    private final List<AutoRecharge> nodes = new ArrayList<>();
    private int asked;
    private boolean broken;

    DatabaseBindingTest() {
        rig.gateway.setMode(KeyMode.LIVE);
        store.pretendToBe(PRODUCTION);
        node().check(ALICE);
        rig.enabled(ALICE, "5");
        rig.clock.advance(Duration.ofHours(1));
        store.answerIdentityBy(this::answer);
    }

    private DatabaseIdentity answer() {
        asked++;
        if (broken) {
            throw new StoreException(false, "broken by the test", null);
        }
        return PRODUCTION;
    }

    @AfterEach
    void close() {
        nodes.forEach(AutoRecharge::close);
        rig.close();
    }

    private AutoRecharge node() {
        return node(AutoRecharge.builder(rig.policy, store, rig.gateway));
    }

    private AutoRecharge node(AutoRechargeBuilder builder) {
        AutoRecharge node = builder.checkout(rig.checkout)
                .clock(rig.clock)
                .monotonicClock(rig.clock::nanos)
                .reversalCheck(Duration.ZERO)
                .callsPerSecond(100_000)
                .afterCommit(task -> {})
                .build();
        nodes.add(node);
        return node;
    }

    private Binding bound() {
        return stored().binding();
    }

    private Installation stored() {
        return store.installation(new Installation(new InstallationId("none"), rig.clock.instant(), null));
    }

    private void confirm() {
        store.bind(
                stored().id(),
                new Binding(store.identity().onAnyServer(), null, rig.clock.instant(), rig.clock.instant()));
    }

    private static void assertHeld(CheckResult result) {
        assertThat(result).isInstanceOf(CheckResult.Held.class);
        assertThat(((CheckResult.Held) result).hold().reason()).isEqualTo(HoldReason.DATABASE_NOT_CONFIRMED);
    }

    private void assertHeld(AutoRecharge node) {
        assertHeld(node.check(ALICE));
        assertThat(rig.gateway.requests()).isEmpty();
    }

    private void assertCharged(AutoRecharge node) {
        assertThat(node.check(ALICE)).isInstanceOf(CheckResult.Charged.class);
        assertThat(rig.gateway.captures()).hasSize(1);
    }

    private static DatabaseIdentity on(Server server) {
        return new DatabaseIdentity(PRODUCTION.cluster(), PRODUCTION.database(), server);
    }

    @Test
    void the_first_use_binds_and_the_same_database_is_charged_from() {
        assertThat(bound().identity()).isEqualTo(PRODUCTION);
        assertThat(bound().mode()).isEqualTo(KeyMode.LIVE);

        assertCharged(node());
        assertThat(bound().seenAt()).isEqualTo(rig.clock.instant());
        assertThat(node().database().charging()).isTrue();
    }

    @Test
    void a_copy_charges_nobody_and_says_why() {
        store.pretendToBe(DUMP);
        AutoRecharge copy = node();

        assertHeld(copy);

        assertThat(store.recharges(ALICE, 10)).isEmpty();
        assertThat(copy.status(ALICE).reason()).isEqualTo("DATABASE_NOT_CONFIRMED");
        assertThat(copy.preview(ALICE)).isEqualTo(Decision.Hold.because(HoldReason.DATABASE_NOT_CONFIRMED));
        assertThat(copy.database().charging()).isFalse();
        assertThat(copy.database().difference()).contains("16400/16500", "16384/16390");
        assertThat(bound().identity()).as("it stays as it was copied").isEqualTo(PRODUCTION);
    }

    @Test
    void the_status_of_an_account_says_it_before_anything_was_checked() {
        store.pretendToBe(DUMP);

        assertThat(node().status(ALICE).reason()).isEqualTo("DATABASE_NOT_CONFIRMED");
    }

    @Test
    void a_database_in_another_cluster_is_a_copy_although_its_numbers_are_the_same() {
        store.pretendToBe(new DatabaseIdentity("cluster-2", PRODUCTION.database(), SERVER));

        assertHeld(node());
    }

    @Test
    void what_is_not_known_is_not_compared() {
        store.pretendToBe(new DatabaseIdentity(null, PRODUCTION.database(), Server.UNKNOWN));
        assertCharged(node());
        assertThat(bound().identity()).isEqualTo(PRODUCTION);
    }

    @Test
    void a_run_on_a_copy_takes_no_account_and_reports_a_failure() {
        store.pretendToBe(DUMP);
        AutoRecharge copy = node();

        assertThat(copy.runOnce().failed()).isEqualTo(1);
        copy.tick();

        assertThat(store.countDue(rig.clock.instant(), 10)).isEqualTo(1);
        assertThat(rig.gateway.requests()).isEmpty();
    }

    @Test
    void a_copy_neither_sends_an_open_attempt_again_nor_asks_about_it() {
        rig.gateway.timeOutBeforeCaptureNext();
        node().check(ALICE);
        rig.clock.advance(Duration.ofHours(1));
        store.pretendToBe(DUMP);

        assertHeld(node().check(ALICE));

        assertThat(rig.gateway.requests()).hasSize(1);
        assertThat(rig.gateway.wasLookedUp(rig.lastAttempt()))
                .as("a look-up cancels what is incomplete")
                .isFalse();
        assertThat(rig.lastRecharge().attempt().state()).isEqualTo(AttemptState.OPEN);
    }

    @Test
    void a_copy_opens_no_checkout_and_creates_no_customer() {
        store.pretendToBe(DUMP);
        AutoRecharge copy = node();

        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> copy.openCheckout(ALICE, 100, null, null))
                .withMessageContaining("DatabaseCommand confirm")
                .satisfies(e -> assertThat(e.isConfiguration()).isTrue());
        assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> copy.openRecovery(ALICE));

        assertThat(rig.checkout.requests).isEmpty();
        assertThat(rig.checkout.customers).isZero();
    }

    @Test
    void a_copy_asks_about_no_checkout_and_marks_no_customer() {
        node().openCheckout(ALICE, 100, null, null);
        int marks = rig.gateway.stampRequests();
        rig.clock.advance(Duration.ofHours(1));
        store.pretendToBe(DUMP);
        AutoRecharge copy = node();

        copy.refreshCheckouts(ALICE);
        copy.savePaymentMethod(AccountId.of("bob"), new PaymentMethod("cus_9", "pm_9", "visa", "1881", "fp_9"));

        assertThat(rig.checkout.lookUps).isEmpty();
        assertThat(rig.gateway.stampRequests()).isEqualTo(marks);
    }

    @Test
    void a_restored_database_settles_what_is_reported_while_it_is_held() {
        rig.gateway.timeOutBeforeCaptureNext();
        node().check(ALICE);
        store.pretendToBe(DUMP);
        AutoRecharge restored = node();

        assertThat(rig.settle(
                        restored,
                        ALICE,
                        rig.lastAttempt(),
                        new Outcome.Paid("pi_1", rig.lastRecharge().recharge().price())))
                .isTrue();
        assertHeld(restored.check(ALICE));
        assertThat(rig.lastRecharge().attempt().state()).isEqualTo(AttemptState.PAID);
    }

    @Test
    void a_copy_cancels_no_charge_that_is_reported_as_incomplete() {
        rig.gateway.timeOutBeforeCaptureNext();
        node().check(ALICE);
        store.pretendToBe(DUMP);

        rig.settle(node(), ALICE, rig.lastAttempt(), new Outcome.Unknown("requires_action"));

        assertThat(rig.gateway.wasLookedUp(rig.lastAttempt())).isFalse();
        assertThat(rig.lastRecharge().attempt().state()).isEqualTo(AttemptState.OPEN);
    }

    @Test
    void it_charges_again_a_minute_after_an_operator_confirmed_it() {
        store.pretendToBe(DUMP);
        AutoRecharge copy = node();
        assertHeld(copy);

        confirm();
        assertHeld(copy);
        rig.clock.advance(Duration.ofMinutes(1));

        assertCharged(copy);
        assertThat(bound().identity()).isEqualTo(DUMP);
        assertThat(bound().mode()).isEqualTo(KeyMode.LIVE);
    }

    @ParameterizedTest
    @CsvSource({"LIVE, TEST", "TEST, LIVE"})
    void a_key_of_the_other_kind_charges_nobody_until_it_is_confirmed(KeyMode before, KeyMode after) {
        store.bind(stored().id(), new Binding(PRODUCTION, before, rig.clock.instant(), rig.clock.instant()));
        rig.gateway.setMode(after);
        AutoRecharge node = node();

        assertHeld(node);
        assertThat(node.database().difference()).contains(before.name(), after.name());
        confirm();
        rig.clock.advance(Duration.ofMinutes(1));

        assertCharged(node);
        rig.gateway.setMode(before);
        assertHeld(node().check(ALICE));
    }

    @Test
    void the_database_is_asked_once_a_minute() {
        AutoRecharge node = node();
        node.check(ALICE);
        node.check(ALICE);
        node.status(ALICE);
        assertThat(asked).isEqualTo(1);

        rig.clock.advance(Duration.ofMinutes(1));
        node.check(ALICE);
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void a_database_that_fails_when_it_is_asked_again_is_what_it_was() {
        AutoRecharge node = node();
        node.database();
        broken = true;
        rig.clock.advance(Duration.ofMinutes(1));

        assertCharged(node);
        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> node().check(ALICE));
    }

    @Test
    void a_database_that_moves_while_a_process_uses_it_was_taken_over_by_a_standby() {
        AutoRecharge running = node();
        running.database();
        rig.clock.advance(Duration.ofHours(1));
        store.pretendToBe(on(new Server("db.example.org/app", "10.0.0.2:5432", "2026-03-01", "run-9")));

        assertCharged(running);
        assertThat(node().database().charging()).as("the others are told").isTrue();
    }

    @Test
    void a_database_that_is_a_copy_holds_also_a_process_that_has_used_it() {
        AutoRecharge running = node();
        running.database();
        rig.clock.advance(Duration.ofMinutes(1));
        store.pretendToBe(DUMP);

        assertHeld(running);
    }

    @Test
    void an_older_state_that_was_restored_under_a_running_process_charges_nobody() {
        AutoRecharge running = node();
        Binding before = bound();
        running.database();
        rig.clock.advance(Duration.ofMinutes(1));
        store.bind(stored().id(), before);

        assertHeld(running);
        assertThat(running.database().difference()).contains("an older state was restored");
    }

    @ParameterizedTest(name = "{0}, {1}, {2}, {3} after {4} minutes: {5}")
    @CsvSource({
        // The same server, a restarted one, and one that is reached by another path.
        "db.example.org/app, 10.0.0.1:5432, 2026-01-01, run-1, 100, true",
        "db.example.org/app, 10.0.0.1:5432, 2026-01-01, run-2, 100, true",
        "localhost/app, 127.0.0.1:5432, 2026-01-01, run-1, 100, true",
        // A standby that took over, and a backup of the files on another server.
        "db.example.org/app, 10.0.0.2:5432, 2026-03-01, run-2, 15, true",
        "db.example.org/app, 10.0.0.2:5432, 2026-03-01, run-2, 16, false",
        "db.example.org/app, 10.0.0.1:5432, 2026-03-01, run-2, 15, true",
        "db.example.org/app, 10.0.0.1:5432, 2026-03-01, run-2, 16, false",
        "db.staging.org/app, 10.0.0.2:5432, 2026-03-01, run-2, 0, false",
        "db.staging.org/app, 10.0.0.1:5432, 2026-01-01, run-2, 0, false",
    })
    void another_server_is_the_same_database_if_it_took_over_at_once(
            String url, String address, String files, String run, int minutes, boolean charged) {
        node().database();
        rig.clock.advance(Duration.ofMinutes(minutes));
        store.pretendToBe(on(new Server(url, address, files, run)));

        assertThat(node().database().charging()).isEqualTo(charged);
    }

    @Test
    void with_a_test_key_the_server_may_change_but_not_the_database() {
        rig.gateway.setMode(KeyMode.TEST);
        store.bind(stored().id(), new Binding(PRODUCTION, KeyMode.TEST, rig.clock.instant(), rig.clock.instant()));
        rig.clock.advance(Duration.ofHours(1));
        store.pretendToBe(on(new Server("localhost/app", "10.0.0.2:5432", "2026-03-01", "run-2")));
        assertThat(node().database().charging()).isTrue();

        store.pretendToBe(DUMP);
        assertThat(node().database().charging()).isFalse();
    }

    @Test
    void a_server_that_may_move_is_not_compared_but_its_url_is() {
        store.pretendToBe(on(new Server("db.example.org/app", "10.0.0.2:5432", "2026-03-01", "run-2")));
        assertThat(node().database().charging()).isFalse();
        AutoRechargeBuilder builder =
                AutoRecharge.builder(rig.policy, store, rig.gateway).databaseServerMoves(true);
        assertThat(node(builder).database().charging()).isTrue();

        store.pretendToBe(on(new Server("db.staging.org/app", "10.0.0.2:5432", "2026-03-01", "run-3")));
        assertThat(node(builder).database().charging()).isFalse();
    }

    @Test
    void another_configured_id_than_the_stored_one_is_refused_at_start_and_can_be_adopted() {
        InstallationId before = stored().id();
        AutoRechargeBuilder builder =
                AutoRecharge.builder(rig.policy, store, rig.gateway).installation(new InstallationId("shop-2"));
        AutoRecharge node = node(builder);

        assertThatIllegalStateException()
                .isThrownBy(node::start)
                .withMessageContaining("shop-2")
                .withMessageContaining(before.value())
                .withMessageContaining("confirm --id shop-2");
        assertThatIllegalStateException().isThrownBy(() -> node.check(ALICE));
        assertThat(rig.gateway.requests()).isEmpty();
        store.bind(new InstallationId("shop-2"), bound());

        assertCharged(node);
        node.start();
        assertThat(node.isRunning()).isTrue();
    }

    @Test
    void a_copy_with_an_id_of_its_own_charges_no_customer_of_the_original() {
        assertCharged(node());
        rig.debit("120", "spent");
        rig.clock.advance(Duration.ofDays(1));
        store.pretendToBe(DUMP);
        AutoRecharge copy = node();
        assertHeld(copy.check(ALICE));

        store.bind(new InstallationId("copy"), new Binding(DUMP, null, rig.clock.instant(), rig.clock.instant()));
        rig.clock.advance(Duration.ofMinutes(1));
        copy.check(ALICE);

        assertThat(rig.gateway.captures()).hasSize(1);
        assertThat(rig.account().state().suspension().reason()).isEqualTo(Suspension.Reason.OTHER_INSTALLATION);
    }
}

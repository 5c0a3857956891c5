package io.autorecharge.examples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.jdbc.JdbcStore;
import io.autorecharge.stripe.simulator.Fault;
import io.autorecharge.stripe.simulator.SimulatorOptions;
import io.autorecharge.stripe.simulator.StripeSimulator;
import io.autorecharge.testkit.SettableClock;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Stripe captures and its answer is lost, its webhook too: with no call by a person the credits arrive once. On a real PostgreSQL, over real
 * HTTP, against the simulator's own books.
 */
@Tag("simulation")
class LostAnswerTest {
    private static final AccountId USER = AccountId.of("user-0");

    private final SettableClock clock = new SettableClock();
    private final DataSource database = MigratedDatabase.create();
    private StripeSimulator stripe;

    @BeforeEach
    void start() throws SQLException {
        clock.set(Instant.now());
        // No webhook endpoint at all: every event is lost.
        stripe = StripeSimulator.start(SimulatorOptions.defaults().withClock(clock));
        new DueAccounts(database, stripe.baseUrl()).create(1);
        clock.advance(Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        stripe.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {
                "RESET_AFTER_EXECUTION",
                "EMPTY_BODY",
                "TRUNCATED_BODY",
                "GARBAGE_BODY",
                "SERVER_ERROR_AFTER_EXECUTION",
                "UNAVAILABLE_AFTER_EXECUTION",
                "BAD_GATEWAY_AFTER_EXECUTION"
            })
    void the_next_look_finds_the_capture_and_grants_it_once(Fault fault) {
        stripe.faults().next("POST /v1/payment_intents", fault);
        try (AutoRecharge library = node()) {
            assertThat(library.runOnce().open()).isEqualTo(1);
            assertThat(library.balance(USER)).isEqualTo(Credits.of(1));
            clock.advance(Duration.ofSeconds(10));

            library.runOnce();

            assertGrantedOnce(library);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {
                "RESET_BEFORE_EXECUTION",
                "UNAVAILABLE_BEFORE_EXECUTION",
                "BAD_GATEWAY_BEFORE_EXECUTION",
                "RATE_LIMIT",
                "LOCK_TIMEOUT"
            })
    void what_never_was_executed_is_sent_again_with_the_same_key(Fault fault) {
        stripe.faults().next("POST /v1/payment_intents", fault);
        try (AutoRecharge library = node()) {
            assertThat(library.runOnce().open()).isEqualTo(1);
            assertThat(stripe.history().captures()).isEmpty();
            clock.advance(Duration.ofSeconds(10));

            library.runOnce();

            assertGrantedOnce(library);
        }
    }

    @Test
    void a_restarted_node_finds_it_too() {
        stripe.faults().next("POST /v1/payment_intents", Fault.RESET_AFTER_EXECUTION);
        try (AutoRecharge first = node()) {
            first.runOnce();
        }
        clock.advance(Duration.ofSeconds(10));
        try (AutoRecharge second = node()) {
            second.runOnce();

            assertGrantedOnce(second);
        }
    }

    @Test
    void when_the_keys_life_is_over_it_is_found_by_the_list_and_never_sent_again() {
        stripe.faults().next("POST /v1/payment_intents", Fault.RESET_AFTER_EXECUTION);
        try (AutoRecharge first = node()) {
            first.runOnce();
        }
        clock.advance(Duration.ofDays(3));
        try (AutoRecharge second = node()) {
            second.runOnce();

            assertGrantedOnce(second);
            assertThat(stripe.history().requests("POST", "/v1/payment_intents")).hasSize(1);
        }
    }

    @Test
    void a_stored_500_without_a_charge_is_given_up_after_a_day_and_decided_again() {
        stripe.faults().next("POST /v1/payment_intents", Fault.SERVER_ERROR_BEFORE_EXECUTION);
        try (AutoRecharge library = node()) {
            for (int hours = 0; hours < 60 && library.balance(USER).equals(Credits.of(1)); hours += 3) {
                library.runOnce();
                clock.advance(Duration.ofHours(3));
            }

            assertGrantedOnce(library);
            assertThat(library.recharges(USER, 10)).hasSize(2);
        }
    }

    private void assertGrantedOnce(AutoRecharge library) {
        assertThat(stripe.history().captures()).hasSize(1);
        assertThat(stripe.history().keysBy("autorecharge_attempt").values())
                .allSatisfy(keys -> assertThat(keys).hasSize(1));
        assertThat(library.balance(USER)).isEqualTo(Credits.of(121));
        library.runOnce();
        assertThat(library.balance(USER)).isEqualTo(Credits.of(121));
        assertThat(stripe.history().captures()).hasSize(1);
    }

    private AutoRecharge node() {
        return AutoRecharge.builder(Node.POLICY, JdbcStore.of(database), Node.gateway(stripe.baseUrl()))
                .clock(clock)
                .callsPerSecond(10_000)
                .build();
    }
}

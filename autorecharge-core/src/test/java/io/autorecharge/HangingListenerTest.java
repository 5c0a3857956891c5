package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.report.CheckResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HangingListenerTest {
    private static final Duration SHORT = Duration.ofMillis(50);

    private final Rig rig = new Rig();
    private final Semaphore held = new Semaphore(0);

    @AfterEach
    void close() {
        held.release(1_000);
        rig.close();
    }

    private AutoRechargeBuilder node() {
        return AutoRecharge.builder(rig.policy, rig.store, rig.gateway)
                .clock(rig.clock)
                .monotonicClock(rig.clock::nanos)
                .afterCommit(task -> {});
    }

    /** As JavaMail does without a time-out: not even an interrupt ends it. */
    private void hang(AutoRechargeEvent event) {
        held.acquireUninterruptibly();
    }

    private AccountId user(int number) {
        return AccountId.of("user-" + number);
    }

    @Test
    void every_account_is_charged_and_every_other_listener_notified_while_one_listener_hangs() {
        List<AccountId> others = new ArrayList<>();
        ConcurrentLinkedQueue<AccountId> notified = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 40; i++) {
            rig.enabled(user(i), "1");
            others.add(user(i));
        }
        rig.store.delivered(
                rig.store.undelivered(rig.clock.instant().plusSeconds(1), 1000).stream()
                        .map(AutoRechargeEvent::id)
                        .toList(),
                rig.clock.instant());
        try (AutoRecharge library = node().listener(this::hang)
                .listener(event -> notified.add(event.account()))
                .listenerTimeout(SHORT)
                .build()) {
            assertThat(library.runOnce().paid()).isEqualTo(40);
            held.release(1_000);
        }
        assertThat(rig.gateway.captures()).hasSize(40);
        assertThat(notified).containsExactlyInAnyOrderElementsOf(others);
    }

    @Test
    void whoever_settles_does_not_wait_for_a_listener() {
        rig.enabled(ALICE, "1");
        try (AutoRecharge library =
                node().listener(this::hang).listenerTimeout(Duration.ofHours(1)).build()) {
            assertThat(library.check(ALICE)).isInstanceOf(CheckResult.Charged.class);
            assertThat(rig.store.undelivered(rig.clock.instant().plusSeconds(1), 100))
                    .extracting(AutoRechargeEvent::type)
                    .contains(EventType.RECHARGE_PAID);
            held.release(1_000);
        }
    }

    @Test
    void an_event_is_delivered_again_to_the_listener_that_did_not_return_and_to_no_other() throws InterruptedException {
        AtomicInteger first = new AtomicInteger();
        AtomicInteger second = new AtomicInteger();
        CountDownLatch interrupted = new CountDownLatch(1);
        try (AutoRecharge library = node().listenerTimeout(SHORT)
                .listener(event -> {
                    if (first.incrementAndGet() == 1) {
                        try {
                            held.acquire();
                        } catch (InterruptedException e) {
                            interrupted.countDown();
                            throw new IllegalStateException(e);
                        }
                    }
                })
                .listener(event -> second.incrementAndGet())
                .build()) {
            library.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v1");
            assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
            library.runOnce();
            rig.clock.advance(Duration.ofMinutes(2));
            library.runOnce();
        }

        assertThat(first).hasValue(2);
        assertThat(second).hasValue(1);
        assertThat(rig.store.undelivered(rig.clock.instant(), 100)).isEmpty();
    }

    @Test
    void a_listener_that_always_needs_too_long_is_not_notified_of_one_event_again_and_again() {
        AtomicInteger calls = new AtomicInteger();
        try (AutoRecharge library = node().listenerTimeout(SHORT)
                .listener(event -> {
                    calls.incrementAndGet();
                    held.acquireUninterruptibly();
                })
                .build()) {
            library.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v1");
            for (int i = 0; i < 3; i++) {
                library.runOnce();
                rig.clock.advance(Duration.ofHours(2));
            }
            held.release(1_000);
            for (int i = 0; i < 3; i++) {
                library.runOnce();
                rig.clock.advance(Duration.ofHours(2));
            }
        }
        assertThat(calls).hasValue(1);
        assertThat(rig.store.undelivered(rig.clock.instant(), 100)).isEmpty();
    }

    @Test
    void the_events_of_one_account_reach_a_listener_in_order() {
        ConcurrentLinkedQueue<EventType> received = new ConcurrentLinkedQueue<>();
        try (AutoRecharge library =
                node().listener(event -> received.add(event.type())).build()) {
            for (int i = 0; i < 20; i++) {
                library.configure(ALICE, new Settings(i % 2 == 0, 100, Credits.of(10)), "v1");
            }
            library.runOnce();
        }
        List<EventType> inOrder = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            inOrder.add(i % 2 == 0 ? EventType.ENABLED : EventType.DISABLED);
        }
        assertThat(received).containsExactlyElementsOf(inOrder);
    }

    @Test
    void a_time_limit_of_nothing_is_refused() {
        AutoRechargeBuilder builder = node();
        assertThatThrownBy(() -> builder.listenerTimeout(Duration.ZERO))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("listenerTimeout");
    }
}

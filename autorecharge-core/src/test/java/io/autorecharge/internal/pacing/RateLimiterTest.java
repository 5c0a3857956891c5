package io.autorecharge.internal.pacing;

import static io.autorecharge.internal.pacing.RateLimiter.Line.PEOPLE;
import static io.autorecharge.internal.pacing.RateLimiter.Line.RECHARGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.gateway.GatewayException;
import io.autorecharge.testkit.Race;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RateLimiterTest {
    private static final long SPACING = Duration.ofMillis(50).toNanos();

    private final Race race = new Race();
    private final AtomicLong now = new AtomicLong();
    private final RateLimiter limiter = new RateLimiter(20, now::get);

    @AfterEach
    void close() {
        race.close();
    }

    @Test
    void turns_are_spaced_evenly() {
        assertThat(limiter.tryTake(RECHARGES)).isTrue();
        assertThat(limiter.tryTake(RECHARGES)).isFalse();
        now.addAndGet(SPACING - 1);
        assertThat(limiter.tryTake(PEOPLE)).isFalse();
        now.addAndGet(1);
        assertThat(limiter.tryTake(PEOPLE)).isTrue();
        now.addAndGet(100 * SPACING);
        assertThat(limiter.tryTake(RECHARGES)).isTrue();
        assertThat(limiter.tryTake(RECHARGES)).isFalse();
    }

    @Test
    void a_turn_that_was_given_back_is_free_at_once() {
        HeldTurn held = new HeldTurn(limiter);
        held.tryTake();
        assertThat(held.isHeld()).isTrue();
        assertThat(limiter.tryTake(PEOPLE)).isFalse();

        held.close();
        held.close();

        assertThat(limiter.tryTake(PEOPLE)).isTrue();
        assertThat(limiter.tryTake(PEOPLE)).isFalse();
    }

    @Test
    void a_turn_that_was_used_is_not_given_back() {
        try (HeldTurn held = new HeldTurn(limiter)) {
            assertThat(held.take()).isTrue();
            held.use();
            assertThatThrownBy(held::use).isInstanceOf(IllegalStateException.class);
        }

        assertThat(limiter.tryTake(RECHARGES)).isFalse();
    }

    @Test
    void a_line_that_is_longer_than_the_patience_is_refused_without_waiting() {
        assertThat(limiter.tryTake(PEOPLE)).isTrue();

        assertThat(limiter.take(PEOPLE, Duration.ofNanos(-1))).isFalse();
    }

    @Test
    void an_interrupted_thread_gets_no_turn_and_stays_interrupted() {
        Thread.currentThread().interrupt();
        assertThat(limiter.take(RECHARGES)).isFalse();
        assertThatThrownBy(limiter::acquire).isInstanceOf(GatewayException.class);
        assertThat(Thread.interrupted()).isTrue();

        assertThat(limiter.tryTake(RECHARGES)).isTrue();
    }

    @Test
    void a_thread_that_is_interrupted_while_it_waits_gets_no_turn() throws Exception {
        assertThat(limiter.tryTake(RECHARGES)).isTrue();
        List<Boolean> taken = new ArrayList<>();
        Thread waiting = new Thread(() -> taken.add(limiter.take(RECHARGES)));
        waiting.start();
        waiting.interrupt();
        waiting.join(60_000);

        assertThat(taken).containsExactly(false);
        now.addAndGet(SPACING);
        assertThat(limiter.tryTake(PEOPLE)).isTrue();
    }

    @Test
    @Timeout(60)
    void while_both_lines_wait_turns_go_to_them_alternately_however_long_one_is() {
        RateLimiter fast = new RateLimiter(1000, System::nanoTime);
        AtomicLong background = new AtomicLong();
        List<Future<Long>> running = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            running.add(race.start(() -> {
                while (fast.take(RECHARGES) && background.incrementAndGet() < 1_000_000) {
                    // Until the thread is interrupted.
                }
                return 0L;
            }));
        }
        while (background.get() < 100) {
            Thread.onSpinWait();
        }

        long before = background.get();
        for (int i = 0; i < 50; i++) {
            assertThat(fast.take(PEOPLE, Duration.ofSeconds(5))).isTrue();
        }

        // With one line for all, 50 turns of one person would let about 1000 turns of the background pass.
        assertThat(background.get() - before).isBetween(20L, 600L);
        assertThat(running).noneMatch(Future::isDone);
    }
}

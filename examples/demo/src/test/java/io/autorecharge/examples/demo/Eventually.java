package io.autorecharge.examples.demo;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Asks until the answer is right, for a bounded time. */
final class Eventually {
    private static final Duration AT_MOST = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Eventually() {}

    static <T> T matches(Supplier<T> ask, Predicate<T> right) {
        long end = System.nanoTime() + AT_MOST.toNanos();
        T answer = ask.get();
        while (!right.test(answer)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("still after " + AT_MOST + ": " + answer);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            answer = ask.get();
        }
        return answer;
    }

    static Map<String, Object> equal(Supplier<Map<String, Object>> ask, String field, Object value) {
        return matches(ask, answer -> value.equals(answer.get(field)));
    }
}

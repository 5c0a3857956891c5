package io.autorecharge.internal.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class FailureLogTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final List<List<Object>> lines = new ArrayList<>();
    private final FailureLog log = new FailureLog(logger(), nanos::get);

    private Logger logger() {
        return (Logger) Proxy.newProxyInstance(
                FailureLogTest.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, args) -> {
                    if (method.getName().equals("error")) {
                        List<Object> line = new ArrayList<>();
                        Arrays.stream(args)
                                .forEach(it -> line.addAll(it instanceof Object[] more ? List.of(more) : List.of(it)));
                        lines.add(line);
                    }
                    return null;
                });
    }

    @Test
    void a_database_that_is_away_for_two_minutes_costs_a_line_a_minute() {
        IllegalStateException away = new IllegalStateException("the database is away");

        for (int i = 0; i < 2_000; i++) {
            log.failed("account=user-" + i + ": processing failed", away);
            nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(60));
        }

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).as("with its stack trace").contains("account=user-0: processing failed", away);
        assertThat(lines.get(1)).contains("account=user-1000: processing failed", 999L, away.toString());
    }

    @Test
    void a_failure_after_a_quiet_time_has_its_stack_trace_again() {
        IllegalStateException away = new IllegalStateException("the database is away");
        log.failed("one", away);
        nanos.addAndGet(TimeUnit.HOURS.toNanos(1));

        log.failed("two", away);

        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).contains("two", away);
    }
}

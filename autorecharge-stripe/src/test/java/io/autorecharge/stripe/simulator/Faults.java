package io.autorecharge.stripe.simulator;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Scripts faults of requests. A request is given as method and path, with {@code *} for one segment of the path: {@code "POST
 * /v1/payment_intents"}, {@code "GET /v1/payment_intents/*"}. If several faults match a request, the one that was scripted first applies.
 * Thread-safe.
 */
public final class Faults {

    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final Pending hanging = new Pending();
    private final Object gate = new Object();
    private int releases;

    Faults() {}

    /** The next matching request has this fault. */
    public Faults next(String request, Fault fault) {
        return next(request, fault, 1);
    }

    /** The given number of matching requests, starting with the next, have this fault. */
    public Faults next(String request, Fault fault, int times) {
        return add(request, fault, 0, times);
    }

    /** Only the nth matching request from now on has this fault; the next one is number 1. */
    public Faults nth(String request, int nth, Fault fault) {
        if (nth < 1) {
            throw new IllegalArgumentException("nth must be at least 1: " + nth);
        }
        return add(request, fault, nth - 1, 1);
    }

    /** All matching requests have this fault, until {@link #clear()}. */
    public Faults always(String request, Fault fault) {
        return add(request, fault, 0, Integer.MAX_VALUE);
    }

    /** Removes all scripted faults and releases hanging requests. */
    public void clear() {
        rules.clear();
        release();
    }

    /** Releases hanging requests. */
    public void release() {
        synchronized (gate) {
            releases++;
            gate.notifyAll();
        }
    }

    /**
     * Waits until at least the given number of requests hang.
     *
     * @return false on timeout
     */
    public boolean awaitHanging(int requests, Duration atMost) throws InterruptedException {
        return hanging.awaitAtLeast(requests, atMost);
    }

    @Nullable
    Fault take(String method, String path) {
        Fault chosen = null;
        for (Rule rule : rules) {
            if (rule.matches(method, path) && rule.applies(chosen == null)) {
                chosen = rule.fault;
            }
        }
        return chosen;
    }

    void hang() {
        synchronized (gate) {
            int since = releases;
            hanging.add();
            try {
                while (since == releases) {
                    gate.wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                hanging.remove();
            }
        }
    }

    private Faults add(String request, Fault fault, int skip, int times) {
        int space = request.indexOf(' ');
        if (space < 1 || !request.startsWith("/", space + 1)) {
            throw new IllegalArgumentException(
                    "request must be a method and a path, such as POST /v1/payment_intents: " + request);
        }
        if (times < 1) {
            throw new IllegalArgumentException("times must be at least 1: " + times);
        }
        rules.add(new Rule(
                request.substring(0, space), new PathPattern(request.substring(space + 1)), fault, skip, times));
        return this;
    }

    private static final class Rule {
        private final String method;
        private final PathPattern path;
        private final Fault fault;
        private final AtomicInteger skip;
        private final AtomicInteger left;

        Rule(String method, PathPattern path, Fault fault, int skip, int times) {
            this.method = method;
            this.path = path;
            this.fault = fault;
            this.skip = new AtomicInteger(skip);
            this.left = new AtomicInteger(times);
        }

        boolean matches(String otherMethod, String otherPath) {
            return method.equals(otherMethod)
                    && path.match(PathPattern.parts(otherPath)).isPresent();
        }

        /** Counts the request. If two faults match it, the later one is kept for the next request. */
        boolean applies(boolean free) {
            if (skip.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                return false;
            }
            return free && left.getAndUpdate(n -> n == Integer.MAX_VALUE ? n : Math.max(0, n - 1)) > 0;
        }
    }
}

package io.autorecharge.logwatch;

import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Reads everything that a test run logs and prints, and fails the test during which a secret appeared. JUnit finds it by itself in every
 * module that has this test kit on its class path. It is active only if the system property {@value #SWITCH} is true, which the build
 * sets.
 *
 * <p>With Logback it reads every call of the library's loggers at any level, and what other loggers write at an enabled level. It also
 * reads what Stripe's client logs through java.util.logging, and every line on the standard streams, which is all that it can read with
 * other logging systems.
 */
public final class LogWatch implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    /** Hosts use this test kit too, and the library does not judge what they log. */
    static final String SWITCH = "log-watch";

    private static final Namespace NAMESPACE = Namespace.create(LogWatch.class);
    private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();

    /** Loggers are held weakly by their manager. */
    private static final List<Logger> JUL =
            List.of(Logger.getLogger("com.stripe"), Logger.getLogger("io.autorecharge"));

    @Override
    public void beforeAll(ExtensionContext context) {
        if (Boolean.getBoolean(SWITCH)) {
            context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(TestRun.class);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        failOnWhatWasFound();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        failOnWhatWasFound();
    }

    /** What was found and has failed no test yet; it will not fail one any more. */
    static List<String> forget() {
        List<String> found = List.copyOf(FOUND);
        FOUND.clear();
        return found;
    }

    static void look(String where, Optional<String> secret) {
        secret.ifPresent(what -> FOUND.add(where + " gives away " + what));
    }

    private static void failOnWhatWasFound() {
        List<String> found = forget();
        if (!found.isEmpty()) {
            throw new AssertionError(found.get(0));
        }
    }

    /** From the first test of a run to its last. */
    @SuppressWarnings("deprecation") // what replaces it is not there before JUnit 5.13
    static final class TestRun implements ExtensionContext.Store.CloseableResource, AutoCloseable {
        private final Handler handler = new JulHandler();
        private final WatchedStream out = WatchedStream.of("standard output", System.out);
        private final WatchedStream err = WatchedStream.of("standard error", System.err);

        TestRun() {
            System.setOut(out);
            System.setErr(err);
            for (Logger logger : JUL) {
                logger.setLevel(Level.ALL);
                logger.addHandler(handler);
            }
            if (isLogbackThere()) {
                LogbackWatch.install();
            }
        }

        private static boolean isLogbackThere() {
            try {
                Class.forName("ch.qos.logback.classic.LoggerContext");
                return true;
            } catch (ClassNotFoundException e) {
                return false;
            }
        }

        @Override
        public void close() {
            System.setOut(out.original());
            System.setErr(err.original());
            JUL.forEach(logger -> logger.removeHandler(handler));
            failOnWhatWasFound();
        }
    }

    private static final class JulHandler extends Handler {
        @Override
        public void publish(LogRecord entry) {
            String logger = "logger " + entry.getLoggerName();
            look(logger, Secrets.in(entry.getMessage()));
            look(logger, Secrets.in(entry.getThrown()));
            Object[] parameters = entry.getParameters();
            for (Object parameter : parameters == null ? new Object[0] : parameters) {
                look(logger, Secrets.in(String.valueOf(parameter)));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}

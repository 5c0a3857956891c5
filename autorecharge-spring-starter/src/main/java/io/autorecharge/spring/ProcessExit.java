package io.autorecharge.spring;

/**
 * Ends the process after {@code --autorecharge.run-once} or {@code --autorecharge.reconcile-since}; by default {@link System#exit}. Public
 * so that a host can replace it with a bean where the JVM must survive the run, such as a serverless function or a test.
 */
@FunctionalInterface
public interface ProcessExit {
    /** @param code 0 when every due account was processed */
    void exit(int code);
}

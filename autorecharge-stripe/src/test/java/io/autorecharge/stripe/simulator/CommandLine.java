package io.autorecharge.stripe.simulator;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The arguments of a simulator that runs in its own process: {@code --port=}, {@code --key=}, {@code --webhook-url=},
 * {@code --webhook-secret=}, {@code --latency-ms=}. System properties such as {@code simulator.port} are read as well.
 */
final class CommandLine {

    private static final String[] NAMES = {"port", "key", "webhook-url", "webhook-secret", "latency-ms"};

    private CommandLine() {}

    static SimulatorOptions options(String... arguments) {
        Map<String, String> values = values(arguments);
        SimulatorOptions options = SimulatorOptions.defaults();
        if (values.containsKey("port")) {
            options = options.withPort(Integer.parseInt(values.get("port")));
        }
        if (values.containsKey("key")) {
            options = options.withSecretKeys(values.get("key"));
        }
        if (values.containsKey("latency-ms")) {
            options = options.withLatency(Duration.ofMillis(Long.parseLong(values.get("latency-ms"))));
        }
        String url = values.get("webhook-url");
        String secret = values.get("webhook-secret");
        if ((url == null) != (secret == null)) {
            throw new IllegalArgumentException("webhook-url and webhook-secret must be given together");
        }
        return url == null || secret == null ? options : options.withWebhook(url, secret);
    }

    private static Map<String, String> values(String... arguments) {
        Map<String, String> values = new HashMap<>();
        for (String name : NAMES) {
            String property = System.getProperty("simulator." + name);
            if (property != null) {
                values.put(name, property);
            }
        }
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String name = equals < 3 ? argument : argument.substring(2, equals);
            if (!argument.startsWith("--") || !java.util.List.of(NAMES).contains(name)) {
                throw new IllegalArgumentException(
                        "unknown argument " + argument + "; known: --" + String.join("=, --", NAMES) + "=");
            }
            values.put(name, argument.substring(equals + 1));
        }
        return values;
    }
}

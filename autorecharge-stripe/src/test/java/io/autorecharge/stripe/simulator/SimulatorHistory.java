package io.autorecharge.stripe.simulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The captures and requests of a simulator, whatever it responded. Use it to assert that a customer was charged once. Entries are never
 * removed. Thread-safe.
 */
public final class SimulatorHistory {

    private final Queue<Capture> captures = new ConcurrentLinkedQueue<>();
    private final Queue<Returned> returned = new ConcurrentLinkedQueue<>();
    private final Queue<RecordedRequest> requests = new ConcurrentLinkedQueue<>();

    private record Returned(String chargeId, long amount) {}

    SimulatorHistory() {}

    void captured(Capture capture) {
        captures.add(capture);
    }

    void refunded(String chargeId, long amount) {
        returned.add(new Returned(chargeId, amount));
    }

    void received(RecordedRequest request) {
        requests.add(request);
    }

    /** All captures, oldest first. */
    public List<Capture> captures() {
        return List.copyOf(captures);
    }

    /** The captures of one customer, oldest first. */
    public List<Capture> captures(String customer) {
        return captures.stream()
                .filter(capture -> customer.equals(capture.customer()))
                .toList();
    }

    /** The number of captures per value of a metadata key, such as the library's attempt id. */
    public Map<String, Integer> capturesBy(String metadataKey) {
        Map<String, Integer> counts = new TreeMap<>();
        captures.forEach(capture -> {
            String value = capture.metadata().get(metadataKey);
            if (value != null) {
                counts.merge(value, 1, Integer::sum);
            }
        });
        return counts;
    }

    /** The idempotency keys of PaymentIntent requests, by the value of a metadata key. */
    public Map<String, Set<String>> keysBy(String metadataKey) {
        Map<String, Set<String>> keys = new TreeMap<>();
        requests.forEach(request -> {
            String value = request.params().get("metadata[" + metadataKey + "]");
            if (value != null
                    && request.idempotencyKey() != null
                    && request.path().equals("/v1/payment_intents")) {
                keys.computeIfAbsent(value, any -> new TreeSet<>()).add(request.idempotencyKey());
            }
        });
        return keys;
    }

    /** The captures minus the refunds of a customer, in the smallest unit, by currency. */
    public Map<String, Long> netCaptured(String customer) {
        Map<String, Long> refunds = new HashMap<>();
        returned.forEach(refund -> refunds.merge(refund.chargeId, refund.amount, Long::sum));
        Map<String, Long> net = new TreeMap<>();
        captures(customer)
                .forEach(capture -> net.merge(
                        capture.currency(),
                        capture.amount() - refunds.getOrDefault(capture.chargeId(), 0L),
                        Long::sum));
        return net;
    }

    /** All requests to the API, in the order of the responses. */
    public List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    /** The requests with a method and path, such as {@code requests("POST", "/v1/payment_intents")}. */
    public List<RecordedRequest> requests(String method, String path) {
        return requests.stream()
                .filter(request ->
                        request.method().equals(method) && request.path().equals(path))
                .toList();
    }
}

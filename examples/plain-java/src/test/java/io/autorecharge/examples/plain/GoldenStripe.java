package io.autorecharge.examples.plain;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.stripe.StripeGateway;
import io.autorecharge.stripe.StripeSettings;
import io.autorecharge.stripe.simulator.RecordedRequest;
import io.autorecharge.stripe.simulator.SimulatorOptions;
import io.autorecharge.stripe.simulator.StripeSimulator;
import io.autorecharge.testkit.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A simulator, what is asked of it as text, and the same text asked again of another one. */
final class GoldenStripe implements AutoCloseable {
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"((?:cus|pm|pi|re|cs_test)_[A-Za-z0-9]{24,})\"");
    private static final Pattern MADE_UP = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern FINGERPRINT = Pattern.compile("\"fingerprint\"\\s*:\\s*\"([^\"]+)\"");

    final StripeSimulator simulator;
    private final HttpClient http = HttpClient.newHttpClient();

    GoldenStripe(SettableClock clock) {
        simulator = StripeSimulator.start(SimulatorOptions.defaults().withClock(clock));
    }

    StripeGateway gateway() {
        return new StripeGateway(StripeSettings.builder(
                        SimulatorOptions.SECRET_KEY, "https://host.example/done", "https://host.example/back")
                .apiBase(simulator.baseUrl())
                .statementDescriptorSuffix("CREDITS")
                .build());
    }

    /** A customer with a card, as a host makes them in its own way. */
    PaymentMethod card(String card) {
        String customer = id(post("/v1/customers", "", null));
        String answer = post("/v1/payment_methods/" + card + "/attach", "customer=" + customer, null);
        Matcher fingerprint = FINGERPRINT.matcher(answer);
        return new PaymentMethod(
                customer, id(answer), "visa", "4242", fingerprint.find() ? fingerprint.group(1) : "bank");
    }

    String refund(String intent, long amount) {
        return id(post("/v1/refunds", "payment_intent=" + intent + "&amount=" + amount, null));
    }

    /** The newest payment that was captured. */
    String lastCaptured() {
        var captures = simulator.history().captures();
        return captures.get(captures.size() - 1).paymentIntentId();
    }

    /** The customer pays on the page of a session. */
    void pay(String session) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/c/pay/" + session))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "number=4242424242424242&expiry=12%2F39&cvc=123&pay_with=card&email=a%40example.com"))
                .build();
        send(request);
    }

    /** Every request so far, from the given one on: what it was, its key, its parameters by name, and how it was answered. */
    String text(GoldenIds ids, int from) {
        List<RecordedRequest> requests = simulator.history().requests();
        StringBuilder text = new StringBuilder();
        for (RecordedRequest request : requests.subList(from, requests.size())) {
            text.append(request.method()).append(' ').append(request.path()).append('\n');
            text.append("  key: ").append(keyOf(request)).append('\n');
            new TreeMap<>(request.params())
                    .forEach((name, value) -> text.append("  ")
                            .append(name)
                            .append(": ")
                            .append(value)
                            .append('\n'));
            text.append("  answered: ").append(request.status()).append("\n\n");
        }
        return ids.named(text.toString());
    }

    /** Where the library gives no key, Stripe's own client makes one up. */
    private static @Nullable String keyOf(RecordedRequest request) {
        String key = request.idempotencyKey();
        return key != null && MADE_UP.matcher(key).matches() ? null : key;
    }

    int requests() {
        return simulator.history().requests().size();
    }

    /**
     * Does on this simulator what was once done on another one: all that was written there and answered, and, of the requests that were not
     * answered, those that carried the ids of these attempts or refunds out. The names of the text become this simulator's ids.
     */
    void again(String text, GoldenIds ids, List<String> carriedOut) {
        for (String request : text.split("\n\n")) {
            boolean answered = request.endsWith("answered: 200");
            // What was declined is not declined again, so there is nothing to explain or to cancel; nobody asks for it
            // any more.
            boolean ofDecline = request.contains("/cancel\n") || request.contains("metadata[autorecharge_reason]");
            boolean writes = request.startsWith("POST ") && !ofDecline;
            if (writes && (answered || carriedOut.stream().anyMatch(request::contains))) {
                again(ids.real(request), ids);
            }
        }
    }

    private void again(String request, GoldenIds ids) {
        List<String> form = new ArrayList<>();
        @Nullable String key = null;
        String[] lines = request.split("\n");
        for (int i = 1; i < lines.length - 1; i++) {
            String[] parameter = lines[i].strip().split(": ", 2);
            if (i == 1) {
                key = parameter[1].equals("null") ? null : parameter[1];
            } else {
                form.add(encoded(parameter[0]) + "=" + encoded(parameter.length < 2 ? "" : parameter[1]));
            }
        }
        ids.named(id(post(lines[0].substring("POST ".length()), String.join("&", form), key)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String id(String answer) {
        Matcher id = ID.matcher(answer);
        if (!id.find()) {
            throw new IllegalStateException("no id in the answer " + answer);
        }
        return id.group(1);
    }

    private String post(String path, String form, @Nullable String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(simulator.baseUrl() + path))
                .header("Authorization", "Bearer " + SimulatorOptions.SECRET_KEY)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return send(request.build());
    }

    private String send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        simulator.close();
    }
}

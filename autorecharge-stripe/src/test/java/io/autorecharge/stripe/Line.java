package io.autorecharge.stripe;

import io.autorecharge.stripe.RawServer.Answer;
import io.autorecharge.stripe.RawServer.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * What lies between a gateway and the simulator: it passes every request on and every answer back, byte by byte as {@link RawServer} does, but
 * for what a test says of the requests to come. It counts what the gateway really sent.
 */
final class Line implements AutoCloseable {
    private static final List<String> REQUEST_HEADERS =
            List.of("authorization", "content-type", "idempotency-key", "stripe-version", "stripe-account");
    private static final List<String> ANSWER_HEADERS =
            List.of("Content-Type", "Idempotent-Replayed", "Original-Request", "Stripe-Should-Retry");

    /** What becomes of a request. */
    interface Treatment {
        Answer of(Request request, Stripe stripe);
    }

    /** The end of the line. */
    interface Stripe {
        Passed carryOut(Request request);
    }

    /** What Stripe answered. */
    record Passed(int status, String headers, String body) {
        Answer answer() {
            return Answer.of(status, headers, body, 0);
        }

        Answer cutShort() {
            int half = body.length() / 2;
            return Answer.of(status, headers, body.substring(0, half), body.length() - half);
        }
    }

    private record Rule(String pattern, Treatment treatment, AtomicInteger left) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final RawServer server = new RawServer(this::treat);
    private final String stripe;

    Line(String stripe) {
        this.stripe = stripe;
    }

    /** Nothing of it reaches Stripe. */
    static Treatment instead(Answer answer) {
        return (request, stripe) -> answer;
    }

    /** Stripe carries it out, and this comes back. */
    static Treatment thoughCarriedOut(Answer answer) {
        return (request, stripe) -> {
            stripe.carryOut(request);
            return answer;
        };
    }

    /** Stripe is asked something else. */
    static Treatment asking(UnaryOperator<String> body) {
        return (request, stripe) -> stripe.carryOut(new Request(
                        request.method(),
                        request.path(),
                        request.query(),
                        request.headers(),
                        body.apply(request.body())))
                .answer();
    }

    /** Something else comes back. */
    static Treatment answering(UnaryOperator<String> body) {
        return (request, stripe) -> {
            Passed passed = stripe.carryOut(request);
            return new Passed(passed.status, passed.headers, body.apply(passed.body)).answer();
        };
    }

    /** Another text in the place of one that must be there; JSON may stand with or without a blank after the colon. */
    static UnaryOperator<String> replacing(String was, String is) {
        String spaced = was.replace("\":", "\": ");
        return text -> {
            if (!text.contains(was) && !text.contains(spaced)) {
                throw new IllegalArgumentException(was + " is not in " + text);
            }
            return text.replace(was, is).replace(spaced, is);
        };
    }

    /** The host has its answer long before the request arrives. */
    static final class Late implements Treatment {
        private final Answer answer;
        private final CompletableFuture<Runnable> request = new CompletableFuture<>();

        Late(Answer answer) {
            this.answer = answer;
        }

        @Override
        public Answer of(Request held, Stripe stripe) {
            request.complete(() -> stripe.carryOut(held));
            return answer;
        }

        /** Now it does; returns when Stripe has carried it out. */
        void arrive() {
            request.join().run();
        }
    }

    /** @param request such as {@code POST /v1/payment_intents}; {@code *} stands for one part of the path */
    void next(String request, Treatment treatment) {
        add(request, treatment, 1);
    }

    void always(String request, Treatment treatment) {
        add(request, treatment, Integer.MAX_VALUE);
    }

    /** From here on everything is passed on. */
    void mend() {
        rules.clear();
    }

    String url() {
        return server.url();
    }

    List<Request> requests(String line) {
        return server.requests(line);
    }

    private void add(String request, Treatment treatment, int times) {
        rules.add(new Rule(request.replace("*", "[^/]+"), treatment, new AtomicInteger(times)));
    }

    private Answer treat(Request request) {
        for (Rule rule : rules) {
            if (request.line().matches(rule.pattern) && rule.left.getAndDecrement() > 0) {
                return rule.treatment.of(request, this::pass);
            }
        }
        return pass(request).answer();
    }

    private Passed pass(Request request) {
        String query = request.query().isEmpty() ? "" : "?" + request.query();
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(stripe + request.path() + query))
                .method(request.method(), HttpRequest.BodyPublishers.ofString(request.body()));
        for (String name : REQUEST_HEADERS) {
            if (request.headers().containsKey(name)) {
                builder.header(name, request.headers().get(name));
            }
        }
        try {
            HttpResponse<String> answer = http.send(builder.build(), HttpResponse.BodyHandlers.ofString());
            StringBuilder headers = new StringBuilder();
            for (String name : ANSWER_HEADERS) {
                answer.headers()
                        .firstValue(name)
                        .ifPresent(value ->
                                headers.append(name).append(": ").append(value).append("\r\n"));
            }
            return new Passed(answer.statusCode(), headers.toString(), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}

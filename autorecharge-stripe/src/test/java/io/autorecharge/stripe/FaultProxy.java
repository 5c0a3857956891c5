package io.autorecharge.stripe;

import io.autorecharge.stripe.RawServer.Request;
import io.autorecharge.stripe.RawServer.Response;
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
 * A proxy between a gateway and the simulator. It forwards requests and responses with {@link RawServer}, unless a test has set a rule for the
 * next requests, and it records what the gateway really sent.
 */
final class FaultProxy implements AutoCloseable {
    private static final List<String> REQUEST_HEADERS =
            List.of("authorization", "content-type", "idempotency-key", "stripe-version", "stripe-account");
    private static final List<String> ANSWER_HEADERS =
            List.of("Content-Type", "Idempotent-Replayed", "Original-Request", "Stripe-Should-Retry");

    /** What happens to a request. */
    interface Behavior {
        Response of(Request request, Stripe stripe);
    }

    /** The simulator behind the proxy. */
    interface Stripe {
        Passed execute(Request request);
    }

    /** The response of Stripe. */
    record Passed(int status, String headers, String body) {
        Response answer() {
            return Response.of(status, headers, body, 0);
        }

        Response cutShort() {
            int half = body.length() / 2;
            return Response.of(status, headers, body.substring(0, half), body.length() - half);
        }
    }

    private record Rule(String pattern, Behavior behavior, AtomicInteger left) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final RawServer server = new RawServer(this::treat);
    private final String stripe;

    FaultProxy(String stripe) {
        this.stripe = stripe;
    }

    /** Responds without sending the request to Stripe. */
    static Behavior instead(Response answer) {
        return (request, stripe) -> answer;
    }

    /** Lets Stripe execute the request, and responds with this instead. */
    static Behavior thoughExecuted(Response answer) {
        return (request, stripe) -> {
            stripe.execute(request);
            return answer;
        };
    }

    /** Changes the body of the request. */
    static Behavior asking(UnaryOperator<String> body) {
        return (request, stripe) -> stripe.execute(new Request(
                        request.method(),
                        request.path(),
                        request.query(),
                        request.headers(),
                        body.apply(request.body())))
                .answer();
    }

    /** Changes the body of the response. */
    static Behavior answering(UnaryOperator<String> body) {
        return (request, stripe) -> {
            Passed passed = stripe.execute(request);
            return new Passed(passed.status, passed.headers, body.apply(passed.body)).answer();
        };
    }

    /** Replaces a text that must be present; in JSON, with or without a space after the colon. */
    static UnaryOperator<String> replacing(String was, String is) {
        String spaced = was.replace("\":", "\": ");
        return text -> {
            if (!text.contains(was) && !text.contains(spaced)) {
                throw new IllegalArgumentException(was + " not found in " + text);
            }
            return text.replace(was, is).replace(spaced, is);
        };
    }

    /** Responds long before the request reaches Stripe. */
    static final class Late implements Behavior {
        private final Response answer;
        private final CompletableFuture<Runnable> request = new CompletableFuture<>();

        Late(Response answer) {
            this.answer = answer;
        }

        @Override
        public Response of(Request held, Stripe stripe) {
            request.complete(() -> stripe.execute(held));
            return answer;
        }

        /** Sends the request to Stripe; returns when Stripe has executed it. */
        void arrive() {
            request.join().run();
        }
    }

    /** @param request such as {@code POST /v1/payment_intents}; {@code *} stands for one segment of the path */
    void next(String request, Behavior behavior) {
        add(request, behavior, 1);
    }

    void always(String request, Behavior behavior) {
        add(request, behavior, Integer.MAX_VALUE);
    }

    /** Forwards everything from here on. */
    void passThrough() {
        rules.clear();
    }

    String url() {
        return server.url();
    }

    List<Request> requests(String line) {
        return server.requests(line);
    }

    private void add(String request, Behavior behavior, int times) {
        rules.add(new Rule(request.replace("*", "[^/]+"), behavior, new AtomicInteger(times)));
    }

    private Response treat(Request request) {
        for (Rule rule : rules) {
            if (request.line().matches(rule.pattern) && rule.left.getAndDecrement() > 0) {
                return rule.behavior.of(request, this::pass);
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

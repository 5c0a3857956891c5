package io.autorecharge.stripe.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.autorecharge.stripe.simulator.IdempotencyKeys.StoredReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads API calls from HTTP, and writes responses or faults. */
final class ApiHandler implements HttpHandler {

    private static final Logger log = LoggerFactory.getLogger(ApiHandler.class);
    private static final String JSON = "application/json";

    /** Answers without a key; not part of the API, so it is in no history and has no faults. */
    private static final String HEALTH = "/healthcheck";

    private final Api api;
    private final Faults faults;
    private final SimulatorHistory history;
    private final SimulatorClock clock;
    private final String apiVersion;
    private volatile Duration latency;
    private volatile Duration dateAhead = Duration.ZERO;

    ApiHandler(
            Api api,
            Faults faults,
            SimulatorHistory history,
            SimulatorClock clock,
            String apiVersion,
            Duration latency) {
        this.api = api;
        this.faults = faults;
        this.history = history;
        this.clock = clock;
        this.apiVersion = apiVersion;
        this.latency = latency;
    }

    void dateAhead(Duration ahead) {
        dateAhead = ahead;
    }

    void latency(Duration newLatency) {
        latency = newLatency;
    }

    @Override
    public void handle(HttpExchange http) throws IOException {
        Exchange exchange = new Exchange(http);
        exchange.date(clock.instant().plus(dateAhead));
        if (exchange.path().equals(HEALTH)) {
            exchange.send(200, "text/plain", "ok".getBytes(StandardCharsets.UTF_8));
            return;
        }
        String requestId = Ids.next("req_");
        try {
            handle(exchange, requestId);
        } catch (ApiError error) {
            Reply reply = error.reply(requestId);
            exchange.send(reply.status(), JSON, reply.body());
        } catch (RuntimeException bug) {
            log.error("{} {} failed", exchange.method(), exchange.path(), bug);
            Reply reply = ApiError.serverError().reply(requestId);
            exchange.send(reply.status(), JSON, reply.body());
        }
    }

    private void handle(Exchange exchange, String requestId) throws IOException {
        Map<String, String> form = exchange.form();
        String key = exchange.header("Idempotency-Key");
        Call call = new Call(exchange.method(), exchange.path(), List.of(), new Params(form), key, requestId);
        if (!latency.isZero()) {
            pause();
        }
        Fault fault = faults.take(call.method(), call.path());
        if (fault != null && fault.step == Fault.Step.NEVER_EXECUTE) {
            record(call, fault.transfer == Fault.Transfer.RESET ? 0 : status(fault.transfer), false);
            broken(exchange, fault.transfer, new byte[0]);
            return;
        }
        StoredReply answer =
                api.answer(call, exchange.header("Authorization"), exchange.header("Stripe-Account"), fault);
        boolean broken = fault != null && fault.transfer != Fault.Transfer.AS_IS;
        record(call, broken ? status(fault.transfer) : answer.reply().status(), answer.replayed());
        headers(exchange, call, answer);
        if (broken) {
            broken(exchange, fault.transfer, answer.reply().body());
        } else {
            exchange.send(answer.reply().status(), JSON, answer.reply().body());
        }
    }

    private void record(Call call, int status, boolean replayed) {
        history.received(new RecordedRequest(
                clock.instant(),
                call.requestId(),
                call.method(),
                call.path(),
                Map.copyOf(call.params().values()),
                call.idempotencyKey(),
                status,
                replayed));
    }

    private void headers(Exchange exchange, Call call, StoredReply answer) {
        String version = exchange.header("Stripe-Version");
        exchange.header("Request-Id", call.requestId());
        exchange.header("Stripe-Version", version == null ? apiVersion : version);
        if (!call.method().equals("POST")) {
            return;
        }
        if (call.idempotencyKey() != null) {
            exchange.header("Idempotency-Key", call.idempotencyKey());
        }
        exchange.header("Original-Request", answer.originalRequest());
        if (answer.replayed()) {
            exchange.header("Idempotent-Replayed", "true");
        }
        int status = answer.reply().status();
        if (status == 200 || status == 402) {
            exchange.header("Stripe-Should-Retry", "false");
        }
    }

    private static int status(Fault.Transfer answer) {
        return switch (answer) {
            case RESET -> 0;
            case UNAVAILABLE -> 503;
            case BAD_GATEWAY -> 502;
            case AS_IS, EMPTY, TRUNCATED, GARBAGE -> 200;
        };
    }

    private static void broken(Exchange exchange, Fault.Transfer answer, byte[] body) throws IOException {
        switch (answer) {
            case RESET -> exchange.reset();
            case TRUNCATED -> exchange.truncate(JSON, body);
            case EMPTY, UNAVAILABLE -> exchange.send(status(answer), JSON, new byte[0]);
            case GARBAGE -> exchange.send(200, JSON, "<<<not json".getBytes(StandardCharsets.UTF_8));
            case BAD_GATEWAY ->
                exchange.send(
                        502, "text/html", "<html><body>502 Bad Gateway</body></html>".getBytes(StandardCharsets.UTF_8));
            case AS_IS -> throw new IllegalStateException("not broken");
        }
    }

    private void pause() {
        try {
            Thread.sleep(latency.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

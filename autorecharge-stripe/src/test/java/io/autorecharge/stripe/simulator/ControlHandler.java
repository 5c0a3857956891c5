package io.autorecharge.stripe.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Duration;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Controls the simulator over HTTP, for tests in another process. JSON is returned by {@code GET /simulator/captures}, {@code /requests},
 * {@code /deliveries}, {@code /keys?metadata=…} and {@code /captures_by?metadata=…}. Forms are accepted by
 * {@code POST /simulator/faults} (request, fault, times), {@code /faults/clear}, {@code /faults/release},
 * {@code /webhook_endpoints} (url, secret), {@code /webhooks} (mode), {@code /webhooks/release}, {@code /clock} (advance, an
 * ISO-8601 duration), {@code /bank_debits} (payment_intent, outcome), {@code /issuer} (customer or payment_method, decline),
 * {@code /cards/expire} and {@code /cards/update} (payment_method, expiry such as {@code 2031-08}), {@code /mandates/revoke}
 * (payment_method), {@code /refunds} (refund, outcome),
 * {@code /disputes/open}, {@code /disputes/inquire} and {@code /disputes/warn} (payment_intent), {@code /disputes/escalate}, {@code /disputes/win} and
 * {@code /disputes/lose} (dispute).
 */
final class ControlHandler implements HttpHandler {

    private final Map<String, Function<Params, Object>> answers = new HashMap<>();

    ControlHandler(StripeSimulator simulator) {
        SimulatorHistory history = simulator.history();
        read("captures", form -> history.captures().stream().map(Capture::json).toList());
        read(
                "requests",
                form -> history.requests().stream().map(RecordedRequest::json).toList());
        read("keys", form -> history.keysBy(form.require("metadata")));
        read("captures_by", form -> history.capturesBy(form.require("metadata")));
        read(
                "deliveries",
                form -> simulator.webhooks().deliveries().stream()
                        .map(Delivery::json)
                        .toList());

        Faults faults = simulator.faults();
        control(
                "faults",
                form -> faults.next(
                        form.require("request"),
                        Fault.valueOf(form.require("fault")),
                        Math.toIntExact(form.integer("times", 1))));
        control("faults/clear", form -> faults.clear());
        control("faults/release", form -> faults.release());

        Webhooks webhooks = simulator.webhooks();
        control(
                "webhook_endpoints",
                form -> webhooks.endpoints(WebhookEndpoint.of(form.require("url"), form.require("secret"))));
        control("webhooks", form -> webhooks.mode(WebhookMode.valueOf(form.require("mode"))));
        control("webhooks/release", form -> webhooks.release());

        control("clock", form -> simulator.advanceClock(Duration.parse(form.require("advance"))));
        control("issuer", form -> simulator.issuer().declineNext(payer(form), form.require("decline")));
        control("cards/expire", form -> simulator.cards().expire(form.require("payment_method")));
        control(
                "cards/update",
                form -> simulator
                        .cards()
                        .update(form.require("payment_method"), YearMonth.parse(form.require("expiry"))));
        control("mandates/revoke", form -> simulator.mandates().revoke(form.require("payment_method")));
        control("bank_debits", form -> settle(simulator.bankDebits(), form));
        control("refunds", form -> settle(simulator.refunds(), form));

        Disputes disputes = simulator.disputes();
        control("disputes/open", form -> disputes.open(form.require("payment_intent")));
        control("disputes/inquire", form -> disputes.inquire(form.require("payment_intent")));
        control("disputes/warn", form -> disputes.warn(form.require("payment_intent")));
        control("disputes/escalate", form -> disputes.escalate(form.require("dispute")));
        control("disputes/win", form -> disputes.win(form.require("dispute")));
        control("disputes/lose", form -> disputes.lose(form.require("dispute")));
    }

    private static String payer(Params form) {
        return form.has("payment_method") ? form.require("payment_method") : form.require("customer");
    }

    private static void settle(BankDebits debits, Params form) {
        String intent = form.require("payment_intent");
        if ("succeed".equals(form.oneOf("outcome", "succeed", "fail"))) {
            debits.succeed(intent);
        } else {
            debits.fail(intent);
        }
    }

    private static void settle(Refunds refunds, Params form) {
        String refund = form.require("refund");
        if ("succeed".equals(form.oneOf("outcome", "succeed", "fail"))) {
            refunds.succeed(refund);
        } else {
            refunds.fail(refund);
        }
    }

    @Override
    public void handle(HttpExchange http) throws IOException {
        Exchange exchange = new Exchange(http);
        try {
            Function<Params, Object> answer = answers.get(exchange.method() + " " + exchange.path());
            if (answer == null) {
                exchange.json(404, problem(exchange.method() + " " + exchange.path() + " is not a control"));
            } else {
                exchange.json(200, answer.apply(new Params(exchange.form())));
            }
        } catch (ApiError | IllegalArgumentException | IllegalStateException | java.time.DateTimeException e) {
            exchange.json(400, problem(String.valueOf(e.getMessage())));
        }
    }

    private void read(String name, Function<Params, Object> answer) {
        answers.put("GET /simulator/" + name, answer);
    }

    private void control(String name, Consumer<Params> action) {
        answers.put("POST /simulator/" + name, form -> {
            action.accept(form);
            return new JsonObject().with("done", true);
        });
    }

    private static JsonObject problem(String message) {
        return new JsonObject().with("error", message);
    }
}

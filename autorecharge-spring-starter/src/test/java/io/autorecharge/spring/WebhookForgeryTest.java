package io.autorecharge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.stripe.StripeWebhook;
import io.autorecharge.stripe.simulator.SimulatorOptions;
import io.autorecharge.stripe.simulator.StripeSimulator;
import io.autorecharge.stripe.simulator.WebhookMode;
import io.autorecharge.stripe.simulator.WebhookSignature;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * A customer has paid and no webhook has reported it yet: a forged one would grant 120 credits. Nothing but the genuine event, which
 * comes last, changes the balance, and the others cause no call to the database or the provider.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WebhookForgeryTest {
    private static final String SECRET = "whsec_endpoint1";
    private static final String ROLLED = "whsec_endpoint0";
    private static final AccountId ALICE = AccountId.of("alice");

    @Configuration(proxyBeanMethods = false)
    @Import({HostApp.class, CountedDatabase.class})
    static class App {}

    private static StripeSimulator stripe;
    private static RunningApp app;
    private static String body;

    @BeforeAll
    static void customerPays() throws Exception {
        stripe = StripeSimulator.start(SimulatorOptions.defaults());
        stripe.webhooks().mode(WebhookMode.LOSE);
        app = RunningApp.start(
                App.class,
                "autorecharge.stripe.secret-key=" + SimulatorOptions.SECRET_KEY,
                "autorecharge.stripe.webhook-secret=" + SECRET,
                "autorecharge.stripe.additional-webhook-secrets=" + ROLLED,
                "autorecharge.stripe.api-base=" + stripe.baseUrl(),
                "autorecharge.stripe.success-url=http://localhost/paid",
                "autorecharge.stripe.cancel-url=http://localhost/cancelled",
                "server.tomcat.connection-timeout=1s",
                "server.tomcat.keep-alive-timeout=60s");
        String session = session(app.buys("alice", 100));
        body = event("evt_genuine", session, "alice", "");
        assertThat(balance()).isEqualTo(Credits.ZERO);
    }

    @AfterAll
    static void stop() {
        app.close();
        stripe.close();
    }

    private static String session(String answer) throws IOException {
        return new ObjectMapper().readTree(answer).get("session_id").textValue();
    }

    private static String event(String id, String session, String account, String more) {
        return "{\"id\":\"" + id + "\",\"object\":\"event\",\"livemode\":false,\"type\":\"checkout.session.completed\""
                + more
                + ",\"data\":{\"object\":{\"id\":\"" + session
                + "\",\"note\":\"Zoë\",\"metadata\":{\"autorecharge_account\":\""
                + account + "\",\"autorecharge_checkout\":\"known-to-stripe\"}}}}";
    }

    static Stream<Arguments> badHeaders() {
        return Stream.of(
                header("none at all", signed -> null),
                header("empty", signed -> ""),
                header("blank", signed -> "   "),
                header("only v0, by the right secret", signed -> signed.replace("v1=", "v0=")),
                header("v2 instead of v1", signed -> signed.replace("v1=", "v2=")),
                header("no signature", signed -> "t=" + now()),
                header("an empty signature", signed -> "t=" + now() + ",v1="),
                header("a wrong signature", signed -> signed.replaceAll("v1=.{8}", "v1=00000000")),
                header("several wrong ones", signed -> "t=" + now() + (",v1=" + "0".repeat(64)).repeat(20)),
                header("another endpoint's secret", signed -> sign("whsec_endpoint2", now(), body)),
                header("the API key as secret", signed -> sign(SimulatorOptions.SECRET_KEY, now(), body)),
                header("the secret without its prefix", signed -> sign(SECRET.substring(6), now(), body)),
                header(
                        "upper case",
                        signed -> "t=" + now() + ",v1=" + signature(signed).toUpperCase(Locale.ROOT)),
                header(
                        "odd length",
                        signed -> "t=" + now() + ",v1=" + signature(signed).substring(1)),
                header("not hexadecimal", signed -> "t=" + now() + ",v1=" + "g".repeat(64)),
                header(
                        "with spaces inside",
                        signed -> "t=" + now() + ",v1= " + signature(signed).replaceFirst("(.{32})", "$1 ")),
                header("longer", signed -> signed.replaceAll("(v1=[0-9a-f]+)", "$1" + "00")),
                header("time missing", signed -> "v1=" + signature(signed)),
                header("time twice", signed -> "t=" + now() + "," + signed),
                header("another time than the signed one", signed -> "t=" + (now() + 1) + ",v1=" + signature(signed)),
                header("time not a number", signed -> signed.replaceFirst("t=[0-9]+", "t=now")),
                header("time negative", signed -> signed.replaceFirst("t=", "t=-")),
                header("time beyond numbers", signed -> signed.replaceFirst("t=[0-9]+", "t=" + "9".repeat(40))),
                header("301 seconds old", signed -> sign(SECRET, now() - 302, body)),
                header("a year old", signed -> sign(SECRET, now() - 31_536_000, body)),
                header("ahead of the clock", signed -> sign(SECRET, now() + 310, body)),
                header("semicolons", signed -> signed.replace(',', ';')),
                header("only commas", signed -> ",,,,"),
                header("a longer header than Stripe's", signed -> signed + ",v1=" + "0".repeat(5_000)));
    }

    private static Arguments header(String what, UnaryOperator<String> forged) {
        return Arguments.of(what, forged);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badHeaders")
    @Order(1)
    void a_forged_signature_is_refused_before_any_call(String what, UnaryOperator<String> forged) {
        assertRefused(400, () -> hook(body, forged.apply(sign(SECRET, now(), body))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"appended", "spaced", "escaped", "reordered", "other account", "other session", "empty", "bom"})
    @Order(1)
    void a_body_that_is_not_byte_for_byte_what_was_signed_is_refused(String how) {
        String changed = switch (how) {
            case "appended" -> body + "\n";
            case "spaced" -> body.replace("\":", "\": ");
            case "escaped" -> body.replace("ë", "\\u00eb");
            case "reordered" ->
                body.replace("\"object\":\"event\",\"livemode\":false", "\"livemode\":false,\"object\":\"event\"");
            case "other account" -> body.replace("alice", "bob");
            case "other session" -> body.replace("cs_", "cs_x");
            case "bom" -> "\uFEFF" + body;
            default -> "";
        };
        assertThat(changed).isNotEqualTo(body);

        assertRefused(400, () -> hook(changed, sign(SECRET, now(), body)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "true",
                "1",
                "[]",
                "\"event\"",
                "{",
                "{}",
                "nonsense",
                "\u0000",
                "<event/>",
                "a=b&c=d",
                "{\"object\":\"event\"}",
                "{\"id\":1,\"object\":\"event\"}",
                "[[[[[[[[[[[["
            })
    @Order(1)
    void a_signed_body_that_is_no_event_is_refused(String junk) {
        assertRefused(400, () -> hook(junk, sign(SECRET, now(), junk)));
    }

    @Test
    @Order(1)
    void an_event_of_the_other_mode_is_refused() {
        String live = body.replace("\"livemode\":false", "\"livemode\":true");

        assertRefused(400, () -> hook(live, sign(SECRET, now(), live)));
    }

    @Test
    @Order(1)
    void an_event_of_another_connected_account_is_ignored_without_a_call() {
        String connected = body.replace("\"livemode\":false", "\"livemode\":false,\"account\":\"acct_other\"");

        assertRefused(200, () -> hook(connected, sign(SECRET, now(), connected)));
    }

    @Test
    @Order(1)
    void a_second_signature_header_does_not_help_a_wrong_first_one() {
        assertRefused(
                400,
                () -> app.send(request(body)
                        .header("Stripe-Signature", sign("whsec_endpoint2", now(), body))
                        .header("Stripe-Signature", sign(SECRET, now(), body))));
    }

    @Test
    @Order(1)
    void a_compressed_body_is_not_decompressed() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(body.getBytes(StandardCharsets.UTF_8));
        }
        BodyPublisher bytes = BodyPublishers.ofByteArray(packed.toByteArray());

        assertRefused(
                400,
                () -> app.send(app.as(null, Endpoints.WEBHOOK)
                        .header("Content-Type", "application/json")
                        .header("Content-Encoding", "gzip")
                        .header("Stripe-Signature", sign(SECRET, now(), body))
                        .POST(bytes)));
    }

    @Test
    @Order(1)
    void a_body_that_is_too_large_is_refused_by_its_length_and_without_one() {
        String large = body + " ".repeat(StripeWebhook.MAX_BODY_BYTES);
        String signature = sign(SECRET, now(), large);
        byte[] bytes = large.getBytes(StandardCharsets.UTF_8);

        assertRefused(413, () -> hook(large, signature));
        assertRefused(
                413,
                () -> app.send(app.as(null, Endpoints.WEBHOOK)
                        .header("Content-Type", "application/json")
                        .header("Stripe-Signature", signature)
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)))));
    }

    @Test
    @Order(1)
    void a_body_without_an_end_is_refused_as_soon_as_it_is_too_large() throws IOException {
        int connections = CountedDatabase.CONNECTIONS.get();
        byte[] piece = ("2000\r\n" + "x".repeat(0x2000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        try (RawHttp http = new RawHttp(app.url(Endpoints.WEBHOOK))) {
            http.send("Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
            int pieces = 0;
            try {
                for (; pieces < 1_000; pieces++) {
                    http.send(piece);
                }
            } catch (IOException hungUp) {
                assertThat(pieces).isGreaterThan(10);
            }
            assertThat(http.status()).isIn(413, 0);
        }
        assertNothingHappened(connections, stripe.history().requests().size());
    }

    /** How long a sender may pause is the server's setting; after it, the thread is free again and nothing was done. */
    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length: 100000\r\n\r\n{\"id\":", "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"id\"\r\n"})
    @Order(1)
    void a_body_that_stops_coming_is_given_up_after_the_servers_timeout(String begun) throws IOException {
        int connections = CountedDatabase.CONNECTIONS.get();
        try (RawHttp http = new RawHttp(app.url(Endpoints.WEBHOOK))) {
            http.send("Content-Type: application/json\r\n" + begun);
            assertThat(http.status()).isIn(400, 408, 0);
        }
        assertNothingHappened(connections, stripe.history().requests().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "PATCH", "DELETE"})
    @Order(1)
    void only_posts_are_taken(String method) {
        assertRefused(
                405,
                () -> app.send(app.as(null, Endpoints.WEBHOOK)
                        .header("Content-Type", "application/json")
                        .header("Stripe-Signature", sign(SECRET, now(), body))
                        .method(method, BodyPublishers.ofString(body))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/json",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/json;charset=utf-16",
                "*/*",
                "application/*",
                "json"
            })
    @Order(1)
    void only_json_is_taken(String type) {
        assertRefused(
                415,
                () -> app.send(app.as(null, Endpoints.WEBHOOK)
                        .header("Content-Type", type)
                        .header("Stripe-Signature", sign(SECRET, now(), body))
                        .POST(BodyPublishers.ofString(body))));
    }

    @Test
    @Order(2)
    void a_genuine_event_that_names_another_account_credits_the_payer() throws Exception {
        String astray = event("evt_astray", session(), "bob", "");

        assertThat(hook(astray, sign(SECRET, now(), astray)).statusCode()).isEqualTo(200);

        assertThat(app.bean(AutoRecharge.class).balance(AccountId.of("bob"))).isEqualTo(Credits.ZERO);
        assertThat(balance()).isEqualTo(Credits.of(120));
    }

    @Test
    @Order(3)
    void the_genuine_event_is_accepted_with_either_secret_and_credits_exactly_once() throws Exception {
        List<Callable<Integer>> calls = new ArrayList<>();
        String both = sign(ROLLED, now(), body) + ",v1=" + signature(sign(SECRET, now(), body));
        for (int i = 0; i < 300; i++) {
            String header = i % 3 == 0 ? both : sign(i % 3 == 1 ? SECRET : ROLLED, now(), body);
            calls.add(() -> hook(body, header).statusCode());
        }
        ExecutorService senders = Executors.newFixedThreadPool(16);
        try {
            for (Future<Integer> answer : senders.invokeAll(calls)) {
                assertThat(answer.get()).isEqualTo(200);
            }
        } finally {
            senders.shutdownNow();
        }

        assertThat(balance()).isEqualTo(Credits.of(120));
        assertThat(app.bean(AutoRecharge.class).entries(ALICE, 10)).hasSize(2);
    }

    private static String session() throws IOException {
        return new ObjectMapper().readTree(body).at("/data/object/id").textValue();
    }

    private static void assertRefused(int status, Callable<HttpResponse<String>> call) {
        int connections = CountedDatabase.CONNECTIONS.get();
        int requests = stripe.history().requests().size();
        HttpResponse<String> answer;
        try {
            answer = call.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("whsec", "signature", "secret", "Exception");
        assertNothingHappened(connections, requests);
    }

    private static void assertNothingHappened(int connections, int requests) {
        assertThat(CountedDatabase.CONNECTIONS.get())
                .as("no connection was opened")
                .isEqualTo(connections);
        assertThat(stripe.history().requests())
                .as("the provider was not called")
                .hasSize(requests);
        assertThat(balance()).isEqualTo(Credits.ZERO);
    }

    private static Credits balance() {
        return app.bean(AutoRecharge.class).balance(ALICE);
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    private static String sign(String secret, long at, String text) {
        return WebhookSignature.header(List.of(secret), Instant.ofEpochSecond(at), text)
                .replaceAll(",v0=.*", "");
    }

    private static String signature(String header) {
        return header.substring(header.indexOf("v1=") + 3);
    }

    private static HttpResponse<String> hook(String text, String signature) {
        HttpRequest.Builder request = request(text);
        return app.send(signature == null ? request : request.header("Stripe-Signature", signature));
    }

    private static HttpRequest.Builder request(String text) {
        return app.as(null, Endpoints.WEBHOOK)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofString(text));
    }
}

package io.autorecharge.stripe;

import static io.autorecharge.stripe.Wire.CANCEL;
import static io.autorecharge.stripe.Wire.CHARGE;
import static io.autorecharge.stripe.Wire.CUSTOMER;
import static io.autorecharge.stripe.Wire.FETCH;
import static io.autorecharge.stripe.Wire.LIST;
import static io.autorecharge.stripe.Wire.METHOD;
import static io.autorecharge.stripe.Wire.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.gateway.Outcome.NotSubmitted.Reason;
import io.autorecharge.stripe.RawServer.Response;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The outcome of a charge for every kind of response and failure, for the first request and when an earlier one is in doubt. */
class ExceptionTableTest {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Response NOT_SCRIPTED = Response.json(500, Wire.error("api_error", ""));

    private final Map<String, Response> answers = new ConcurrentHashMap<>();
    private final RawServer server = new RawServer(request -> answers.getOrDefault(request.line(), NOT_SCRIPTED));
    private final StripeGateway gateway = new StripeGateway(SimulatedStripe.settings(server.url())
            .readTimeout(Duration.ofSeconds(5))
            .build());

    @AfterEach
    void close() {
        server.close();
    }

    private static Response raw(String text, Response.End end) {
        return new Response(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), end);
    }

    static Stream<Arguments> unclear() {
        String success = Wire.intent("succeeded");
        String idempotency = Wire.error("idempotency_error", "");
        return Stream.of(
                Arguments.of("200 without a body", Response.json(200, "")),
                Arguments.of(
                        "200 cut short",
                        Response.truncated(200, success.substring(0, success.length() / 2), success.length() / 2)),
                Arguments.of(
                        "200 with half a body that claims to be whole",
                        Response.json(200, success.substring(0, success.length() / 2))),
                Arguments.of("200 with garbage", Response.html(200, "<html>Welcome to the hotel's network</html>")),
                Arguments.of("200 with another object", Response.json(200, "{}")),
                Arguments.of("200 with a null", Response.json(200, "null")),
                Arguments.of("200 with a list", Response.json(200, "[1,2]")),
                Arguments.of(
                        "200 with an intent of the other mode", Response.json(200, intent("cus_1", "attempt-1", true))),
                Arguments.of(
                        "200 with an intent of another attempt",
                        Response.json(200, intent("cus_1", "attempt-2", false))),
                Arguments.of(
                        "200 with an intent of another customer",
                        Response.json(200, intent("cus_2", "attempt-1", false))),
                Arguments.of("200 with an unknown status", Response.json(200, Wire.intent("teleported"))),
                Arguments.of("201", Response.json(201, success)),
                Arguments.of("302 to elsewhere", redirect()),
                Arguments.of("500", Response.json(500, Wire.error("api_error", ""))),
                Arguments.of("500 whose error is a word", Response.json(500, "{\"error\":true}")),
                Arguments.of("500 whose error is an OAuth one", Response.json(500, "{\"error\":\"invalid_grant\"}")),
                Arguments.of("503 without a body", Response.json(503, "")),
                Arguments.of("502 with a page", Response.html(502, "<html>Bad gateway</html>")),
                Arguments.of("429 with a page", Response.html(429, "<html>Slow down</html>")),
                Arguments.of("401 with a page", Response.html(401, "<html>Who are you?</html>")),
                Arguments.of("403 without a body", Response.json(403, "")),
                Arguments.of("404 with other JSON", Response.json(404, "{\"detail\":\"no such route\"}")),
                Arguments.of("401 without a type", Response.json(401, "{\"error\":{\"message\":\"no\"}}")),
                Arguments.of("400 without a type", Response.json(400, "{\"error\":{\"message\":\"no\"}}")),
                Arguments.of("400 of an API error", Response.json(400, Wire.error("api_error", ""))),
                Arguments.of("402 that is no card error", Response.json(402, Wire.error("invalid_request_error", ""))),
                Arguments.of("402 with a page", Response.html(402, "<html>Pay for the proxy</html>")),
                Arguments.of(
                        "409",
                        Response.json(409, Wire.error("invalid_request_error", "\"code\":\"idempotency_key_in_use\""))),
                Arguments.of("400 idempotency_error", Response.json(400, idempotency)),
                Arguments.of(
                        "400 idempotency_key_in_use",
                        Response.json(400, Wire.error("invalid_request_error", "\"code\":\"idempotency_key_in_use\""))),
                Arguments.of("418", Response.json(418, Wire.error("invalid_request_error", ""))),
                Arguments.of("no HTTP at all", raw("220 mail ready\r\n", Response.End.CLOSE)),
                Arguments.of("reset after the request was sent", Response.reset()),
                Arguments.of("closed after the request was sent", raw("", Response.End.CLOSE)),
                Arguments.of(
                        "reset within the body",
                        new Response(
                                Response.truncated(200, success.substring(0, 50), 500)
                                        .bytes(),
                                Response.End.RESET)));
    }

    private static String intent(String customer, String attempt, boolean live) {
        return Wire.intent("pi_1", "succeeded", 1200, "usd", customer, attempt, live, "null");
    }

    private static Response redirect() {
        return raw(
                "HTTP/1.1 302 X\r\nLocation: /elsewhere\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                Response.End.CLOSE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unclear")
    void is_unknown_and_sent_exactly_once(String what, Response answer) {
        answers.put(CHARGE, answer);
        assertThat(gateway.charge(Wire.request(false))).as("first request").isInstanceOf(Outcome.Unknown.class);
        assertThat(server.requests()).as("requests at the server").hasSize(1);
        assertThat(gateway.charge(Wire.request(true))).as("in doubt").isInstanceOf(Outcome.Unknown.class);
        assertThat(server.requests(CHARGE)).hasSize(2);
        assertThat(server.requests(CHARGE))
                .extracting(it -> it.headers().get("idempotency-key"))
                .containsOnly("attempt-1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void is_unknown_when_no_response_arrives_within_the_timeout(boolean bodyStalls) {
        answers.put(CHARGE, bodyStalls ? Response.stalled(Wire.intent("succeeded")) : Response.silence());
        StripeGateway impatient = new StripeGateway(
                SimulatedStripe.settings(server.url()).readTimeout(SHORT).build());
        Outcome outcome =
                assertTimeoutPreemptively(Duration.ofSeconds(10), () -> impatient.charge(Wire.request(false)));
        assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void is_unknown_when_the_connection_is_refused() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        StripeGateway nowhere = new StripeGateway(
                SimulatedStripe.settings("http://127.0.0.1:" + free).build());
        assertThat(nowhere.charge(Wire.request(false))).isInstanceOf(Outcome.Unknown.class);
        assertThat(nowhere.lookUp(Wire.request(true))).isInstanceOf(LookUp.Failed.class);
    }

    @Test
    void is_unknown_and_keeps_the_interruption_when_the_thread_is_interrupted() {
        answers.put(CHARGE, Response.silence());
        Thread.currentThread().interrupt();
        Outcome outcome = gateway.charge(Wire.request(false));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(
                        "429 rate_limit",
                        429,
                        Wire.error("invalid_request_error", "\"code\":\"rate_limit\""),
                        Reason.BUSY),
                Arguments.of(
                        "429 lock_timeout",
                        429,
                        Wire.error("invalid_request_error", "\"code\":\"lock_timeout\""),
                        Reason.BUSY),
                Arguments.of("401", 401, Wire.error("invalid_request_error", ""), Reason.CONFIGURATION),
                Arguments.of(
                        "401 expired",
                        401,
                        Wire.error("invalid_request_error", "\"code\":\"api_key_expired\""),
                        Reason.CONFIGURATION),
                Arguments.of("403", 403, Wire.error("invalid_request_error", ""), Reason.CONFIGURATION),
                Arguments.of(
                        "400 livemode_mismatch",
                        400,
                        Wire.error("invalid_request_error", "\"code\":\"livemode_mismatch\""),
                        Reason.CONFIGURATION),
                Arguments.of(
                        "400 amount_too_small",
                        400,
                        Wire.error("invalid_request_error", "\"code\":\"amount_too_small\",\"param\":\"amount\""),
                        Reason.REJECTED),
                Arguments.of("400 without a code", 400, Wire.error("invalid_request_error", ""), Reason.REJECTED),
                Arguments.of(
                        "404",
                        404,
                        Wire.error("invalid_request_error", "\"code\":\"resource_missing\""),
                        Reason.REJECTED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void is_not_submitted_on_the_first_send_only(String what, int status, String body, Reason reason) {
        answers.put(CHARGE, Response.json(status, body));
        Outcome first = gateway.charge(Wire.request(false));
        assertThat(first).isInstanceOf(Outcome.NotSubmitted.class);
        assertThat(((Outcome.NotSubmitted) first).reason()).isEqualTo(reason);
        assertThat(gateway.charge(Wire.request(true))).as("in doubt").isInstanceOf(Outcome.Unknown.class);
        assertThat(server.requests(CHARGE)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void is_declined_by_a_card_error_also_when_an_earlier_send_is_in_doubt(boolean inDoubt) {
        answers.put(
                CHARGE,
                Response.json(
                        402, Wire.cardError("\"code\":\"card_declined\",\"decline_code\":\"insufficient_funds\"")));
        answers.put(CANCEL, Response.json(200, Wire.intent("canceled")));
        assertThat(gateway.charge(Wire.request(inDoubt)))
                .isEqualTo(new Outcome.Declined("pi_1", "insufficient_funds", Kind.SOFT));
        assertThat(server.requests()).extracting(RawServer.Request::line).containsExactly(CHARGE, CANCEL);
    }

    @ParameterizedTest
    @CsvSource({
        "authentication_required, authentication_required",
        "card_declined, authentication_required",
        "authentication_required, ",
        "card_declined, authentication_not_handled"
    })
    void requires_the_customer_when_either_code_says_so(String code, @Nullable String declineCode) {
        String second = declineCode == null ? "" : ",\"decline_code\":\"" + declineCode + "\"";
        answers.put(CHARGE, Response.json(402, Wire.cardError("\"code\":\"" + code + "\"" + second)));
        answers.put(CANCEL, Response.json(200, Wire.intent("canceled")));
        assertThat(gateway.charge(Wire.request(false)))
                .isEqualTo(new Outcome.ActionRequired("pi_1", declineCode == null ? code : declineCode));
        assertThat(server.requests(CANCEL)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "network_advice_code, 03",
        "network_advice_code, 21",
        "advice_code, do_not_try_again",
        "advice_code, confirm_card_data"
    })
    void never_retries_a_card_when_an_advice_code_says_so(String field, String advice) {
        answers.put(
                CHARGE,
                Response.json(402, Wire.cardError("\"code\":\"card_declined\",\"" + field + "\":\"" + advice + "\"")));
        answers.put(CANCEL, Response.json(200, Wire.intent("canceled")));
        assertThat(gateway.charge(Wire.request(false)))
                .isEqualTo(new Outcome.Declined("pi_1", "card_declined", Kind.HARD));
    }

    @Test
    void pins_the_codes_that_stop_a_card_permanently() {
        assertThat(Stream.of(
                                "incorrect_number",
                                "lost_card",
                                "pickup_card",
                                "stolen_card",
                                "revocation_of_authorization",
                                "revocation_of_all_authorizations",
                                "highest_risk_level",
                                "fraudulent",
                                "merchant_blacklist",
                                "restricted_card",
                                "transaction_not_allowed",
                                "do_not_try_again",
                                "stop_payment_order")
                        .map(code -> kindOf(new DeclineReason("card_declined", code, null, null))))
                .containsOnly(Kind.HARD);
        assertThat(Stream.of("expired_card", "do_not_honor", "call_issuer", "duplicate_transaction", "unheard_of")
                        .map(code -> kindOf(new DeclineReason("card_declined", code, "try_again_later", "02"))))
                .containsOnly(Kind.SOFT);
    }

    private static Kind kindOf(DeclineReason reason) {
        return reason.decline(null, "card_error", FailureCodes.ofDefaults()).kind();
    }

    @Test
    void fetches_the_intent_when_a_replayed_response_was_not_final() {
        String stored = Wire.intent("processing");
        answers.put(CHARGE, Response.replayed(stored));
        answers.put(FETCH, Response.json(200, Wire.intent("succeeded")));
        assertThat(gateway.charge(Wire.request(true))).isInstanceOf(Outcome.Paid.class);
        answers.put(FETCH, Response.json(503, ""));
        assertThat(gateway.charge(Wire.request(true))).isInstanceOf(Outcome.Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 429})
    void does_not_mistake_a_failed_fetch_for_a_failed_charge(int status) {
        answers.put(CHARGE, Response.replayed(Wire.intent("processing")));
        answers.put(FETCH, Response.json(status, Wire.error("invalid_request_error", "")));
        assertThat(gateway.charge(Wire.request(false))).isInstanceOf(Outcome.Unknown.class);
        answers.put(CHARGE, Response.json(402, Wire.cardError("\"code\":\"card_declined\"")));
        answers.put(CANCEL, Response.json(status, Wire.error("invalid_request_error", "")));
        assertThat(gateway.charge(Wire.request(false))).isInstanceOf(Outcome.Unknown.class);
    }

    static Stream<Arguments> failedCancellations() {
        Response refused =
                Response.json(400, Wire.error("invalid_request_error", "\"code\":\"payment_intent_unexpected_state\""));
        return Stream.of(
                Arguments.of(
                        "it was paid meanwhile",
                        refused,
                        Response.json(200, Wire.intent("succeeded")),
                        Outcome.Paid.class),
                Arguments.of(
                        "it is on its way",
                        refused,
                        Response.json(200, Wire.intent("processing")),
                        Outcome.Processing.class),
                Arguments.of(
                        "it was cancelled before",
                        refused,
                        Response.json(200, Wire.intent("canceled")),
                        Outcome.Declined.class),
                Arguments.of(
                        "it can still be paid",
                        refused,
                        Response.json(200, Wire.intent("requires_payment_method")),
                        Outcome.Unknown.class),
                Arguments.of("the list is unavailable", refused, Response.json(503, ""), Outcome.Unknown.class),
                Arguments.of(
                        "the cancellation got lost", Response.reset(), Response.json(503, ""), Outcome.Unknown.class),
                Arguments.of(
                        "the cancellation says something else",
                        Response.json(200, Wire.intent("requires_payment_method")),
                        Response.json(200, Wire.intent("requires_payment_method")),
                        Outcome.Unknown.class),
                Arguments.of(
                        "the cancellation got an empty answer",
                        Response.json(200, ""),
                        Response.json(200, ""),
                        Outcome.Unknown.class));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failedCancellations")
    void reports_a_decline_only_when_the_intent_is_certainly_cancelled(
            String what, Response cancel, Response fetch, Class<? extends Outcome> expected) {
        answers.put(
                CHARGE,
                Response.json(402, Wire.cardError("\"code\":\"card_declined\",\"decline_code\":\"do_not_honor\"")));
        answers.put(CANCEL, cancel);
        answers.put(FETCH, fetch);
        Outcome outcome = gateway.charge(Wire.request(false));
        assertThat(outcome).isInstanceOf(expected);
        if (outcome instanceof Outcome.Declined declined) {
            assertThat(declined.code())
                    .as("the code from before the cancellation")
                    .isEqualTo("do_not_honor");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"requires_action", "requires_confirmation", "requires_payment_method", "requires_capture"})
    void cancels_an_intent_that_could_still_be_paid(String status) {
        answers.put(CHARGE, Response.json(200, Wire.intent(status)));
        answers.put(UPDATE, Response.json(200, Wire.stored(status, "- requires_action - - -")));
        answers.put(CANCEL, Response.json(200, Wire.intent("canceled")));
        Outcome outcome = gateway.charge(Wire.request(false));
        assertThat(server.requests(CANCEL)).hasSize(1);
        assertThat(outcome)
                .isEqualTo(
                        status.equals("requires_action")
                                ? new Outcome.ActionRequired("pi_1", "requires_action")
                                : new Outcome.Declined("pi_1", status, Kind.SOFT));
    }

    @Test
    void reports_the_captured_amount_even_when_it_differs_from_the_request() {
        answers.put(
                CHARGE,
                Response.json(200, Wire.intent("pi_1", "succeeded", 1100, "eur", "cus_1", "attempt-1", false, "null")));
        assertThat(gateway.charge(Wire.request(false)))
                .isEqualTo(new Outcome.Paid("pi_1", io.autorecharge.credit.Money.of("11.00", "EUR")));
    }

    @ParameterizedTest
    @CsvSource({"0, usd", "1200, xyz", "1200, xau", "-5, usd"})
    void is_unknown_when_the_captured_amount_is_impossible(long received, String currency) {
        String intent = Wire.intent("pi_1", "succeeded", received, currency, "cus_1", "attempt-1", false, "null");
        answers.put(CHARGE, Response.json(200, intent));
        assertThat(gateway.charge(Wire.request(false))).isInstanceOf(Outcome.Unknown.class);
    }

    private static final String CARD_WITHOUT_INTENT =
            Wire.error("card_error", "\"code\":\"card_declined\",\"decline_code\":\"lost_card\"");

    @Test
    void searches_for_the_intent_when_a_card_error_has_none() {
        answers.put(CHARGE, Response.json(402, CARD_WITHOUT_INTENT));
        answers.put(LIST, Response.json(200, Wire.EMPTY_LIST));
        assertThat(gateway.charge(Wire.request(false))).isEqualTo(new Outcome.Declined(null, "lost_card", Kind.HARD));
        assertThat(gateway.charge(Wire.request(true))).isInstanceOf(Outcome.Unknown.class);
        answers.put(LIST, Response.json(200, Wire.list(Wire.intent("succeeded"))));
        assertThat(gateway.charge(Wire.request(false))).isInstanceOf(Outcome.Paid.class);
        answers.put(LIST, Response.json(503, ""));
        assertThat(gateway.charge(Wire.request(false))).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void treats_a_duplicate_as_a_decline_only_when_the_list_contains_no_capture() {
        answers.put(
                CHARGE,
                Response.json(
                        402, Wire.cardError("\"code\":\"card_declined\",\"decline_code\":\"duplicate_transaction\"")));
        answers.put(CANCEL, Response.json(200, Wire.intent("canceled")));
        answers.put(LIST, Response.json(503, ""));
        assertThat(gateway.charge(Wire.request(false))).isInstanceOf(Outcome.Unknown.class);
        String other = Wire.intent("pi_2", "succeeded", 1200, "usd", "cus_1", "attempt-1", false, "null");
        answers.put(LIST, Response.json(200, Wire.list(Wire.intent("canceled"), other)));
        assertThat(gateway.charge(Wire.request(false)))
                .isEqualTo(new Outcome.Paid("pi_2", io.autorecharge.credit.Money.of("12.00", "USD")));
        answers.put(LIST, Response.json(200, Wire.list(Wire.intent("canceled"))));
        assertThat(gateway.charge(Wire.request(false)))
                .isEqualTo(new Outcome.Declined("pi_1", "duplicate_transaction", Kind.SOFT));
    }

    static Stream<Arguments> goneMethods() {
        String missing = Wire.error("invalid_request_error", "\"code\":\"resource_missing\"");
        String customer = "{\"id\":\"cus_1\",\"object\":\"customer\"}";
        String ours = "{\"id\":\"pm_1\",\"object\":\"payment_method\",\"customer\":\"cus_1\"}";
        String detached = "{\"id\":\"pm_1\",\"object\":\"payment_method\",\"customer\":null}";
        String others = "{\"id\":\"pm_1\",\"object\":\"payment_method\",\"customer\":\"cus_2\"}";
        String deleted = "{\"id\":\"cus_1\",\"object\":\"customer\",\"deleted\":true}";
        return Stream.of(
                Arguments.of("detached", Response.json(200, customer), Response.json(200, detached), true),
                Arguments.of("another customer's", Response.json(200, customer), Response.json(200, others), true),
                Arguments.of("method unknown", Response.json(200, customer), Response.json(404, missing), true),
                Arguments.of("customer deleted", Response.json(200, deleted), Response.json(200, ours), true),
                Arguments.of("all well", Response.json(200, customer), Response.json(200, ours), false),
                Arguments.of(
                        "customer unknown to this key",
                        Response.json(404, missing),
                        Response.json(404, missing),
                        false),
                Arguments.of("cannot be asked", Response.json(503, ""), Response.json(503, ""), false),
                Arguments.of(
                        "method cannot be asked", Response.json(200, customer), Response.json(500, missing), false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goneMethods")
    void distinguishes_a_missing_payment_method_from_an_invalid_request(
            String what, Response customer, Response method, boolean gone) {
        answers.put(CHARGE, Response.json(400, Wire.error("invalid_request_error", "")));
        answers.put(CUSTOMER, customer);
        answers.put(METHOD, method);
        Outcome outcome = gateway.charge(Wire.request(false));
        if (gone) {
            assertThat(outcome).isInstanceOf(Outcome.Declined.class);
            assertThat(((Outcome.Declined) outcome).kind()).isEqualTo(Kind.METHOD_UNUSABLE);
        } else {
            assertThat(outcome).isInstanceOf(Outcome.NotSubmitted.class);
        }
        assertThat(gateway.charge(Wire.request(true))).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void settles_an_intent_that_a_rejected_request_has_left_behind() {
        String fields = "\"code\":\"payment_intent_incompatible_payment_method\",\"payment_intent\":"
                + Wire.intent("requires_payment_method");
        answers.put(CHARGE, Response.json(400, Wire.error("invalid_request_error", fields)));
        String reason = "- payment_intent_incompatible_payment_method - - -";
        answers.put(UPDATE, Response.json(200, Wire.stored("requires_payment_method", reason)));
        answers.put(CANCEL, Response.json(200, Wire.intent("canceled")));
        assertThat(gateway.charge(Wire.request(false)))
                .isEqualTo(new Outcome.Declined("pi_1", "payment_intent_incompatible_payment_method", Kind.SOFT));
        assertThat(server.requests(CANCEL)).hasSize(1);
    }

    static Stream<Arguments> lists() {
        String paid = Wire.intent("pi_2", "succeeded", 1200, "usd", "cus_1", "attempt-1", false, "null");
        String foreign = Wire.intent("pi_3", "succeeded", 1200, "usd", "cus_1", "attempt-9", false, "null");
        return Stream.of(
                Arguments.of("none", Response.json(200, Wire.EMPTY_LIST), LookUp.Absent.class),
                Arguments.of("others only", Response.json(200, Wire.list(foreign)), LookUp.Absent.class),
                Arguments.of(
                        "one of two", Response.json(200, Wire.list(Wire.intent("canceled"), paid)), LookUp.Found.class),
                Arguments.of("not a list", Response.json(200, "{}"), LookUp.Failed.class),
                Arguments.of("an error that is a word", Response.json(500, "{\"error\":true}"), LookUp.Failed.class),
                Arguments.of("empty", Response.json(200, ""), LookUp.Failed.class),
                Arguments.of("cut short", Response.truncated(200, Wire.list(paid), 10), LookUp.Failed.class),
                Arguments.of(
                        "an empty page that is not the last",
                        Response.json(200, Wire.EMPTY_LIST.replace("\"has_more\":false", "\"has_more\":true")),
                        LookUp.Failed.class),
                Arguments.of(
                        "missing customer",
                        Response.json(400, Wire.error("invalid_request_error", "")),
                        LookUp.Failed.class));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lists")
    void accepts_only_a_complete_list(String what, Response list, Class<? extends LookUp> expected) {
        answers.put(LIST, list);
        LookUp seen = gateway.lookUp(Wire.request(true));
        assertThat(seen).isInstanceOf(expected);
        if (seen instanceof LookUp.Found found) {
            assertThat(found.outcome()).isInstanceOf(Outcome.Paid.class);
        }
    }

    @Test
    void reports_a_lookup_that_failed_because_of_the_key() {
        for (int status : List.of(401, 403)) {
            answers.put(LIST, Response.json(status, Wire.error("invalid_request_error", "")));
            assertThat(gateway.lookUp(Wire.request(true)))
                    .isInstanceOfSatisfying(
                            LookUp.Failed.class,
                            it -> assertThat(it.configuration()).isTrue());
        }
    }

    @Test
    void shows_no_secret_and_no_foreign_page_in_its_details() {
        String message = "\"message\":\"Invalid API Key: sk_test_4eC39Hq for bob@example.org and pm_123abc\"";
        answers.put(CHARGE, Response.json(401, "{\"error\":{\"type\":\"invalid_request_error\"," + message + "}}"));
        assertThat(gateway.charge(Wire.request(false)).toString())
                .doesNotContain("sk_test_4eC39Hq", "bob@example.org", "pm_123abc");
        answers.put(CHARGE, Response.html(502, "<html>secret intranet page</html>"));
        assertThat(gateway.charge(Wire.request(false)).toString()).doesNotContain("intranet");
    }
}

package io.autorecharge.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.gateway.PaymentReversals;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.stripe.RawServer.Response;
import io.autorecharge.stripe.WebhookResult.Rejected;
import io.autorecharge.stripe.WebhookResult.Rejected.Reason;
import io.autorecharge.stripe.simulator.WebhookSignature;
import io.autorecharge.testkit.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripeWebhookTest {
    private static final String OLD = "whsec_old";
    private static final String NEW = "whsec_new";
    private static final Instant NOW = SettableClock.START;
    private static final String REFUNDS = "GET /v1/refunds";
    private static final String DISPUTES = "GET /v1/disputes";
    private static final String SESSION_PATH = "GET /v1/checkout/sessions/cs_1";

    private final Map<String, Response> answers = new ConcurrentHashMap<>();
    private final RawServer server = new RawServer(
            request -> answers.getOrDefault(request.line(), Response.json(500, Wire.error("api_error", ""))));
    private final SettableClock clock = new SettableClock();
    private final StripeWebhook webhook = webhook(null);

    @AfterEach
    void close() {
        server.close();
    }

    private StripeWebhook webhook(String stripeAccount) {
        StripeSettings settings = SimulatedStripe.settings(server.url())
                .webhookSecrets(List.of(OLD, NEW))
                .stripeAccount(stripeAccount)
                .build();
        return new StripeWebhook(settings, new StripeGateway(settings), clock);
    }

    private static String event(String type, String object, String more) {
        return "{\"id\":\"evt_1\",\"object\":\"event\",\"api_version\":null,\"livemode\":false,\"type\":\"" + type
                + "\"" + more + ",\"data\":{\"object\":" + object + "}}";
    }

    private static String intentEvent(String type) {
        return event(type, Wire.intent("requires_payment_method"), "");
    }

    private static String session(String status, String payment, String intent) {
        return "{\"id\":\"cs_1\",\"object\":\"checkout.session\",\"livemode\":false,\"customer\":\"cus_1\",\"status\":\""
                + status
                + "\",\"payment_status\":\"" + payment + "\",\"payment_intent\":" + intent
                + ",\"metadata\":{\"autorecharge_account\":\"alice\",\"autorecharge_checkout\":\"checkout-1\"}}";
    }

    private WebhookResult signed(String body) {
        return webhook.handle(bytes(body), WebhookSignature.header(List.of(NEW), clock.instant(), body));
    }

    private static ProviderReport.Charge charge(WebhookResult result) {
        return (ProviderReport.Charge) ((WebhookResult.Reported) result).report();
    }

    private static byte[] bytes(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    private void assertRejected(WebhookResult result, Reason reason) {
        assertThat(result).isEqualTo(new Rejected(reason));
        assertThat(server.requests())
                .as("nothing is fetched for a rejected call")
                .isEmpty();
    }

    private static final String BODY = event("payment_intent.succeeded", Wire.intent("succeeded"), "");

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void rejects_without_a_signature(String header) {
        assertRejected(webhook.handle(bytes(BODY), header), Reason.SIGNATURE_MISSING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t=abc,v1=$", "t,v1=$", "t=,v1=$", "v1=$", "t=1", "t=$T", "t=$T,v0=$", "t=$T,t=$T,v1=$", "t=$T,v1=",
                        "t=$T,v1=XYZ", "t=$T,v1=$UPPER",
                "t=$T,v1=$SHORT", "t=-5,v1=$", "t=99999999999999999999,v1=$", "t=$T;v1=$", "t=$T,v1", ",", "=",
                        "t=$T,,v1=$", "\u0000", "t=٣,v1=$", "$LONG"
            })
    void rejects_an_unreadable_header(String template) {
        String real = WebhookSignature.header(List.of(NEW), NOW, BODY);
        String signature = real.substring(real.indexOf("v1=") + 3, real.indexOf("v1=") + 67);
        String header = template.replace(
                        "$UPPER", signature.toUpperCase(java.util.Locale.ROOT).replace('0', 'A'))
                .replace("$SHORT", signature.substring(1))
                .replace("$LONG", "t=$T" + ",v1=$".repeat(100))
                .replace("$T", Long.toString(NOW.getEpochSecond()))
                .replace("$", signature);
        assertRejected(webhook.handle(bytes(BODY), header), Reason.SIGNATURE_MALFORMED);
    }

    @Test
    void never_fails_on_any_header() {
        long seed = 20261123L;
        Random random = new Random(seed);
        String alphabet = "tv01=,abcdef 9-\u0000é\n";
        for (int i = 0; i < 5_000; i++) {
            StringBuilder header = new StringBuilder();
            for (int n = random.nextInt(40); n > 0; n--) {
                header.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(webhook.handle(bytes(BODY), header.toString()))
                    .as("seed %d, header %s", seed, header)
                    .isInstanceOf(Rejected.class);
        }
    }

    @Test
    void rejects_the_signature_of_another_secret_body_or_time() {
        String ofAnotherSecret = WebhookSignature.header(List.of("whsec_other"), NOW, BODY);
        assertRejected(webhook.handle(bytes(BODY), ofAnotherSecret), Reason.SIGNATURE_WRONG);
        String good = WebhookSignature.header(List.of(NEW), NOW, BODY);
        assertRejected(webhook.handle(bytes(BODY + " "), good), Reason.SIGNATURE_WRONG);
        assertRejected(webhook.handle(bytes(BODY.replace("\":", "\": ")), good), Reason.SIGNATURE_WRONG);
        String later = good.replace("t=" + NOW.getEpochSecond(), "t=" + (NOW.getEpochSecond() + 1));
        assertRejected(webhook.handle(bytes(BODY), later), Reason.SIGNATURE_WRONG);
        assertRejected(webhook.handle(new byte[0], good), Reason.SIGNATURE_WRONG);
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301, 31_536_000, -31_536_000})
    void rejects_a_timestamp_too_far_in_the_past_or_the_future(long seconds) {
        String header = WebhookSignature.header(List.of(NEW), NOW.plusSeconds(seconds), BODY);
        assertRejected(webhook.handle(bytes(BODY), header), Reason.TIMESTAMP);
    }

    @ParameterizedTest
    @ValueSource(longs = {-300, 0, 300})
    void accepts_a_timestamp_within_the_tolerance(long seconds) {
        answers.put(Wire.FETCH, Response.json(200, Wire.intent("succeeded")));
        String header = WebhookSignature.header(List.of(NEW), NOW.plusSeconds(seconds), BODY);
        assertThat(webhook.handle(bytes(BODY), header))
                .isInstanceOfSatisfying(
                        WebhookResult.Reported.class,
                        it -> assertThat(it.report()).isInstanceOf(ProviderReport.Charge.class));
    }

    @Test
    void accepts_either_secret_and_several_signatures_while_a_secret_is_rolled() {
        answers.put(Wire.FETCH, Response.json(200, Wire.intent("succeeded")));
        for (List<String> secrets :
                List.of(List.of(OLD), List.of(NEW), List.of(OLD, NEW), List.of("whsec_unknown", NEW))) {
            String header = WebhookSignature.header(secrets, NOW, BODY);
            assertThat(webhook.handle(bytes(BODY), header))
                    .as("%s", secrets)
                    .isInstanceOfSatisfying(
                            WebhookResult.Reported.class,
                            it -> assertThat(it.report()).isInstanceOf(ProviderReport.Charge.class));
        }
    }

    @Test
    void rejects_a_body_that_is_too_large_without_reading_it() {
        byte[] large = new byte[StripeWebhook.MAX_BODY_BYTES + 1];
        assertRejected(webhook.handle(large, null), Reason.TOO_LARGE);
        byte[] largest = Arrays.copyOf(large, StripeWebhook.MAX_BODY_BYTES);
        assertRejected(webhook.handle(largest, null), Reason.SIGNATURE_MISSING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"text\"",
                "{",
                "{}",
                "not json",
                "{\"id\":",
                "{\"object\":\"event\"}",
                "{\"id\":\"evt_1\",\"object\":\"v2.core.event\",\"type\":\"v1.billing.meter\",\"livemode\":false,\"related_object\":{\"id\":\"x\"}}",
                "{\"id\":\"evt_1\",\"object\":\"event\",\"type\":\"payment_intent.succeeded\",\"livemode\":\"false\",\"data\":{\"object\":{}}}",
                "{\"id\":\"evt_1\",\"object\":\"event\",\"type\":\"payment_intent.succeeded\",\"livemode\":false,\"data\":[]}",
                "{\"id\":{},\"object\":\"event\",\"type\":\"payment_intent.succeeded\",\"livemode\":false,\"data\":{\"object\":{}}}",
                "{\"id\":\"evt_1\\nforged line\",\"object\":\"event\",\"type\":\"payment_intent.succeeded\",\"livemode\":false,\"data\":{\"object\":{}}}"
            })
    void rejects_a_correctly_signed_body_that_is_not_an_event(String body) {
        assertRejected(signed(body), Reason.BODY);
    }

    @Test
    void rejects_deep_nesting_and_broken_unicode() {
        assertRejected(signed("[".repeat(200_000)), Reason.BODY);
        byte[] broken = {'{', '"', (byte) 0xff, '"', ':', '1', '}'};
        String text = new String(broken, StandardCharsets.ISO_8859_1);
        assertThat(webhook.handle(broken, WebhookSignature.header(List.of(NEW), NOW, text)))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void rejects_an_event_of_the_other_mode() {
        assertRejected(
                signed(BODY.replace("\"livemode\":false,\"type\"", "\"livemode\":true,\"type\"")), Reason.LIVEMODE);
    }

    @Test
    void ignores_events_of_other_accounts() {
        String ofOther = event("payment_intent.succeeded", Wire.intent("succeeded"), ",\"account\":\"acct_other\"");
        assertThat(signed(ofOther)).isEqualTo(new WebhookResult.Ignored("evt_1", "payment_intent.succeeded"));
        assertThat(server.requests()).isEmpty();
        answers.put(Wire.FETCH, Response.json(200, Wire.intent("succeeded")));
        StripeWebhook connected = webhook("acct_other");
        String header = WebhookSignature.header(List.of(NEW), NOW, ofOther);
        assertThat(connected.handle(bytes(ofOther), header))
                .isInstanceOfSatisfying(
                        WebhookResult.Reported.class,
                        it -> assertThat(it.report()).isInstanceOf(ProviderReport.Charge.class));
        assertThat(server.requests().get(0).headers()).containsEntry("stripe-account", "acct_other");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "charge.succeeded",
                "customer.created",
                "payment_intent.created",
                "payment_intent.requires_action"
            })
    void ignores_other_event_types(String type) {
        assertThat(signed(intentEvent(type))).isEqualTo(new WebhookResult.Ignored("evt_1", type));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void ignores_unrelated_payments() {
        String others = Wire.intent("succeeded").replace("autorecharge_", "their_");
        assertThat(signed(event("payment_intent.succeeded", others, ""))).isInstanceOf(WebhookResult.Ignored.class);
        String ofCheckout = Wire.intent("succeeded")
                .replace("\"metadata\":{", "\"metadata\":{\"autorecharge_checkout\":\"checkout-1\",");
        assertThat(signed(event("payment_intent.succeeded", ofCheckout, ""))).isInstanceOf(WebhookResult.Ignored.class);
        String oddSession = session("complete", "paid", "null").replace("autorecharge_", "their_");
        assertThat(signed(event("checkout.session.completed", oddSession, "")))
                .isInstanceOf(WebhookResult.Ignored.class);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void does_not_mistake_a_purchase_for_a_recharge_even_when_only_the_fetched_object_says_so() {
        String ofCheckout = Wire.intent("requires_payment_method")
                .replace("\"metadata\":{", "\"metadata\":{\"autorecharge_checkout\":\"checkout-1\",");
        answers.put(Wire.FETCH, Response.json(200, ofCheckout));
        assertThat(signed(intentEvent("payment_intent.payment_failed"))).isInstanceOf(WebhookResult.Ignored.class);
        assertThat(server.requests(Wire.CANCEL)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\\n", "pi_1/../../v1/refunds", "pi 1", "?"})
    void fetches_nothing_for_an_invalid_id(String id) {
        String odd = Wire.intent("succeeded").replace("\"id\":\"pi_1\"", "\"id\":\"" + id + "\"");
        assertThat(signed(event("payment_intent.succeeded", odd, ""))).isInstanceOf(WebhookResult.Ignored.class);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void reports_the_current_object_and_not_the_one_in_the_event() {
        answers.put(Wire.FETCH, Response.json(200, Wire.intent("succeeded")));
        for (String type :
                List.of("payment_intent.payment_failed", "payment_intent.succeeded", "payment_intent.canceled")) {
            assertThat(signed(intentEvent(type)))
                    .isEqualTo(new WebhookResult.Reported(new ProviderReport.Charge(
                            new AccountId("alice"),
                            new AttemptId("attempt-1"),
                            "cus_1",
                            new Outcome.Paid("pi_1", Money.of("12.00", "USD")),
                            null,
                            new ProviderReport.Notification("evt_1", type))));
        }
    }

    @Test
    void changes_nothing_at_stripe_for_a_recharge_that_could_still_be_paid() {
        for (String status :
                List.of("requires_payment_method", "requires_confirmation", "requires_action", "requires_capture")) {
            answers.put(Wire.FETCH, Response.json(200, Wire.intent(status)));
            WebhookResult incomplete = signed(intentEvent("payment_intent.payment_failed"));
            assertThat(charge(incomplete).outcome()).isInstanceOf(Outcome.Unknown.class);
        }
        assertThat(server.requests()).allMatch(it -> it.method().equals("GET"));
    }

    @Test
    void uses_the_reason_in_the_event_when_the_cancellation_has_erased_it() {
        answers.put(Wire.FETCH, Response.json(200, Wire.intent("canceled")));
        String failed = Wire.intent("requires_payment_method")
                .replace(
                        "\"last_payment_error\":null",
                        "\"last_payment_error\":{\"code\":\"card_declined\",\"decline_code\":\"lost_card\"}");
        WebhookResult result = signed(event("payment_intent.payment_failed", failed, ""));
        assertThat(charge(result).outcome()).isEqualTo(new Outcome.Declined("pi_1", "lost_card", Kind.HARD));
    }

    @Test
    void reports_a_purchase_and_never_cancels_its_payment() {
        String failed = Wire.intent("requires_payment_method").replace("autorecharge_attempt", "x");
        for (String type : List.of(
                "checkout.session.completed",
                "checkout.session.async_payment_succeeded",
                "checkout.session.async_payment_failed",
                "checkout.session.expired")) {
            answers.put(SESSION_PATH, Response.json(200, session("open", "unpaid", failed)));
            assertThat(signed(event(type, session("complete", "paid", "null"), "")))
                    .isEqualTo(new WebhookResult.Reported(new ProviderReport.Checkout(
                            new AccountId("alice"),
                            new CheckoutId("checkout-1"),
                            "cs_1",
                            "cus_1",
                            new CheckoutOutcome.Pending(),
                            null,
                            new ProviderReport.Notification("evt_1", type))));
        }
        answers.put(SESSION_PATH, Response.json(200, session("complete", "unpaid", failed)));
        WebhookResult closed = signed(event("checkout.session.completed", session("complete", "paid", "null"), ""));
        assertThat(((ProviderReport.Checkout) ((WebhookResult.Reported) closed).report()).outcome())
                .isInstanceOf(CheckoutOutcome.Closed.class);
        assertThat(server.requests()).allMatch(it -> it.method().equals("GET"));
    }

    @Test
    void reports_no_saved_method_of_a_type_that_cannot_be_charged_later() {
        for (String type : List.of("klarna", "ideal", "card")) {
            String paid = Wire.intent("succeeded")
                    .replace("autorecharge_attempt", "x")
                    .replace(
                            "{\"id\":\"pi_1\"",
                            "{\"setup_future_usage\":\"off_session\",\"payment_method\":"
                                    + "{\"id\":\"pm_7\",\"object\":\"payment_method\",\"customer\":\"cus_1\",\"type\":\""
                                    + type
                                    + "\"},\"id\":\"pi_1\"");
            answers.put(SESSION_PATH, Response.json(200, session("complete", "paid", paid)));
            WebhookResult result = signed(event("checkout.session.completed", session("complete", "paid", "null"), ""));
            CheckoutOutcome.Paid outcome = (CheckoutOutcome.Paid)
                    ((ProviderReport.Checkout) ((WebhookResult.Reported) result).report()).outcome();
            assertThat(outcome.savedMethod() != null).as(type).isEqualTo(type.equals("card"));
        }
    }

    @Test
    void throws_so_that_stripe_retries_when_the_object_cannot_be_fetched() {
        answers.put(Wire.FETCH, Response.json(503, ""));
        answers.put(SESSION_PATH, Response.json(200, ""));
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> signed(intentEvent("payment_intent.succeeded")));
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> signed(event("checkout.session.completed", session("complete", "paid", "null"), "")));
    }

    @Test
    void reports_the_same_for_a_repeated_event() {
        answers.put(Wire.FETCH, Response.json(200, Wire.intent("succeeded")));
        WebhookResult first = signed(BODY);
        for (int i = 0; i < 20; i++) {
            clock.advance(Duration.ofSeconds(1));
            assertThat(signed(BODY)).isEqualTo(first);
        }
    }

    @Test
    void reports_every_refund_and_dispute_of_the_payment_whichever_the_event_is_about() {
        answers.put(Wire.FETCH, Response.json(200, Wire.intent("succeeded")));
        answers.put(
                REFUNDS,
                Response.json(
                        200,
                        Wire.list(
                                refund("re_1", 300, "succeeded"),
                                refund("re_2", 200, "pending"),
                                refund("re_3", 100, "requires_action"),
                                refund("re_4", 50, "failed"),
                                refund("re_5", 25, "canceled"))));
        answers.put(
                DISPUTES,
                Response.json(
                        200,
                        Wire.list(
                                dispute("dp_1", 400, "usd", "warning_needs_response", ""),
                                dispute("dp_2", 400, "usd", "needs_response", "{\"amount\":-400}"),
                                dispute("dp_3", 400, "usd", "won", "{\"amount\":-400},{\"amount\":400}"),
                                dispute("dp_4", 400, "usd", "lost", ""),
                                dispute("dp_5", 400, "eur", "under_review", "{\"amount\":-431}"))));

        for (String type : List.of("charge.refunded", "refund.failed", "charge.dispute.created")) {
            assertThat(signed(reversalEvent(type)))
                    .isEqualTo(new WebhookResult.Reported(new ProviderReport.Reversal(
                            new AccountId("alice"),
                            new PaymentReversals(
                                    "pi_1",
                                    "cus_1",
                                    usd(1200),
                                    List.of(
                                            reversal("re_1", Reversal.Kind.REFUND, 300, 0),
                                            reversal("re_2", Reversal.Kind.REFUND, 200, 0),
                                            reversal("re_3", Reversal.Kind.REFUND, 100, 0),
                                            reversal("re_4", Reversal.Kind.REFUND, 50, 50),
                                            reversal("re_5", Reversal.Kind.REFUND, 25, 25),
                                            reversal("dp_1", Reversal.Kind.DISPUTE, 0, 0),
                                            reversal("dp_2", Reversal.Kind.DISPUTE, 400, 0),
                                            reversal("dp_3", Reversal.Kind.DISPUTE, 400, 400),
                                            reversal("dp_4", Reversal.Kind.DISPUTE, 400, 0),
                                            reversal("dp_5", Reversal.Kind.DISPUTE, 1200, 0))),
                            new ProviderReport.Origin(new AttemptId("attempt-1"), null),
                            null,
                            new ProviderReport.Notification("evt_1", type))));
        }
    }

    @Test
    void ignores_refunds_of_unrelated_payments_and_of_payments_that_captured_nothing() {
        assertThat(signed(event("charge.refunded", "{\"id\":\"ch_1\",\"payment_intent\":null}", "")))
                .isInstanceOf(WebhookResult.Ignored.class);
        assertThat(server.requests()).isEmpty();
        answers.put(Wire.FETCH, Response.json(200, Wire.intent("succeeded").replace("autorecharge_", "their_")));
        assertThat(signed(reversalEvent("refund.created"))).isInstanceOf(WebhookResult.Ignored.class);
        answers.put(Wire.FETCH, Response.json(200, Wire.intent("canceled")));
        assertThat(signed(reversalEvent("refund.created"))).isInstanceOf(WebhookResult.Ignored.class);
        assertThat(server.requests()).extracting(RawServer.Request::line).containsOnly(Wire.FETCH);
    }

    @Test
    void throws_so_that_stripe_retries_when_refunds_or_disputes_cannot_be_read_completely() {
        answers.put(Wire.FETCH, Response.json(200, Wire.intent("succeeded")));
        answers.put(REFUNDS, Response.json(200, Wire.EMPTY_LIST));
        assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> signed(reversalEvent("refund.created")));
        answers.put(DISPUTES, Response.json(200, "{\"object\":\"list\",\"data\":[],\"has_more\":true}"));
        assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> signed(reversalEvent("refund.created")));
    }

    private static String reversalEvent(String type) {
        return event(type, "{\"id\":\"re_9\",\"payment_intent\":\"pi_1\",\"amount\":99999}", "");
    }

    private static String refund(String id, long amount, String status) {
        return "{\"id\":\"%s\",\"object\":\"refund\",\"amount\":%d,\"currency\":\"usd\",\"status\":\"%s\"}"
                .formatted(id, amount, status);
    }

    private static String dispute(String id, long amount, String currency, String status, String movements) {
        return ("{\"id\":\"%s\",\"object\":\"dispute\",\"amount\":%d,\"currency\":\"%s\",\"status\":\"%s\","
                        + "\"balance_transactions\":[%s]}")
                .formatted(id, amount, currency, status, movements);
    }

    private static Reversal reversal(String id, Reversal.Kind kind, long taken, long returned) {
        return new Reversal(id, kind, usd(taken), usd(returned));
    }

    private static Money usd(long cents) {
        return Money.ofMinor(cents, "USD");
    }

    @Test
    void passes_over_events_about_objects_that_do_not_exist_for_this_key_and_account() {
        Response missing = Response.json(
                404,
                "{\"error\":{\"type\":\"invalid_request_error\",\"code\":\"resource_missing\",\"param\":\"id\",\"message\":\"No such object\"}}");
        answers.put(Wire.FETCH, missing);
        answers.put(SESSION_PATH, missing);
        for (String type : StripeWebhook.EVENT_TYPES) {
            String body = type.startsWith("checkout.session.")
                    ? event(type, session("complete", "paid", "null"), "")
                    : type.startsWith("payment_intent.") ? intentEvent(type) : reversalEvent(type);
            assertThat(signed(body)).as(type).isInstanceOf(WebhookResult.Ignored.class);
        }
        StripeGateway gateway =
                new StripeGateway(SimulatedStripe.settings(server.url()).build());
        assertThat(gateway.reversalsOf("pi_1")).isEmpty();
    }
}

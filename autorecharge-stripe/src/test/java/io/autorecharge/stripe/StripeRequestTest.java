package io.autorecharge.stripe;

import static io.autorecharge.stripe.Wire.CHARGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.stripe.Stripe;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.CheckoutRequest;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.NotSubmitted.Reason;
import io.autorecharge.stripe.RawServer.Response;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exact bytes of the requests, and the absence of side effects. */
class StripeRequestTest {
    private static final InstallationId OURS = new InstallationId("ours");

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private static Map<String, String> form(String body) {
        Map<String, String> form = new TreeMap<>();
        for (String pair : body.split("&", -1)) {
            String[] it = pair.split("=", 2);
            form.put(
                    URLDecoder.decode(it[0], StandardCharsets.UTF_8), URLDecoder.decode(it[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    private static RawServer answering(Response answer) {
        return new RawServer(request -> answer);
    }

    @Test
    void sends_exactly_the_parameters_of_an_off_session_charge() {
        try (RawServer server = answering(Response.json(200, Wire.intent("succeeded")))) {
            StripeGateway gateway = new StripeGateway(SimulatedStripe.settings(server.url())
                    .statementDescriptorSuffix("CREDITS")
                    .stripeAccount("acct_123")
                    .build());
            assertThat(gateway.charge(Wire.request(false)))
                    .isEqualTo(new Outcome.Paid("pi_1", Money.of("12.00", "USD")));
            RawServer.Request sent = server.requests(CHARGE).get(0);
            assertThat(form(sent.body()))
                    .isEqualTo(Map.ofEntries(
                            Map.entry("amount", "1200"),
                            Map.entry("currency", "usd"),
                            Map.entry("customer", "cus_1"),
                            Map.entry("payment_method", "pm_1"),
                            Map.entry("confirm", "true"),
                            Map.entry("off_session", "true"),
                            Map.entry("automatic_payment_methods[enabled]", "true"),
                            Map.entry("automatic_payment_methods[allow_redirects]", "never"),
                            Map.entry("description", "Auto-recharge: 100 credits"),
                            Map.entry("statement_descriptor_suffix", "CREDITS"),
                            Map.entry("metadata[autorecharge_account]", "alice"),
                            Map.entry("metadata[autorecharge_recharge]", "recharge-1"),
                            Map.entry("metadata[autorecharge_attempt]", "attempt-1")));
            assertThat(sent.headers())
                    .containsEntry("idempotency-key", "attempt-1")
                    .containsEntry("authorization", "Bearer sk_test_simulator")
                    .containsEntry("stripe-account", "acct_123")
                    .containsEntry("content-type", "application/x-www-form-urlencoded;charset=UTF-8")
                    .containsKey("stripe-version");
        }
    }

    @Test
    void a_further_attempt_carries_its_number_and_its_payment_method_and_a_first_one_carries_neither() {
        try (RawServer server = answering(Response.json(200, Wire.intent("succeeded")))) {
            StripeGateway gateway =
                    new StripeGateway(SimulatedStripe.settings(server.url()).build());
            gateway.charge(Wire.request(false));
            gateway.charge(numbered(2));
            gateway.charge(numbered(3));

            List<Map<String, String>> sent =
                    server.requests(CHARGE).stream().map(it -> form(it.body())).toList();
            assertThat(sent.get(0))
                    .doesNotContainKeys("metadata[autorecharge_number]", "metadata[autorecharge_method]");
            Map<String, String> second = new HashMap<>(sent.get(0));
            second.put("metadata[autorecharge_number]", "2");
            second.put("metadata[autorecharge_method]", "pm_1");
            assertThat(sent.get(1)).isEqualTo(second);
            assertThat(sent.get(2)).containsEntry("metadata[autorecharge_number]", "3");
        }
    }

    private static ChargeRequest numbered(int number) {
        ChargeRequest first = Wire.request(false);
        return new ChargeRequest(
                first.account(),
                first.recharge(),
                first.attempt(),
                number,
                first.customerId(),
                first.paymentMethodId(),
                first.amount(),
                first.description(),
                first.firstSentAt(),
                false,
                null,
                null);
    }

    @Test
    void sends_the_same_bytes_when_the_same_attempt_is_sent_again() {
        try (RawServer server = answering(Response.json(503, ""))) {
            StripeGateway gateway =
                    new StripeGateway(SimulatedStripe.settings(server.url()).build());
            gateway.charge(Wire.request(false));
            gateway.charge(Wire.request(true));
            List<RawServer.Request> sent = server.requests(CHARGE);
            assertThat(form(sent.get(1).body())).isEqualTo(form(sent.get(0).body()));
        }
    }

    @Test
    void sends_a_digest_as_key_for_an_id_that_no_header_can_contain() {
        ChargeRequest plain = Wire.request(false);
        ChargeRequest odd = new ChargeRequest(
                plain.account(),
                plain.recharge(),
                new AttemptId("Versuch №1"),
                "cus_1",
                "pm_1",
                plain.amount(),
                plain.description(),
                plain.firstSentAt(),
                false);
        try (RawServer server = answering(Response.json(503, ""))) {
            StripeGateway gateway =
                    new StripeGateway(SimulatedStripe.settings(server.url()).build());
            gateway.charge(odd);
            gateway.charge(odd);
            List<String> keys = server.requests(CHARGE).stream()
                    .map(it -> it.headers().get("idempotency-key"))
                    .toList();
            assertThat(keys).hasSize(2);
            assertThat(keys.get(0)).matches("autorecharge-[0-9a-f]{64}").isEqualTo(keys.get(1));
        }
    }

    @Test
    void sends_nothing_for_an_amount_that_stripe_cannot_represent() {
        ChargeRequest plain = Wire.request(false);
        Function<Boolean, ChargeRequest> odd = inDoubt -> new ChargeRequest(
                plain.account(),
                plain.recharge(),
                plain.attempt(),
                "cus_1",
                "pm_1",
                Money.of("1.001", "KWD"),
                "d",
                plain.firstSentAt(),
                inDoubt);
        try (RawServer server = answering(Response.json(200, Wire.intent("succeeded")))) {
            StripeGateway gateway =
                    new StripeGateway(SimulatedStripe.settings(server.url()).build());
            assertThat(gateway.charge(odd.apply(false))).isInstanceOfSatisfying(Outcome.NotSubmitted.class, it -> {
                assertThat(it.reason()).isEqualTo(Reason.REJECTED);
                assertThat(it.detail()).contains("amount", "KWD 1.001");
            });
            assertThat(gateway.charge(odd.apply(true))).isInstanceOf(Outcome.Unknown.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void looks_up_by_customer_and_time_page_by_page_and_never_uses_search() {
        String first = "{\"object\":\"list\",\"has_more\":true,\"data\":["
                + Wire.intent("pi_9", "succeeded", 1200, "usd", "cus_1", "x", false, "null") + "]}";
        String last = Wire.list(Wire.intent("succeeded"));
        try (RawServer server = new RawServer(
                request -> Response.json(200, request.query().contains("starting_after") ? last : first))) {
            StripeGateway gateway =
                    new StripeGateway(SimulatedStripe.settings(server.url()).build());
            assertThat(gateway.lookUp(Wire.request(true)))
                    .isEqualTo(new LookUp.Found(new Outcome.Paid("pi_1", Money.of("12.00", "USD"))));
            assertThat(server.requests()).extracting(RawServer.Request::line).containsExactly(Wire.LIST, Wire.LIST);
            long notBefore = Wire.request(true)
                    .firstSentAt()
                    .minus(Duration.ofMinutes(10))
                    .getEpochSecond();
            Map<String, String> query = form(server.requests().get(0).query());
            assertThat(query).containsEntry("customer", "cus_1").containsEntry("limit", "100");
            assertThat(Long.parseLong(query.get("created[gte]"))).isLessThanOrEqualTo(notBefore);
            assertThat(form(server.requests().get(1).query())).containsEntry("starting_after", "pi_9");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void writes_no_static_field_of_stripe_java_and_no_telemetry_id(boolean telemetry) throws Exception {
        boolean hosts = Stripe.enableTelemetry;
        Stripe.enableTelemetry = telemetry;
        try (RawServer server = answering(Response.json(200, Wire.intent("succeeded")))) {
            Map<String, Object> before = staticState();
            boolean lookedBefore = lookedForTelemetryFile();
            StripeGateway gateway =
                    new StripeGateway(SimulatedStripe.settings(server.url()).build());
            gateway.charge(Wire.request(false));
            gateway.charge(Wire.request(false));
            gateway.lookUp(Wire.request(true));
            assertThat(server.requests()).hasSize(3).allSatisfy(it -> {
                assertThat(it.headers()).doesNotContainKey("x-stripe-client-user-agent");
                assertThat(it.headers().get("user-agent"))
                        .startsWith("Stripe/v1 JavaBindings/")
                        .doesNotContain("AIAgent");
            });
            assertThat(staticState()).isEqualTo(before);
            assertThat(lookedForTelemetryFile()).isEqualTo(lookedBefore);
        } finally {
            Stripe.enableTelemetry = hosts;
        }
    }

    private static boolean lookedForTelemetryFile() throws ReflectiveOperationException {
        Field loaded = Class.forName("com.stripe.net.TelemetryId").getDeclaredField("loaded");
        loaded.setAccessible(true);
        return loaded.getBoolean(null);
    }

    private static Map<String, Object> staticState() throws IllegalAccessException {
        Map<String, Object> state = new HashMap<>();
        for (Class<?> type : List.of(com.stripe.Stripe.class, com.stripe.net.ApiResource.class)) {
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers())
                        && !Modifier.isFinal(field.getModifiers())
                        && !field.getName().startsWith("$")) {
                    field.setAccessible(true);
                    state.put(type.getSimpleName() + "." + field.getName(), field.get(null));
                }
            }
        }
        assertThat(state).containsKeys("Stripe.apiKey", "Stripe.enableTelemetry");
        return state;
    }

    private static String session(String id, String url, boolean live) {
        return "{\"id\":\"" + id + "\",\"object\":\"checkout.session\",\"livemode\":" + live + ",\"url\":" + url
                + ",\"expires_at\":1772456400,\"status\":\"open\"}";
    }

    private static CheckoutRequest checkout(boolean save) {
        return new CheckoutRequest(
                new AccountId("alice"),
                new CheckoutId("checkout-1"),
                "cus_1",
                100,
                Money.of("12.00", "USD"),
                save,
                NOON);
    }

    @Test
    void creates_a_session_with_the_configured_urls_and_an_expiry_counted_from_the_offer() {
        try (RawServer server = answering(Response.json(200, session("cs_1", "\"https://pay.example/1\"", false)))) {
            StripeSettings settings = SimulatedStripe.settings(server.url())
                    .productName("{credits} Punkte")
                    .build();
            new StripeGateway(settings).createSession(checkout(true));
            RawServer.Request sent =
                    server.requests("POST /v1/checkout/sessions").get(0);
            assertThat(sent.headers()).containsEntry("idempotency-key", "checkout-1");
            assertThat(form(sent.body()))
                    .isEqualTo(Map.ofEntries(
                            Map.entry("mode", "payment"),
                            Map.entry("customer", "cus_1"),
                            Map.entry("client_reference_id", "checkout-1"),
                            Map.entry("line_items[0][quantity]", "1"),
                            Map.entry("line_items[0][price_data][currency]", "usd"),
                            Map.entry("line_items[0][price_data][unit_amount]", "1200"),
                            Map.entry("line_items[0][price_data][product_data][name]", "100 Punkte"),
                            Map.entry("metadata[autorecharge_account]", "alice"),
                            Map.entry("metadata[autorecharge_checkout]", "checkout-1"),
                            Map.entry("metadata[autorecharge_credits]", "100"),
                            Map.entry("metadata[autorecharge_enables]", "false"),
                            Map.entry("payment_intent_data[metadata][autorecharge_account]", "alice"),
                            Map.entry("payment_intent_data[metadata][autorecharge_credits]", "100"),
                            Map.entry("payment_intent_data[metadata][autorecharge_enables]", "false"),
                            Map.entry("payment_intent_data[metadata][autorecharge_checkout]", "checkout-1"),
                            Map.entry("payment_intent_data[description]", "100 Punkte"),
                            Map.entry("payment_intent_data[setup_future_usage]", "off_session"),
                            Map.entry("custom_text[submit][message]", StripeSettings.DEFAULT_SAVING_NOTICE),
                            Map.entry("success_url", "http://localhost:8080/credits?session={CHECKOUT_SESSION_ID}"),
                            Map.entry("cancel_url", "http://localhost:8080/credits"),
                            Map.entry(
                                    "expires_at",
                                    Long.toString(NOON.plus(Duration.ofHours(1)).getEpochSecond()))));
        }
    }

    @Test
    void offers_only_types_that_can_be_charged_later_where_the_method_is_saved() {
        try (RawServer server = answering(Response.json(200, session("cs_1", "\"https://pay.example/1\"", false)))) {
            StripeGateway usual =
                    new StripeGateway(SimulatedStripe.settings(server.url()).build());
            StripeGateway cardsOnly = new StripeGateway(SimulatedStripe.settings(server.url())
                    .savedMethodTypes(List.of("card"))
                    .build());
            usual.createSession(ofInstallation(true));
            cardsOnly.createSession(ofInstallation(true));
            usual.createSession(ofInstallation(false));
            usual.createSession(checkout(true));

            Map<String, String> first = form(server.requests().get(0).body());
            assertThat(first.values())
                    .contains("klarna", "ideal", "bancontact", "affirm", "paypal", "customer_balance")
                    .doesNotContain("card", "sepa_debit", "us_bank_account");
            assertThat(first).doesNotContainKey("wallet_options[link][display]");
            assertThat(form(server.requests().get(1).body()))
                    .containsValues("sepa_debit", "us_bank_account")
                    .containsEntry("wallet_options[link][display]", "never");
            assertThat(server.requests().get(2).body())
                    .as("a purchase that saves nothing")
                    .doesNotContain("excluded", "wallet_options");
            assertThat(server.requests().get(3).body())
                    .as("the parameters of a session from before installations had ids never change")
                    .doesNotContain("excluded", "wallet_options");
        }
    }

    private static CheckoutRequest ofInstallation(boolean saveMethod) {
        CheckoutRequest request = checkout(saveMethod);
        return new CheckoutRequest(
                request.account(),
                request.checkout(),
                request.customerId(),
                request.terms(),
                request.price(),
                request.saveMethod(),
                request.offeredAt(),
                OURS);
    }

    @Test
    void does_not_save_a_payment_method_unless_requested() {
        try (RawServer server = answering(Response.json(200, session("cs_1", "\"https://pay.example/1\"", false)))) {
            new StripeGateway(SimulatedStripe.settings(server.url()).build()).createSession(checkout(false));
            assertThat(server.requests().get(0).body()).doesNotContain("setup_future_usage", "custom_text");
        }
    }

    private static String paidWith(String method) {
        return "{\"id\":\"cs_1\",\"object\":\"checkout.session\",\"livemode\":false,\"status\":\"complete\","
                + "\"payment_status\":\"paid\",\"customer\":\"cus_1\",\"payment_intent\":{\"id\":\"pi_1\","
                + "\"object\":\"payment_intent\",\"status\":\"succeeded\",\"amount_received\":1200,\"currency\":\"usd\","
                + "\"setup_future_usage\":\"off_session\",\"customer\":\"cus_1\",\"payment_method\":{"
                + method + "}}}";
    }

    private static CheckoutOutcome.Paid lookUpPaidWith(String method) {
        try (RawServer server = answering(Response.json(200, paidWith(method)))) {
            StripeGateway gateway =
                    new StripeGateway(SimulatedStripe.settings(server.url()).build());
            return (CheckoutOutcome.Paid) gateway.lookUp("cs_1");
        }
    }

    private static String card(String fields) {
        return "\"id\":\"pm_1\",\"object\":\"payment_method\",\"type\":\"card\",\"customer\":\"cus_1\",\"card\":{"
                + fields + "}";
    }

    @Test
    void saves_a_card_only_if_it_is_attached_to_the_customer_of_the_session() {
        for (String attachedTo : List.of("\"cus_1\"", "\"cus_2\"", "null")) {
            CheckoutOutcome.Paid paid =
                    lookUpPaidWith("\"id\":\"pm_1\",\"object\":\"payment_method\",\"type\":\"card\","
                            + "\"customer\":" + attachedTo
                            + ",\"card\":{\"brand\":\"visa\",\"last4\":\"4242\",\"fingerprint\":\"fp\"}");

            assertThat(paid.savedMethod() != null)
                    .as("the card's customer is " + attachedTo)
                    .isEqualTo(attachedTo.equals("\"cus_1\""));
        }
    }

    @Test
    void a_card_is_saved_with_its_type_and_expiry() {
        assertThat(lookUpPaidWith(card("\"brand\":\"visa\",\"last4\":\"4242\",\"fingerprint\":\"fp\","
                                + "\"exp_month\":7,\"exp_year\":2031"))
                        .savedMethod())
                .isEqualTo(new PaymentMethod("cus_1", "pm_1", "visa", "4242", "fp", "card", YearMonth.of(2031, 7)));
    }

    @Test
    void an_expiry_that_is_missing_or_cannot_be_true_is_unknown_and_the_payment_counts() {
        for (String expiry : List.of(
                "",
                ",\"exp_month\":7",
                ",\"exp_year\":2031",
                ",\"exp_month\":null,\"exp_year\":null",
                ",\"exp_month\":0,\"exp_year\":2031",
                ",\"exp_month\":13,\"exp_year\":2031",
                ",\"exp_month\":-1,\"exp_year\":2031",
                ",\"exp_month\":7,\"exp_year\":31",
                ",\"exp_month\":7,\"exp_year\":0",
                ",\"exp_month\":7,\"exp_year\":99999",
                ",\"exp_month\":7,\"exp_year\":9223372036854775807")) {
            CheckoutOutcome.Paid paid = lookUpPaidWith(card("\"last4\":\"4242\"" + expiry));

            assertThat(paid.amount()).as(expiry).isEqualTo(Money.of("12.00", "USD"));
            assertThat(paid.savedMethod())
                    .as(expiry)
                    .isEqualTo(new PaymentMethod("cus_1", "pm_1", null, "4242", null, "card", null));
        }
    }

    @Test
    void details_of_a_card_that_cannot_be_stored_are_unknown_and_the_payment_counts() {
        String longText = "x".repeat(256);

        assertThat(lookUpPaidWith(card("\"brand\":\"" + longText + "\",\"last4\":\" \",\"fingerprint\":\"" + longText
                                + "\",\"exp_month\":7,\"exp_year\":2031"))
                        .savedMethod())
                .isEqualTo(new PaymentMethod("cus_1", "pm_1", null, null, null, "card", YearMonth.of(2031, 7)));
        CheckoutOutcome.Paid paid =
                lookUpPaidWith(card("\"brand\":\"visa\"").replace("\"pm_1\"", "\"" + longText + "\""));
        assertThat(paid.amount()).isEqualTo(Money.of("12.00", "USD"));
        assertThat(paid.savedMethod()).isNull();
    }

    @Test
    void a_link_wallet_and_a_bank_account_have_no_expiry() {
        assertThat(lookUpPaidWith(
                                "\"id\":\"pm_1\",\"object\":\"payment_method\",\"type\":\"link\",\"customer\":\"cus_1\","
                                        + "\"link\":{\"email\":\"a@example.org\"}")
                        .savedMethod())
                .isEqualTo(new PaymentMethod("cus_1", "pm_1", "link", null, null, "link", null));
        assertThat(lookUpPaidWith(
                                "\"id\":\"pm_1\",\"object\":\"payment_method\",\"type\":\"sepa_debit\",\"customer\":\"cus_1\","
                                        + "\"sepa_debit\":{\"last4\":\"3000\",\"fingerprint\":\"fp\"}")
                        .savedMethod())
                .isEqualTo(new PaymentMethod("cus_1", "pm_1", "sepa_debit", "3000", null, "sepa_debit", null));
    }

    @Test
    void rejects_a_session_without_a_url_or_of_the_other_mode() {
        for (String answer :
                List.of(session("cs_1", "null", false), session("cs_1", "\"https://pay.example/1\"", true), "{}", "")) {
            try (RawServer server = answering(Response.json(200, answer))) {
                StripeGateway gateway =
                        new StripeGateway(SimulatedStripe.settings(server.url()).build());
                assertThatExceptionOfType(GatewayException.class)
                        .as(answer)
                        .isThrownBy(() -> gateway.createSession(checkout(true)));
            }
        }
    }

    @Test
    void waits_for_the_first_call_with_the_same_key_but_not_forever() {
        List<Duration> waits = new ArrayList<>();
        String busy = Wire.error("invalid_request_error", "\"code\":\"idempotency_key_in_use\"");
        try (RawServer server = answering(Response.json(409, busy))) {
            StripeGateway gateway =
                    new StripeGateway(SimulatedStripe.settings(server.url()).build(), waits::add);
            assertThatExceptionOfType(GatewayException.class)
                    .isThrownBy(() -> gateway.createCustomer(new AccountId("alice"), OURS, null));
            assertThat(server.requests()).hasSize(7);
            assertThat(waits).hasSize(6);
            assertThat(waits.stream().reduce(Duration.ZERO, Duration::plus)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void creates_the_customer_with_a_second_key_when_a_failure_is_stored_under_the_first() {
        String customer = "{\"id\":\"cus_7\",\"object\":\"customer\"}";
        try (RawServer server = new RawServer(
                request -> request.headers().get("idempotency-key").endsWith("-1")
                        ? Response.json(200, customer)
                        : Response.json(500, Wire.error("api_error", "")))) {
            StripeGateway gateway =
                    new StripeGateway(SimulatedStripe.settings(server.url()).build());
            assertThat(gateway.createCustomer(new AccountId("alice"), OURS, null))
                    .isEqualTo("cus_7");
            assertThat(server.requests().stream()
                            .map(it -> it.headers().get("idempotency-key"))
                            .distinct())
                    .hasSize(2);
        }
    }

    @Test
    void does_not_send_the_email_address_under_the_idempotency_key() {
        String customer = "{\"id\":\"cus_7\",\"object\":\"customer\"}";
        try (RawServer server = answering(Response.json(200, customer))) {
            StripeGateway gateway =
                    new StripeGateway(SimulatedStripe.settings(server.url()).build());
            gateway.createCustomer(new AccountId("alice"), OURS, "a@example.org");
            assertThat(form(server.requests("POST /v1/customers").get(0).body()))
                    .isEqualTo(Map.of(
                            "metadata[autorecharge_account]", "alice", "metadata[autorecharge_installation]", "ours"));
            assertThat(form(server.requests("POST /v1/customers/cus_7").get(0).body()))
                    .isEqualTo(Map.of("email", "a@example.org"));
        }
    }
}

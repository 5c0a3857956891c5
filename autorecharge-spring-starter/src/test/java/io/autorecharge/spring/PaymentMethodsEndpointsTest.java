package io.autorecharge.spring;

import static io.autorecharge.spring.EndpointsTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autorecharge.AutoRecharge;
import io.autorecharge.account.MethodPlace;
import io.autorecharge.account.MethodStop;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.SetupRequest;
import io.autorecharge.spring.web.AccountResolver;
import io.autorecharge.store.RechargeStore;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The list of saved payment methods over HTTP. */
class PaymentMethodsEndpointsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CUSTOMER = "cus_1";
    private static final String JSON_TYPE = "application/json";
    private static final PaymentMethod VISA =
            new PaymentMethod(CUSTOMER, "pm_1", "visa", "4242", "print-1", "card", YearMonth.of(2099, 3));
    private static final PaymentMethod MASTERCARD =
            new PaymentMethod(CUSTOMER, "pm_2", "mastercard", "4444", "print-2", "card", YearMonth.of(2020, 12));
    private static final PaymentMethod DEBIT =
            new PaymentMethod(CUSTOMER, "pm_3", null, "3000", "print-3", "sepa_debit", null);

    @Configuration(proxyBeanMethods = false)
    @Import(HostApp.class)
    static class App {
        @Bean
        FakeShop shop() {
            return new FakeShop();
        }

        /** Every login has an account of its own in each test. */
        @Bean
        AccountResolver accounts() {
            return principal -> AccountId.of(principal.getName() + run);
        }
    }

    private static volatile String run = "";
    private static RunningApp app;

    @BeforeAll
    static void start() {
        app = RunningApp.start(App.class);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @BeforeEach
    void freshAccounts() {
        run = "-" + UUID.randomUUID();
    }

    @Test
    void an_account_without_a_payment_method_has_an_empty_list() {
        HttpResponse<String> answer = app.get("alice", Endpoints.METHODS);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue(JSON_TYPE);
        assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(answer.body()).isEqualTo("{\"payment_methods\":[]}");
    }

    @Test
    void the_list_names_each_method_its_place_and_its_state() {
        saved(VISA, MASTERCARD, DEBIT);

        assertThat(app.get("alice", Endpoints.METHODS).body())
                .isEqualTo("{\"payment_methods\":["
                        + "{\"id\":\"pm_1\",\"type\":\"card\",\"brand\":\"visa\",\"last4\":\"4242\",\"expiry\":\"2099-03\","
                        + "\"primary\":true,\"state\":\"usable\",\"reason\":null,\"since\":null,\"next_try\":null},"
                        + "{\"id\":\"pm_2\",\"type\":\"card\",\"brand\":\"mastercard\",\"last4\":\"4444\",\"expiry\":\"2020-12\","
                        + "\"primary\":false,\"state\":\"expired\",\"reason\":null,\"since\":null,\"next_try\":null},"
                        + "{\"id\":\"pm_3\",\"type\":\"sepa_debit\",\"brand\":null,\"last4\":\"3000\",\"expiry\":null,"
                        + "\"primary\":false,\"state\":\"usable\",\"reason\":null,\"since\":null,\"next_try\":null}]}");
    }

    @Test
    void a_method_that_is_passed_over_says_why_and_until_when() throws Exception {
        Instant since = Instant.parse("2026-01-02T03:04:05Z");
        Instant retry = Instant.parse("2096-01-02T03:04:05Z");
        saved(VISA, MASTERCARD, DEBIT);
        change(it -> it.with(it.find("pm_1").orElseThrow().failed(1, retry, null))
                .with(it.find("pm_3")
                        .orElseThrow()
                        .failed(1, null, new MethodStop(Suspension.Reason.HARD_DECLINE, since))));

        JsonNode methods = methods(app.get("alice", Endpoints.METHODS));

        assertThat(methods.get(0).toString())
                .endsWith("\"state\":\"waiting\",\"reason\":\"charge_failed\",\"since\":null,"
                        + "\"next_try\":\"2096-01-02T03:04:05Z\"}");
        assertThat(methods.get(2).toString())
                .endsWith("\"state\":\"stopped\",\"reason\":\"hard_decline\",\"since\":\"2026-01-02T03:04:05Z\","
                        + "\"next_try\":null}");
    }

    @Test
    void a_wait_that_is_over_is_not_shown() throws Exception {
        saved(VISA, DEBIT);
        change(it -> it.with(it.find("pm_1").orElseThrow().failed(1, Instant.EPOCH, null)));

        assertThat(methods(app.get("alice", Endpoints.METHODS))
                        .get(0)
                        .get("state")
                        .textValue())
                .isEqualTo("usable");
    }

    @Test
    void nothing_tells_the_customer_or_the_fingerprint() {
        saved(VISA, DEBIT);

        assertThat(app.get("alice", Endpoints.METHODS).body()).doesNotContain(CUSTOMER, "print-");
    }

    @Test
    void a_backup_becomes_the_primary_method() throws Exception {
        saved(VISA, MASTERCARD, DEBIT);

        HttpResponse<String> answer = app.post("alice", Endpoints.primary("pm_3"), "{}");

        assertThat(ids(answer)).containsExactly("pm_3", "pm_1", "pm_2");
        assertThat(ids(app.get("alice", Endpoints.METHODS))).containsExactly("pm_3", "pm_1", "pm_2");
        assertThat(app.get("alice", Endpoints.SETTINGS).body()).contains("\"last4\":\"3000\"");
        assertThat(ids(app.post("alice", Endpoints.primary("pm_3"), "{}"))).containsExactly("pm_3", "pm_1", "pm_2");
    }

    @Test
    void a_method_is_removed_and_the_first_backup_takes_its_place() throws Exception {
        saved(VISA, MASTERCARD);

        assertThat(ids(delete("alice", "pm_1"))).containsExactly("pm_2");
        assertProblem(delete("alice", "pm_1"), 404, "id");
        assertThat(ids(delete("alice", "pm_2"))).isEmpty();
        assertThat(app.get("alice", Endpoints.SETTINGS).body()).contains("\"payment_method\":null");
    }

    @Test
    void the_order_is_changed_as_a_whole() throws Exception {
        saved(VISA, MASTERCARD, DEBIT);

        assertThat(ids(order("[\"pm_2\",\"pm_3\",\"pm_1\"]"))).containsExactly("pm_2", "pm_3", "pm_1");
        assertThat(ids(app.get("alice", Endpoints.METHODS))).containsExactly("pm_2", "pm_3", "pm_1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[\"pm_1\"]",
                "[\"pm_1\",\"pm_1\"]",
                "[\"pm_1\",\"pm_2\",\"pm_2\"]",
                "[\"pm_1\",\"pm_9\"]",
                "[\"pm_1\",\"pm_2\",\"pm_9\"]",
                "[\"pm_1\",\" pm_2\"]",
                "[\"pm_1\",\"\\u0000\"]",
                "[\"pm_1\",2]",
                "[\"pm_1\",null]",
                "[\"pm_1\",[\"pm_2\"]]",
                "[\"pm_1\",{\"id\":\"pm_2\"}]",
                "[\"pm_1\" \"pm_2\"]",
                "[\"pm_1\",\"pm_2\"",
                "\"pm_1\"",
                "{\"0\":\"pm_1\"}",
                "null",
                "true",
                "[\"pm_1\",\"pm_2\"],\"ids\":[\"pm_2\",\"pm_1\"]"
            })
    void an_order_that_does_not_name_each_method_once_is_refused(String ids) throws Exception {
        saved(VISA, MASTERCARD);

        assertProblem(order(ids), 400, "ids");
        assertThat(ids(app.get("alice", Endpoints.METHODS))).containsExactly("pm_1", "pm_2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|ids",
                "{\"ids\":[\"pm_1\"],\"primary\":\"pm_1\"}|primary",
                "{\"Ids\":[\"pm_1\"]}|Ids",
                "[\"pm_1\"]|body",
                "{|body",
                "null|body",
                "{\"ids\":[\"pm_1\"]}{}|body"
            })
    void any_other_body_of_an_order_is_refused(String body, String field) throws Exception {
        saved(VISA);

        assertProblem(put(body), 400, field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pm_9", "PM_1", "pm_1%20", "%00", "%25", "cus_1", "..."})
    void an_unknown_id_is_not_found(String id) throws Exception {
        saved(VISA);

        for (HttpResponse<String> answer :
                List.of(delete("alice", id), app.post("alice", Endpoints.primary(id), "{}"))) {
            // Addresses that the container or Spring Security refuses do not arrive here.
            assertThat(answer.statusCode()).as(answer.body()).isIn(400, 404);
            if (answer.statusCode() == 404) {
                assertProblem(answer, 404, "id");
            }
        }
        assertThat(ids(app.get("alice", Endpoints.METHODS))).containsExactly("pm_1");
    }

    @Test
    void a_long_id_is_shown_shortened() throws Exception {
        HttpResponse<String> answer = delete("alice", "x".repeat(3_000));

        assertProblem(answer, 404, "id");
        assertThat(answer.body()).contains("'" + "x".repeat(40) + "…'").hasSizeLessThan(300);
    }

    @Test
    void a_request_without_a_login_is_refused() throws Exception {
        assertProblem(app.get(null, Endpoints.METHODS), 401, null);
        assertProblem(delete(null, "pm_1"), 401, null);
        assertProblem(app.post(null, Endpoints.primary("pm_1"), "{}"), 401, null);
        assertProblem(
                app.send("POST", null, Endpoints.METHODS_SETUP, JSON_TYPE, BodyPublishers.ofString("{}")), 401, null);
        assertProblem(
                app.send("PUT", null, Endpoints.METHODS_ORDER, JSON_TYPE, BodyPublishers.ofString("{\"ids\":[]}")),
                401,
                null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/credits/payment-methods|POST PUT PATCH DELETE|GET, HEAD",
                "/api/credits/payment-methods/setup|GET PUT PATCH DELETE|POST",
                "/api/credits/payment-methods/order|GET POST PATCH DELETE|PUT",
                "/api/credits/payment-methods/pm_1|GET POST PUT PATCH|DELETE",
                "/api/credits/payment-methods/pm_1/primary|GET PUT PATCH DELETE|POST"
            })
    void other_methods_are_refused_and_the_right_ones_named(String path, String methods, String allow)
            throws Exception {
        saved(VISA, MASTERCARD);

        for (String method : methods.split(" ")) {
            HttpResponse<String> answer =
                    app.send(method, "alice", path, JSON_TYPE, BodyPublishers.ofString("{\"id\":\"pm_9\"}"));
            assertProblem(answer, 405, null);
            assertThat(answer.headers().firstValue("Allow")).as(method).hasValue(allow);
        }
        assertThat(ids(app.get("alice", Endpoints.METHODS))).containsExactly("pm_1", "pm_2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/pm_1/", "/pm_1/other", "/pm_1/primary/", "/pm_1/primary/x", "/setup/x", "/setup/", "s"})
    void there_is_nothing_below_these_paths(String rest) {
        saved(VISA);

        for (String method : new String[] {"GET", "POST", "PUT", "DELETE"}) {
            HttpResponse<String> answer =
                    app.send(method, "alice", Endpoints.METHODS + rest, JSON_TYPE, BodyPublishers.ofString("{}"));
            assertThat(answer.statusCode()).as(method).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "garbage"})
    void only_json_is_taken(String type) throws Exception {
        saved(VISA, MASTERCARD);

        assertProblem(
                app.send("POST", "alice", Endpoints.primary("pm_2"), type, BodyPublishers.ofString("{}")), 415, null);
        assertProblem(
                app.send("PUT", "alice", Endpoints.METHODS_ORDER, type, BodyPublishers.ofString("{\"ids\":[]}")),
                415,
                null);
        assertProblem(
                app.send("POST", "alice", Endpoints.METHODS_SETUP, type, BodyPublishers.ofString("{}")), 415, null);
        assertProblem(
                app.send("DELETE", "alice", Endpoints.method("pm_1"), type, BodyPublishers.ofString("{}")), 415, null);
        assertProblem(app.send("DELETE", "alice", Endpoints.method("pm_1"), type, BodyPublishers.noBody()), 415, null);
        assertThat(ids(app.get("alice", Endpoints.METHODS))).containsExactly("pm_1", "pm_2");
    }

    @Test
    void a_body_without_a_content_type_is_refused() throws Exception {
        assertProblem(
                app.send("POST", "alice", Endpoints.primary("pm_2"), null, BodyPublishers.ofString("{}")), 415, null);
        assertProblem(
                app.send("DELETE", "alice", Endpoints.method("pm_2"), null, BodyPublishers.ofString("{}")), 415, null);
    }

    @Test
    void a_removal_says_nothing_but_what_is_removed() throws Exception {
        saved(VISA, MASTERCARD, DEBIT);

        assertProblem(
                app.send(
                        "DELETE",
                        "alice",
                        Endpoints.method("pm_1"),
                        JSON_TYPE,
                        BodyPublishers.ofString("{\"account\":\"bob\"}")),
                400,
                "account");
        assertThat(ids(app.send("DELETE", "alice", Endpoints.method("pm_1"), JSON_TYPE, BodyPublishers.ofString("{}"))))
                .containsExactly("pm_2", "pm_3");
        assertThat(ids(app.send("DELETE", "alice", Endpoints.method("pm_2"), JSON_TYPE, BodyPublishers.noBody())))
                .containsExactly("pm_3");
    }

    @Test
    void a_body_that_is_too_large_is_refused_whatever_length_it_claims() throws Exception {
        String large = "{\"ids\":[\"" + "x".repeat(20_000) + "\"]}";
        for (String[] call : new String[][] {
            {"PUT", Endpoints.METHODS_ORDER},
            {"DELETE", Endpoints.method("pm_1")},
            {"POST", Endpoints.primary("pm_1")},
            {"POST", Endpoints.METHODS_SETUP}
        }) {
            assertProblem(app.send(call[0], "alice", call[1], JSON_TYPE, BodyPublishers.ofString(large)), 413, "body");
            assertProblem(
                    app.send(
                            call[0],
                            "alice",
                            call[1],
                            JSON_TYPE,
                            BodyPublishers.ofInputStream(
                                    () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8)))),
                    413,
                    "body");
        }
    }

    @Test
    void no_request_adds_a_method() throws Exception {
        saved(VISA);
        String added = "{\"id\":\"pm_9\",\"payment_method_id\":\"pm_9\",\"payment_method\":\"pm_9\"}";

        assertProblem(app.post("alice", Endpoints.METHODS, added), 405, null);
        assertProblem(order("[\"pm_1\",\"pm_9\"]"), 400, "ids");
        assertProblem(app.post("alice", Endpoints.primary("pm_1"), added), 400, "id");
        assertThat(ids(app.get("alice", Endpoints.METHODS))).containsExactly("pm_1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{}|BACKUP", "{\"primary\":false}|BACKUP", "{\"primary\":true}|PRIMARY"})
    void a_checkout_that_adds_a_method_is_opened_at_the_place_that_was_asked_for(String body, MethodPlace place)
            throws Exception {
        saved(VISA);

        HttpResponse<String> answer = app.post("alice", Endpoints.METHODS_SETUP, body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<SetupRequest> asked = app.bean(FakeShop.class).setups;
        SetupRequest last = asked.get(asked.size() - 1);
        assertThat(last.account()).isEqualTo(AccountId.of("alice" + run));
        assertThat(last.customerId()).isEqualTo(CUSTOMER + run);
        assertThat(last.place()).isEqualTo(place);
        JsonNode json = JSON.readTree(answer.body());
        assertThat(json.get("url").textValue()).startsWith("https://pay.example/");
        assertThat(json.fieldNames()).toIterable().containsExactly("url", "session_id", "expires_at");
        assertThat(ids(app.get("alice", Endpoints.METHODS))).containsExactly("pm_1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"primary\":\"true\"}|primary",
                "{\"primary\":1}|primary",
                "{\"customer\":\"cus_9\"}|customer",
                "{\"payment_method\":\"pm_9\"}|payment_method",
                "[]|body",
                "{|body"
            })
    void any_other_body_of_such_a_checkout_is_refused(String body, String field) throws Exception {
        int before = app.bean(FakeShop.class).setups.size();

        assertProblem(app.post("alice", Endpoints.METHODS_SETUP, body), 400, field);
        assertThat(app.bean(FakeShop.class).setups).hasSize(before);
    }

    @Test
    void a_full_list_takes_no_more() throws Exception {
        for (int i = 0; i < PaymentMethods.MAX; i++) {
            saved(new PaymentMethod(CUSTOMER, "pm_n" + i, "visa", "4242", "print-n" + i));
        }

        assertProblem(app.post("alice", Endpoints.METHODS_SETUP, "{}"), 409, null);
    }

    private static void saved(PaymentMethod... methods) {
        AccountId alice = AccountId.of("alice" + run);
        app.bean(RechargeStore.class).inTransaction(alice, tx -> {
            tx.saveCustomer(CUSTOMER + run);
            return true;
        });
        for (PaymentMethod method : methods) {
            app.bean(AutoRecharge.class).addPaymentMethod(alice, method.withCustomer(CUSTOMER + run));
        }
    }

    private static void change(UnaryOperator<PaymentMethods> by) {
        app.bean(RechargeStore.class).inTransaction(AccountId.of("alice" + run), tx -> {
            tx.save(by.apply(tx.methods()));
            return true;
        });
    }

    private static HttpResponse<String> delete(String user, String id) {
        return app.send("DELETE", user, Endpoints.method(id), null, BodyPublishers.noBody());
    }

    private static HttpResponse<String> order(String ids) {
        return put("{\"ids\":" + ids + "}");
    }

    private static HttpResponse<String> put(String body) {
        return app.send("PUT", "alice", Endpoints.METHODS_ORDER, JSON_TYPE, BodyPublishers.ofString(body));
    }

    private static JsonNode methods(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).get("payment_methods");
    }

    private static List<String> ids(HttpResponse<String> answer) throws Exception {
        return methods(answer).findValuesAsText("id");
    }
}

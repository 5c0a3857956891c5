package io.autorecharge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autorecharge.AutoRecharge;
import io.autorecharge.account.Consent;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.Money;
import io.autorecharge.spring.web.AccountResolver;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.testkit.InMemoryStore;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

class EndpointsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Configuration(proxyBeanMethods = false)
    @Import(HostApp.class)
    static class App {
        @Bean
        FakeShop shop() {
            return new FakeShop();
        }

        @Bean
        InMemoryStore store() {
            return new InMemoryStore();
        }

        /** Every login has an account of its own in each test. */
        @Bean
        AccountResolver accounts() {
            return principal -> principal.getName().isBlank() ? null : AccountId.of(principal.getName() + run);
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
    void an_account_that_was_never_configured_answers_with_the_seeds_defaults() {
        HttpResponse<String> answer = app.get("alice", Endpoints.SETTINGS);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(answer.body().replaceAll("\"resets_at\":\"[^\"]+Z\"", "\"resets_at\":\"T\""))
                .isEqualTo("{\"enabled\":false,\"credits\":null,\"threshold\":10.0,\"balance\":0.0,\"state\":\"off\","
                        + "\"reason\":null,\"next_try\":null,\"missing\":[],\"payment_method\":null,\"consent\":null,"
                        + "\"consent_version\":\"1\",\"consent_text\":null,\"recharge_max\":null,\"price_change\":null,\"packages\":[{\"credits\":50,\"price\":\"5.00\",\"currency\":\"USD\"},"
                        + "{\"credits\":100,\"price\":\"9.00\",\"currency\":\"USD\"},{\"credits\":250,\"price\":\"20.00\","
                        + "\"currency\":\"USD\"},{\"credits\":500,\"price\":\"35.00\",\"currency\":\"USD\"}],"
                        + "\"monthly_limit\":null,\"spending\":{\"currency\":\"USD\","
                        + "\"month\":{\"recharges\":0,\"spent\":\"0.00\",\"limit\":null,\"resets_at\":\"T\"},"
                        + "\"day\":{\"recharges\":0,\"spent\":\"0.00\",\"limit\":null,\"resets_at\":\"T\"}},"
                        + "\"charge_now\":null,\"to_confirm\":null}");
    }

    @Test
    void a_user_sets_a_monthly_limit_keeps_it_by_leaving_it_out_and_removes_it_with_null() throws Exception {
        String on = "{\"enabled\":true,\"credits\":100,\"threshold\":10.0,\"monthly_limit\":";

        assertThat(limitAfter(on + "\"50.00\"}")).isEqualTo("\"50.00\"");
        assertThat(limitAfter("{\"enabled\":true,\"threshold\":11}")).isEqualTo("\"50.00\"");
        assertThat(limitAfter("{\"enabled\":false}")).isEqualTo("\"50.00\"");
        assertThat(limitAfter(on + "12.5}")).isEqualTo("\"12.50\"");
        JsonNode stored = JSON.readTree(app.get("alice", Endpoints.SETTINGS).body());
        assertThat(stored.get("spending").get("month").get("limit").textValue()).isEqualTo("12.50");
        assertThat(limitAfter(on + "null}")).isEqualTo("null");
    }

    private static String limitAfter(String body) throws Exception {
        HttpResponse<String> answer = app.post("alice", Endpoints.SETTINGS, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).get("monthly_limit").toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "\"8.99\"",
                "0",
                "-1",
                "\"\"",
                "\"ten\"",
                "\"9.001\"",
                "1e999999999",
                "\"1e999999999\"",
                "true",
                "[]",
                "{}",
                "\"92233720368547758.08\""
            })
    void a_monthly_limit_that_could_not_work_is_refused_with_its_field(String limit) throws Exception {
        for (String more : new String[] {"", ",\"preview\":true"}) {
            HttpResponse<String> answer = app.post(
                    "alice",
                    Endpoints.SETTINGS,
                    "{\"enabled\":true,\"credits\":100,\"threshold\":10.0,\"monthly_limit\":" + limit + more + "}");

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            JsonNode problem = JSON.readTree(answer.body());
            assertThat(problem.get("field").textValue()).isEqualTo("monthly_limit");
            assertThat(problem.get("detail").textValue()).startsWith("monthly_limit ");
        }
        assertThat(JSON.readTree(app.get("alice", Endpoints.SETTINGS).body())
                        .get("enabled")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void enabling_without_a_saved_method_is_stored_and_says_what_is_missing() throws Exception {
        HttpResponse<String> answer =
                app.post("alice", Endpoints.SETTINGS, "{\"enabled\":true,\"credits\":100,\"threshold\":10.0}");

        assertThat(answer.body()).startsWith("{\"enabled\":true,\"credits\":100,\"threshold\":10.0,");
        JsonNode stored = JSON.readTree(app.get("alice", Endpoints.SETTINGS).body());
        assertThat(stored.get("enabled").booleanValue()).isTrue();
        assertThat(stored.get("state").textValue()).isEqualTo("incomplete");
        assertThat(stored.get("missing").toString()).isEqualTo("[\"no_payment_method\"]");
        assertThat(stored.get("consent").get("version").textValue()).isEqualTo("1");
        assertThat(stored.get("consent").get("at").textValue()).matches("20.*Z");
    }

    @Test
    void what_get_answers_can_be_posted_back() {
        app.bean(AutoRecharge.class)
                .grant(new Grant(account("alice"), Credits.of(100), Category.PAID, "gift", "Welcome"));
        app.post("alice", Endpoints.SETTINGS, "{\"enabled\":true,\"credits\":250,\"threshold\":12.5}");
        giveCard("alice");
        String got = app.get("alice", Endpoints.SETTINGS).body();

        HttpResponse<String> answer = app.post("alice", Endpoints.SETTINGS, got);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(got).contains("\"payment_method\":{\"brand\":\"visa\",\"last4\":\"4242\"}");
    }

    @Test
    void a_field_that_is_left_out_keeps_its_value() {
        app.post("alice", Endpoints.SETTINGS, "{\"enabled\":true,\"credits\":250,\"threshold\":12.25}");

        assertThat(app.post("alice", Endpoints.SETTINGS, "{\"enabled\":false}").body())
                .startsWith("{\"enabled\":false,\"credits\":250,\"threshold\":12.25,");
        assertThat(app.post("alice", Endpoints.SETTINGS, "{\"enabled\":false,\"credits\":null}")
                        .body())
                .startsWith("{\"enabled\":false,\"credits\":null,\"threshold\":12.25,");
    }

    @Test
    void switching_off_works_when_the_chosen_package_is_not_on_sale_any_more() {
        app.bean(RechargeStore.class).inTransaction(account("alice"), tx -> {
            tx.save(new io.autorecharge.account.Settings(true, 77, Credits.of(10)));
            return true;
        });

        assertThat(app.post("alice", Endpoints.SETTINGS, "{\"enabled\":true}").statusCode())
                .isEqualTo(400);
        assertThat(app.post("alice", Endpoints.SETTINGS, "{\"enabled\":false,\"credits\":77,\"threshold\":10.0}")
                        .body())
                .startsWith("{\"enabled\":false,\"credits\":null,");
    }

    @Test
    void a_threshold_is_written_as_a_plain_decimal_with_a_place() {
        assertThat(app.post("alice", Endpoints.SETTINGS, "{\"enabled\":false,\"threshold\":1000}")
                        .body())
                .startsWith("{\"enabled\":false,\"credits\":null,\"threshold\":1000.0,");
        assertThat(app.post("alice", Endpoints.SETTINGS, "{\"enabled\":false,\"threshold\":0.000001}")
                        .body())
                .startsWith("{\"enabled\":false,\"credits\":null,\"threshold\":0.000001,");
        assertThat(app.post("alice", Endpoints.SETTINGS, "{\"enabled\":false,\"threshold\":-0.0}")
                        .body())
                .startsWith("{\"enabled\":false,\"credits\":null,\"threshold\":0.0,");
    }

    @Test
    void a_page_that_shows_an_older_consent_text_is_refused() throws Exception {
        HttpResponse<String> answer =
                app.post("alice", Endpoints.SETTINGS, "{\"enabled\":true,\"credits\":100,\"consent_version\":\"0\"}");

        assertProblem(answer, 400, "consent_version");
        assertThat(app.get("alice", Endpoints.SETTINGS).body()).startsWith("{\"enabled\":false");
        assertThat(app.post("alice", Endpoints.SETTINGS, "{\"enabled\":true,\"credits\":100,\"consent_version\":\"1\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_request_that_names_no_text_records_none_while_it_is_on() throws Exception {
        app.bean(RechargeStore.class).inTransaction(account("alice"), tx -> {
            tx.save(new Settings(true, 100, Credits.of(10)));
            tx.save(tx.account()
                    .state()
                    .withConsent(new Consent("0", Instant.EPOCH, Money.of("9.00", "USD"), Consent.Source.SETTINGS)));
            return true;
        });

        app.post("alice", Endpoints.SETTINGS, "{\"enabled\":true,\"threshold\":20}");
        assertThat(consent("alice"))
                .isEqualTo(
                        "{\"version\":\"0\",\"at\":\"1970-01-01T00:00:00Z\",\"max_amount\":\"9.00\",\"max_currency\":\"USD\","
                                + "\"package\":{\"credits\":100,\"bonus\":20.0,\"price\":\"9.00\",\"currency\":\"USD\"}}");

        app.post("alice", Endpoints.SETTINGS, "{\"enabled\":true,\"consent_version\":\"1\"}");
        assertThat(consent("alice")).startsWith("{\"version\":\"1\",");
    }

    private static String consent(String user) throws Exception {
        return JSON.readTree(app.get(user, Endpoints.SETTINGS).body())
                .get("consent")
                .toString();
    }

    @Test
    void a_preview_says_what_saving_charges_and_saves_nothing() throws Exception {
        lowAccount("alice");

        JsonNode preview = JSON.readTree(app.post(
                        "alice",
                        Endpoints.SETTINGS,
                        "{\"enabled\":true,\"credits\":50,\"threshold\":400,\"preview\":true}")
                .body());

        assertThat(preview.get("charge_now").get("amount").textValue()).isEqualTo("5.00");
        assertThat(preview.get("to_confirm").toString())
                .isEqualTo("{\"amount\":\"30.00\",\"max\":\"40.00\",\"currency\":\"USD\"}");
        assertThat(preview.get("payment_method").get("last4").textValue()).isEqualTo("4242");
        assertThat(app.get("alice", Endpoints.SETTINGS).body()).startsWith("{\"enabled\":false");
    }

    @Test
    void a_confirmation_is_checked_against_what_saving_charges() throws Exception {
        lowAccount("alice");
        String body =
                "{\"enabled\":true,\"credits\":50,\"threshold\":400,\"confirm_currency\":\"usd\",\"confirm_max\":\"40.00\","
                        + "\"confirm_amount\":";

        HttpResponse<String> other = app.post("alice", Endpoints.SETTINGS, body + "\"25.00\"}");
        assertProblem(other, 409, "confirm_amount");
        assertThat(JSON.readTree(other.body()).get("amount").textValue()).isEqualTo("30.00");
        assertThat(JSON.readTree(other.body()).get("currency").textValue()).isEqualTo("USD");
        assertThat(app.get("alice", Endpoints.SETTINGS).body()).startsWith("{\"enabled\":false");

        HttpResponse<String> saved = app.post("alice", Endpoints.SETTINGS, body + "\"30.00\"}");
        assertThat(saved.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(saved.body()).get("charge_now").get("amount").textValue())
                .isEqualTo("30.00");
        assertThat(JSON.readTree(saved.body()).get("to_confirm").isNull()).isTrue();
        assertThat(consent("alice")).contains("\"max_amount\":\"40.00\"");
    }

    @Test
    void saving_without_a_confirmation_says_what_is_charged_and_what_could_be_confirmed() throws Exception {
        lowAccount("alice");

        JsonNode saved = JSON.readTree(
                app.post("alice", Endpoints.SETTINGS, "{\"enabled\":true,\"credits\":50,\"threshold\":400}")
                        .body());

        assertThat(saved.get("charge_now").get("amount").textValue()).isEqualTo("5.00");
        assertThat(saved.get("to_confirm").get("amount").textValue()).isEqualTo("30.00");
        assertThat(consent("alice")).contains("\"max_amount\":\"5.00\"");
    }

    /** 125 credits and a card. */
    private static void lowAccount(String user) {
        app.bean(AutoRecharge.class).grant(new Grant(account(user), Credits.of(125), Category.PAID, "gift", "Welcome"));
        giveCard(user);
    }

    @Test
    void one_account_never_sees_or_changes_another() {
        app.post("alice", Endpoints.SETTINGS, "{\"enabled\":true,\"credits\":500,\"threshold\":33.0}");
        app.bean(AutoRecharge.class)
                .grant(new Grant(account("alice"), Credits.of(7), Category.PAID, "gift", "Welcome"));

        String bobs =
                app.get("bob", Endpoints.SETTINGS + "?account=alice" + run).body();
        app.post("bob", Endpoints.SETTINGS, "{\"enabled\":false,\"credits\":50,\"threshold\":1.0}");

        assertThat(bobs).startsWith("{\"enabled\":false,\"credits\":null,\"threshold\":10.0,\"balance\":0.0,");
        assertThat(app.get("alice", Endpoints.SETTINGS).body())
                .startsWith("{\"enabled\":true,\"credits\":500,\"threshold\":33.0,\"balance\":7.0,");
    }

    @ParameterizedTest
    @ValueSource(strings = {Endpoints.SETTINGS, Endpoints.CHECKOUT})
    void a_request_without_a_login_is_refused(String path) throws Exception {
        assertProblem(app.post(null, path, "{\"enabled\":true,\"credits\":100}"), 401, null);
        assertProblem(
                app.send(app.as(null, path)
                        .header("Content-Type", "application/json")
                        .header("X-User-Id", "alice")
                        .POST(BodyPublishers.ofString("{}"))),
                401,
                null);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("io.autorecharge.spring.BadBodies#all")
    void a_bad_body_is_refused_and_its_field_named(String path, String shown, String body, String field)
            throws Exception {
        assertProblem(app.post("alice", path, body), 400, field);
        assertThat(app.get("alice", Endpoints.SETTINGS).body())
                .startsWith("{\"enabled\":false,\"credits\":null,\"threshold\":10.0,");
        assertThat(app.bean(FakeShop.class).pages)
                .noneMatch(page -> page.account().equals(account("alice")));
    }

    @ParameterizedTest
    @ValueSource(strings = {Endpoints.SETTINGS, Endpoints.CHECKOUT})
    void a_body_that_is_not_utf_8_is_refused(String path) throws Exception {
        byte[] latin = "{\"enabled\":true,\"credits\":100,\"consent_version\":\"\u00e9\"}"
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] utf16 = "{\"enabled\":true,\"credits\":100}".getBytes(StandardCharsets.UTF_16);

        assertProblem(
                app.send("POST", "alice", path, "application/json", BodyPublishers.ofByteArray(latin)), 400, "body");
        assertProblem(
                app.send("POST", "alice", path, "application/json", BodyPublishers.ofByteArray(utf16)), 400, "body");
    }

    @ParameterizedTest
    @ValueSource(strings = {Endpoints.SETTINGS, Endpoints.CHECKOUT})
    void a_body_that_is_too_large_is_refused_whatever_length_it_claims(String path) throws Exception {
        String large = "{\"enabled\":true,\"credits\":100" + " ".repeat(20_000) + "}";

        assertProblem(app.post("alice", path, large), 413, "body");
        assertProblem(
                app.send(
                        "POST",
                        "alice",
                        path,
                        "application/json",
                        BodyPublishers.ofInputStream(
                                () -> new ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8)))),
                413,
                "body");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/x-www-form-urlencoded;charset=nonsense",
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "application/json;charset=iso-8859-1",
                "application/json;charset=nonsense",
                "application/xml",
                "garbage"
            })
    void only_json_is_taken(String contentType) throws Exception {
        for (String path : new String[] {Endpoints.SETTINGS, Endpoints.CHECKOUT}) {
            String body = "{\"enabled\":true,\"credits\":100}%zz";
            assertProblem(app.send("POST", "alice", path, contentType, BodyPublishers.ofString(body)), 415, null);
        }
    }

    @Test
    void a_body_without_a_content_type_is_refused() throws Exception {
        assertProblem(app.send("POST", "alice", Endpoints.SETTINGS, null, BodyPublishers.ofString("{}")), 415, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
    void other_methods_are_refused_and_the_right_ones_named(String method) throws Exception {
        HttpResponse<String> settings =
                app.send(method, "alice", Endpoints.SETTINGS, "application/json", BodyPublishers.ofString("{}"));
        HttpResponse<String> checkout =
                app.send(method, "alice", Endpoints.CHECKOUT, "application/json", BodyPublishers.ofString("{}"));

        assertProblem(settings, 405, null);
        assertThat(settings.headers().firstValue("Allow")).hasValue("GET, HEAD, POST");
        assertProblem(checkout, 405, null);
        assertThat(checkout.headers().firstValue("Allow")).hasValue("POST");
        assertProblem(app.get("alice", Endpoints.CHECKOUT), 405, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE", "GET"})
    void a_malformed_form_is_refused_with_every_method(String method) {
        for (String type : new String[] {"application/x-www-form-urlencoded", "multipart/form-data"}) {
            HttpResponse<String> answer =
                    app.send(method, "alice", Endpoints.SETTINGS, type, BodyPublishers.ofString("a=%zz&%"));
            assertThat(answer.statusCode()).as(type).isBetween(400, 499);
        }
    }

    @Test
    void a_checkout_answers_with_its_address_and_records_the_consent() throws Exception {
        HttpResponse<String> answer =
                app.post("bob", Endpoints.CHECKOUT, "{\"credits\":100,\"enable_auto_recharge\":true}");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode body = JSON.readTree(answer.body());
        assertThat(body.get("url").textValue()).startsWith("https://pay.example/cs_");
        assertThat(body.get("session_id").textValue()).startsWith("cs_");
        assertThat(body.get("expires_at").textValue()).matches("20.*Z");
        FakeShop shop = app.bean(FakeShop.class);
        assertThat(shop.pages.get(shop.pages.size() - 1).account()).isEqualTo(account("bob"));
        assertThat(shop.pages.get(shop.pages.size() - 1).saveMethod()).isTrue();
    }

    @Test
    void a_checkout_that_does_not_ask_for_it_saves_no_method() {
        app.post("bob", Endpoints.CHECKOUT, "{\"credits\":50}");

        FakeShop shop = app.bean(FakeShop.class);
        assertThat(shop.pages.get(shop.pages.size() - 1).saveMethod()).isFalse();
    }

    @Test
    void a_provider_that_is_down_gives_502_without_its_internals() throws Exception {
        FakeShop shop = app.bean(FakeShop.class);
        shop.down = true;
        try {
            HttpResponse<String> answer = app.post("alice", Endpoints.CHECKOUT, "{\"credits\":100}");
            assertProblem(answer, 502, null);
            assertThat(answer.body()).doesNotContain("key").doesNotContain("10.0.0.7");
        } finally {
            shop.down = false;
        }
    }

    @Test
    void there_is_no_webhook_without_stripe() {
        assertThat(app.post(null, Endpoints.WEBHOOK, "{}").statusCode()).isEqualTo(404);
    }

    static void assertProblem(HttpResponse<String> answer, int status, String field) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("title").textValue()).isNotBlank();
        assertThat(problem.get("detail").textValue()).isNotBlank();
        assertThat(problem.path("field").textValue()).as(answer.body()).isEqualTo(field);
        if (field != null && !field.equals("body")) {
            assertThat(problem.get("detail").textValue()).contains(field);
        }
    }

    private static AccountId account(String user) {
        return AccountId.of(user + run);
    }

    private static void giveCard(String user) {
        app.bean(RechargeStore.class).inTransaction(account(user), tx -> {
            tx.saveCustomer("cus_1");
            tx.savePaymentMethod(new PaymentMethod("cus_1", "pm_1", "visa", "4242", "print"));
            return true;
        });
    }
}

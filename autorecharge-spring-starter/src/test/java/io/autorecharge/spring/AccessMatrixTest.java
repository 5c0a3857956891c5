package io.autorecharge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import io.autorecharge.store.RechargeStore;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** Alice, logged in, tries to reach what is Bob's, by every endpoint and every place in a request that can hold a name. */
class AccessMatrixTest {
    private static final AccountId BOB = AccountId.of("bob");

    /** The fields of the answer that a page may send back. */
    private static final Set<String> READ_ONLY =
            Set.of("balance", "state", "reason", "next_try", "missing", "payment_method", "consent", "packages");

    /** What is Bob's: his login, his ids at the provider, his checkout, his recharge, his attempt. */
    private static final Map<String, String> BOBS = Map.of(
            "account", "bob",
            "user_id", "bob",
            "customer_id", "cus_bobs",
            "payment_method_id", "pm_bobs",
            "session_id", "cs_bobs",
            "recharge_id", "recharge-of-bob",
            "attempt_id", "attempt-of-bob",
            "reference", "gift-of-bob");

    @Configuration(proxyBeanMethods = false)
    @Import(HostApp.class)
    static class App {
        @Bean
        FakeShop shop() {
            return new FakeShop();
        }
    }

    private static final String LIST = "GET " + Endpoints.METHODS;

    private static RunningApp app;

    @BeforeAll
    static void start() {
        app = RunningApp.start(
                App.class, "autorecharge.people.checkouts-per-hour=1000", "autorecharge.people.calls-per-minute=1000");
        AutoRecharge autoRecharge = app.bean(AutoRecharge.class);
        autoRecharge.grant(new Grant(BOB, Credits.of(777), Category.PAID, "gift-of-bob", "For Bob's eyes"));
        app.bean(RechargeStore.class).inTransaction(BOB, tx -> {
            tx.saveCustomer("cus_bobs");
            tx.savePaymentMethod(new PaymentMethod("cus_bobs", "pm_bobs", "amex", "0005", "bobs-print"));
            return true;
        });
        autoRecharge.addPaymentMethod(BOB, new PaymentMethod("cus_bobs", "pm_bobs_2", "amex", "0006", "bobs-print-2"));
        autoRecharge.configure(BOB, new Settings(true, 500, Credits.of(333)), "1");
        autoRecharge.openCheckout(BOB, 250, null, null);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    static Stream<Arguments> everywhere() {
        List<Arguments> all = new ArrayList<>();
        for (String endpoint : List.of(
                "GET " + Endpoints.SETTINGS,
                "POST " + Endpoints.SETTINGS,
                "POST " + Endpoints.CHECKOUT,
                LIST,
                "PUT " + Endpoints.METHODS_ORDER,
                "POST " + Endpoints.METHODS_SETUP,
                "POST " + Endpoints.PURCHASES,
                "POST " + Endpoints.RETRY)) {
            for (String place : List.of("query", "header", "cookie", "path", "matrix", "body")) {
                if (!(place.equals("body") && endpoint.startsWith("GET"))) {
                    BOBS.keySet().stream().sorted().forEach(name -> all.add(Arguments.of(endpoint, place, name)));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("everywhere")
    void nothing_of_another_account_is_seen_or_changed(String endpoint, String place, String name) {
        Map<String, Object> before = everythingOf("bob");
        String method = endpoint.substring(0, endpoint.indexOf(' '));
        String path = endpoint.substring(endpoint.indexOf(' ') + 1);
        String value = BOBS.get(name);
        String body = switch (path) {
            case Endpoints.SETTINGS -> "{\"enabled\":false,\"credits\":50,\"threshold\":1.0";
            case Endpoints.METHODS_ORDER -> "{\"ids\":[]";
            case Endpoints.METHODS_SETUP -> "{\"primary\":true";
            case Endpoints.PURCHASES ->
                "{\"credits\":50,\"price\":\"5.00\",\"currency\":\"USD\",\"request_id\":\"click\"";
            case Endpoints.RETRY -> "{";
            default -> "{\"credits\":50,\"enable_auto_recharge\":false";
        };
        body += place.equals("body") ? (body.equals("{") ? "\"" : ",\"") + name + "\":\"" + value + "\"}" : "}";
        String target = switch (place) {
            case "query" -> path + "?" + name + "=" + value;
            case "path" -> path + "/" + value;
            case "matrix" -> path + ";" + name + "=" + value;
            default -> path;
        };
        var request = app.as("alice", target).header("Content-Type", "application/json");
        if (place.equals("header")) {
            request.header("X-" + name.replace('_', '-'), value).header("X-Forwarded-User", "bob");
        }
        if (place.equals("cookie")) {
            request.header("Cookie", name + "=" + value);
        }

        HttpResponse<String> answer =
                app.send(method.equals("GET") ? request.GET() : request.method(method, BodyPublishers.ofString(body)));

        int status = switch (place) {
            case "path" -> endpoint.equals(LIST) ? 405 : 404;
            case "matrix" -> 400; // Spring Security's firewall
            case "body" -> 400;
            default -> 200;
        };
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        // The framework repeats the address in its own answers. Bob's figures are such as no time of day holds.
        assertThat(answer.body().replace(value, ""))
                .doesNotContain("777.0", "333.0", "amex", "\"0005\"", "cus_bobs", "pm_bobs", "eyes");
        assertThat(everythingOf("bob")).isEqualTo(before);
    }

    /** Alice has a method herself, so that there is something to change. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"pm_bobs", "pm_bobs_2", "pm_nobodys"})
    void a_payment_method_of_another_account_does_not_exist(String id) throws Exception {
        app.bean(RechargeStore.class).inTransaction(AccountId.of("alice"), tx -> {
            tx.saveCustomer("cus_alices");
            tx.savePaymentMethod(new PaymentMethod("cus_alices", "pm_alices", "visa", "4242", "alices-print"));
            return true;
        });
        Map<String, Object> before = everythingOf("bob");
        Map<String, Object> alices = everythingOf("alice");

        EndpointsTest.assertProblem(
                app.send("DELETE", "alice", Endpoints.method(id), null, BodyPublishers.noBody()), 404, "id");
        EndpointsTest.assertProblem(app.post("alice", Endpoints.primary(id), "{}"), 404, "id");
        for (String ids : List.of("[\"" + id + "\"]", "[\"" + id + "\",\"pm_alices\"]")) {
            EndpointsTest.assertProblem(
                    app.send(
                            "PUT",
                            "alice",
                            Endpoints.METHODS_ORDER,
                            "application/json",
                            BodyPublishers.ofString("{\"ids\":" + ids + "}")),
                    400,
                    "ids");
        }
        assertThat(app.get("alice", Endpoints.METHODS).body())
                .contains("pm_alices")
                .doesNotContain("amex", id);
        assertThat(everythingOf("bob")).isEqualTo(before);
        assertThat(everythingOf("alice")).isEqualTo(alices);
    }

    static Stream<Arguments> tampering() {
        return Stream.of(
                        "\"amount\":1",
                        "\"price\":0.01",
                        "\"bonus\":1000000",
                        "\"balance\":1000000",
                        "\"currency\":\"jpy\"",
                        "\"packages\":[{\"credits\":50,\"price\":\"0.01\",\"currency\":\"USD\"}]",
                        "\"payment_method\":{\"id\":\"pm_bobs\"}",
                        "\"paymentMethodId\":\"pm_bobs\"",
                        "\"consent\":{\"version\":\"1\",\"at\":\"2000-01-01T00:00:00Z\"}",
                        "\"state\":\"active\"",
                        "\"missing\":[]",
                        "\"success_url\":\"https://evil.example\"",
                        "\"__proto__\":{\"balance\":1}",
                        "\"enabled \":true",
                        "\"\\u0000\":1",
                        "\"metadata\":{\"autorecharge_account\":\"bob\"}")
                .flatMap(field ->
                        Stream.of(Endpoints.SETTINGS, Endpoints.CHECKOUT).map(path -> Arguments.of(path, field)));
    }

    /** Refused by its name, or, where it is a field that GET answers and a page may send back, without any effect. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("tampering")
    void a_field_that_is_not_the_users_to_set_sets_nothing(String path, String field) {
        app.post("alice", Endpoints.SETTINGS, "{\"enabled\":false,\"credits\":100,\"threshold\":10.0}");
        Map<String, Object> before = everythingOf("alice");
        String body = path.equals(Endpoints.SETTINGS)
                ? "{\"enabled\":false,\"credits\":100,\"threshold\":10.0," + field + "}"
                : "{\"credits\":100," + field + "}";

        HttpResponse<String> answer = app.post("alice", path, body);

        boolean readOnly =
                path.equals(Endpoints.SETTINGS) && READ_ONLY.contains(field.substring(1, field.indexOf('"', 1)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(readOnly ? 200 : 400);
        assertThat(everythingOf("alice")).isEqualTo(before);
    }

    @Test
    void no_answer_shows_whether_another_account_exists() {
        for (String path : List.of(Endpoints.SETTINGS, Endpoints.CHECKOUT)) {
            HttpResponse<String> known =
                    app.post("alice", path, "{\"credits\":50,\"account\":\"bob\",\"enabled\":false}");
            HttpResponse<String> unknown =
                    app.post("alice", path, "{\"credits\":50,\"account\":\"nobody\",\"enabled\":false}");

            assertThat(known.body()).isEqualTo(unknown.body());
            assertThat(known.statusCode()).isEqualTo(unknown.statusCode());
        }
    }

    @Test
    void a_login_name_that_cannot_be_an_account_id_has_no_account() throws Exception {
        EndpointsTest.assertProblem(app.get(" padded ", Endpoints.SETTINGS), 403, null);
    }

    /** Every row of every table that names the account. */
    private static Map<String, Object> everythingOf(String account) {
        JdbcTemplate jdbc = app.bean(JdbcTemplate.class);
        Map<String, Object> rows = new LinkedHashMap<>();
        rows.put("accounts", jdbc.queryForList("select * from credit_accounts where id = ?", account));
        rows.put(
                "ledger",
                jdbc.queryForList("select * from credit_transactions where user_id = ? order by seq", account));
        for (String table : List.of("state", "recharges", "attempts", "checkouts", "outbox", "methods")) {
            rows.put(
                    table,
                    jdbc.queryForList("select * from auto_recharge_" + table + " where account_id = ?", account));
        }
        return rows;
    }
}

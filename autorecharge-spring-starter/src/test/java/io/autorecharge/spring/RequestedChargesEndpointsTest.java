package io.autorecharge.spring;

import static io.autorecharge.spring.EndpointsTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.spring.web.AccountResolver;
import io.autorecharge.store.RechargeStore;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.UUID;
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

/** Charges that a user asks for, over HTTP. */
class RequestedChargesEndpointsTest {
    private static final String JSON_TYPE = "application/json";

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

    private static void withCard() {
        AccountId alice = AccountId.of("alice" + run);
        app.bean(RechargeStore.class).inTransaction(alice, tx -> {
            tx.saveCustomer("cus" + run);
            tx.savePaymentMethod(new PaymentMethod("cus" + run, "pm" + run, "visa", "4242", "print" + run));
            return true;
        });
    }

    private static String order(String price, String id) {
        return "{\"credits\":50,\"price\":" + price + ",\"currency\":\"USD\",\"request_id\":" + id + "}";
    }

    private static String price() {
        return "\""
                + app.bean(io.autorecharge.AutoRecharge.class)
                        .policy()
                        .packages()
                        .require(50)
                        .price()
                        .toBigDecimal()
                        .toPlainString()
                + "\"";
    }

    private static int charges() {
        return app.bean(FakeShop.class).charges.captures().size();
    }

    @Test
    void a_click_buys_once_however_often_it_is_sent() {
        withCard();
        int before = charges();
        String click = order(price(), "\"click-1\"");

        HttpResponse<String> answer = app.post("alice", Endpoints.PURCHASES, click);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"result\":\"paid\",\"credits\":50.0,\"bonus\":0.0,\"price\":" + price()
                        + ",\"currency\":\"USD\",\"reason\":null,\"until\":null,\"confirm_url\":null}");
        assertThat(app.post("alice", Endpoints.PURCHASES, click).body()).isEqualTo(answer.body());
        assertThat(charges()).isEqualTo(before + 1);
        assertThat(app.get("alice", Endpoints.SETTINGS).body()).contains("\"balance\":50.0");
    }

    @Test
    void without_a_card_and_after_a_decline_the_answer_says_why() {
        assertThat(app.post("alice", Endpoints.PURCHASES, order(price(), "\"click-1\""))
                        .body())
                .startsWith("{\"result\":\"held\"")
                .contains("\"reason\":\"no_payment_method\"");
        withCard();
        app.bean(FakeShop.class).charges.declineNext("insufficient_funds", Kind.SOFT);

        assertThat(app.post("alice", Endpoints.PURCHASES, order(price(), "\"click-2\""))
                        .body())
                .startsWith("{\"result\":\"declined\"");
    }

    @Test
    void a_bank_that_wants_the_user_gets_the_address_of_the_page() {
        withCard();
        app.bean(FakeShop.class).charges.requireActionNext();

        assertThat(app.post("alice", Endpoints.PURCHASES, order(price(), "\"click-1\""))
                        .body())
                .startsWith("{\"result\":\"confirmation_required\"")
                .contains("\"confirm_url\":\"https://pay.example/");
    }

    @Test
    void another_price_than_the_page_showed_charges_nothing() throws Exception {
        withCard();
        int before = charges();

        assertProblem(app.post("alice", Endpoints.PURCHASES, order("\"0.50\"", "\"click-1\"")), 400, "price");
        assertThat(charges()).isEqualTo(before);
    }

    @Test
    void a_request_id_is_for_one_purchase() throws Exception {
        withCard();
        app.post("alice", Endpoints.PURCHASES, order(price(), "\"click-1\""));

        assertProblem(app.post("alice", Endpoints.PURCHASES, order("\"0.50\"", "\"click-1\"")), 400, "request_id");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|credits",
                "{\"credits\":7,\"price\":\"9.00\",\"currency\":\"USD\",\"request_id\":\"a\"}|credits",
                "{\"credits\":\"50\",\"price\":\"9.00\",\"currency\":\"USD\",\"request_id\":\"a\"}|credits",
                "{\"credits\":50,\"currency\":\"USD\",\"request_id\":\"a\"}|price",
                "{\"credits\":50,\"price\":9.00,\"currency\":\"USD\",\"request_id\":\"a\"}|price",
                "{\"credits\":50,\"price\":\"nine\",\"currency\":\"USD\",\"request_id\":\"a\"}|price",
                "{\"credits\":50,\"price\":\"9.00\",\"currency\":\"XXQ\",\"request_id\":\"a\"}|currency",
                "{\"credits\":50,\"price\":\"9.00\",\"request_id\":\"a\"}|currency",
                "{\"credits\":50,\"price\":\"9.00\",\"currency\":\"USD\"}|request_id",
                "{\"credits\":50,\"price\":\"9.00\",\"currency\":\"USD\",\"request_id\":\" \"}|request_id",
                "{\"credits\":50,\"price\":\"9.00\",\"currency\":\"USD\",\"request_id\":7}|request_id",
                "{\"credits\":50,\"payment_method\":\"pm_9\"}|payment_method",
                "{\"credits\":50,\"account\":\"bob\"}|account",
                "[]|body",
                "{|body"
            })
    void any_other_body_is_refused(String body, String field) throws Exception {
        withCard();
        int before = charges();

        assertProblem(app.post("alice", Endpoints.PURCHASES, body), 400, field);
        assertThat(charges()).isEqualTo(before);
    }

    @Test
    void there_is_nothing_to_try_again_while_auto_recharge_is_off() {
        withCard();

        assertThat(app.post("alice", Endpoints.RETRY, "{}").body())
                .startsWith("{\"result\":\"held\"")
                .contains("\"reason\":\"disabled\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {Endpoints.PURCHASES, Endpoints.RETRY})
    void a_login_a_json_body_of_a_bounded_size_and_the_right_method_are_needed(String path) throws Exception {
        assertProblem(app.post(null, path, "{}"), 401, null);
        assertProblem(app.send("POST", "alice", path, "text/plain", BodyPublishers.ofString("{}")), 415, null);
        assertProblem(app.send("GET", "alice", path, null, BodyPublishers.noBody()), 405, null);
        assertProblem(
                app.send(
                        "POST",
                        "alice",
                        path,
                        JSON_TYPE,
                        BodyPublishers.ofString("{\"x\":\"" + "x".repeat(20_000) + "\"}")),
                413,
                "body");
        assertProblem(app.post("alice", path, "{\"x\":1}"), 400, "x");
    }
}

package io.autorecharge.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No body of any kind is stored by halves or answered with a failure of the server. */
class BadBodiesTest {
    private static final String LONG = "1".repeat(5_000);

    private static DemoApp app;

    @BeforeAll
    static void start() {
        app = DemoApp.start();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    static Stream<Arguments> settings() {
        return Stream.of(
                body("enabled", "{}"),
                body("enabled", "{\"enabled\":null,\"credits\":100,\"threshold\":10}"),
                body("enabled", "{\"enabled\":\"true\",\"credits\":100,\"threshold\":10}"),
                body("enabled", "{\"enabled\":1,\"credits\":100,\"threshold\":10}"),
                body("credits", "{\"enabled\":true,\"credits\":-100,\"threshold\":10}"),
                body("credits", "{\"enabled\":true,\"credits\":0,\"threshold\":10}"),
                body("credits", "{\"enabled\":true,\"credits\":77,\"threshold\":10}"),
                body("credits", "{\"enabled\":true,\"credits\":\"100\",\"threshold\":10}"),
                body("credits", "{\"enabled\":true,\"credits\":100.5,\"threshold\":10}"),
                body("credits", "{\"enabled\":true,\"credits\":[100],\"threshold\":10}"),
                body("credits", "{\"enabled\":true,\"credits\":1e400,\"threshold\":10}"),
                body("credits", "{\"enabled\":true,\"credits\":" + LONG + ",\"threshold\":10}"),
                body("credits", "{\"enabled\":true,\"credits\":null,\"threshold\":10}"),
                body("threshold", "{\"enabled\":true,\"credits\":100,\"threshold\":-1}"),
                body("threshold", "{\"enabled\":true,\"credits\":100,\"threshold\":1e300}"),
                body("threshold", "{\"enabled\":true,\"credits\":100,\"threshold\":99999999999}"),
                body("threshold", "{\"enabled\":true,\"credits\":100,\"threshold\":\"10\"}"),
                body("threshold", "{\"enabled\":true,\"credits\":100,\"threshold\":0.00000001}"),
                body("threshold", "{\"enabled\":true,\"credits\":100,\"threshold\":null}"),
                body("threshold", "{\"enabled\":true,\"credits\":100,\"threshold\":{}}"),
                body("body", ""),
                body("body", "null"),
                body("body", "[]"),
                body("body", "\"" + LONG + "\""),
                body("enabled", "{\"enabled\":true"),
                body("threshold", "{\"enabled\":true,\"credits\":100,\"threshold\":NaN}"),
                body("body", "\u0000"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void settings_are_refused_with_the_fields_name(String field, String body) {
        refused(Api.SETTINGS, field, body);
        assertThat(new Api(app, "alice").settings())
                .containsEntry("enabled", false)
                .containsEntry("credits", null);
    }

    static Stream<Arguments> checkouts() {
        return Stream.of(
                body("credits", "{}"),
                body("credits", "{\"credits\":-100,\"enable_auto_recharge\":true}"),
                body("credits", "{\"credits\":1,\"enable_auto_recharge\":true}"),
                body("credits", "{\"credits\":\"100\",\"enable_auto_recharge\":true}"),
                body("credits", "{\"credits\":" + LONG + "}"),
                body("credits", "{\"credits\":true}"),
                body("enable_auto_recharge", "{\"credits\":100,\"enable_auto_recharge\":\"yes\"}"),
                body("enable_auto_recharge", "{\"credits\":100,\"enable_auto_recharge\":1}"),
                body("body", ""),
                body("body", "100"),
                body("body", "{\"credits\":100}}"));
    }

    @ParameterizedTest
    @MethodSource("checkouts")
    void checkouts_are_refused_with_the_fields_name(String field, String body) {
        refused(Api.CHECKOUT, field, body);
        assertThat(app.stripe().history().requests())
                .as("nothing is made at Stripe")
                .filteredOn(it -> it.method().equals("POST"))
                .isEmpty();
    }

    private static void refused(String path, String field, String body) {
        HttpResponse<String> answer = new Api(app, "alice").post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        Map<String, Object> problem = Api.json(answer);
        assertThat(problem).containsEntry("status", 400).containsEntry("field", field);
        assertThat(String.valueOf(problem.get("detail"))).contains(field).hasSizeLessThan(500);
    }

    private static Arguments body(String field, String body) {
        return Arguments.of(field, body);
    }
}

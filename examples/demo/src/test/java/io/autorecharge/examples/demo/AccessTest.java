package io.autorecharge.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in, by which door. */
class AccessTest {
    private static final String ON = "{\"enabled\":true,\"credits\":100,\"threshold\":10}";

    private static DemoApp app;

    @BeforeAll
    static void start() {
        app = DemoApp.start();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {Api.SETTINGS, Api.CHECKOUT, "/api/credits/", "/api/anything"})
    void the_api_without_a_login_is_answered_with_a_problem(String path) {
        HttpResponse<String> answer = Api.send(request(path).GET());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(it -> assertThat(it).startsWith("Basic realm="));
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(it -> assertThat(it).startsWith("application/problem+json"));
        assertThat(Api.json(answer)).containsEntry("status", 401).containsEntry("title", "Unauthorized");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void a_wrong_password_is_answered_with_the_same_problem() {
        HttpResponse<String> answer = Api.send(request(Api.SETTINGS)
                .header("Authorization", "Basic YWxpY2U6Ym9i")
                .GET());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(Api.json(answer)).containsEntry("status", 401);
    }

    @Test
    void the_api_takes_no_session_of_the_pages() {
        Pages alice = Pages.signedIn(app, "alice");
        assertThat(alice.profile()).contains("Signed in as");

        assertThat(alice.get(Api.SETTINGS).statusCode()).isEqualTo(401);
    }

    @Test
    void the_api_takes_nothing_that_a_form_of_another_site_could_send() {
        HttpResponse<String> answer = Api.send(request(Api.SETTINGS)
                .header("Authorization", "Basic YWxpY2U6YWxpY2U=")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(ON)));

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(new Api(app, "alice").settings()).containsEntry("enabled", false);
    }

    @Test
    void one_account_never_sees_or_changes_anothers() {
        app.autoRecharge()
                .grant(new Grant(
                        AccountId.of("bob"),
                        Credits.of(7),
                        Category.PROMOTIONAL,
                        "welcome-bob",
                        "A gift for Bob alone"));

        new Api(app, "bob").post(Api.SETTINGS, "{\"enabled\":false,\"credits\":250,\"threshold\":33}");

        assertThat(new Api(app, "alice").settings())
                .containsEntry("credits", null)
                .containsEntry("threshold", 10.0)
                .containsEntry("balance", 0.0);
        assertThat(new Api(app, "alice")
                        .get(Api.SETTINGS + "?account=bob&user=bob")
                        .body())
                .contains("\"credits\":null");
        assertThat(Pages.signedIn(app, "alice").get("/profile?account=bob").body())
                .doesNotContain("A gift for Bob alone");
        assertThat(Pages.signedIn(app, "bob").profile()).contains("A gift for Bob alone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/profile/use", "/profile/auto-recharge", "/profile/checkout", "/logout"})
    void a_form_without_its_token_is_refused(String path) {
        Pages bob = Pages.signedIn(app, "bob");
        Form form = Form.with("amount", "1")
                .and("reference", "5c5d6a7e-4f0a-4a57-9a7e-2d3c6f0c9a10")
                .and("enabled", "on")
                .and("consent", "on")
                .and("credits", "100")
                .and("threshold", "10");

        assertThat(bob.postWithoutToken(path, form).statusCode()).isEqualTo(403);

        assertThat(bob.profile()).contains("Signed in as");
        assertThat(new Api(app, "bob").settings()).containsEntry("enabled", false);
    }

    @Test
    void the_webhook_is_reached_without_a_login_and_believes_no_unsigned_word() {
        HttpResponse<String> answer = Api.send(request("/api/credits/webhook")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"id\":\"evt_1\",\"object\":\"event\"}")));

        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void pages_lead_to_the_login_and_carry_headers_that_keep_scripts_and_frames_out() {
        HttpResponse<String> profile = Api.send(request("/profile").GET());
        assertThat(profile.statusCode()).isEqualTo(302);
        assertThat(profile.headers().firstValue("Location"))
                .hasValueSatisfying(it -> assertThat(it).endsWith("/login"));

        HttpResponse<String> login = Api.send(request("/login").GET());
        assertThat(login.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(it -> assertThat(it)
                        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                        .doesNotContain("unsafe"));
        assertThat(login.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(login.headers().firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(login.body()).doesNotContain("<style", " style=", "onclick");
    }

    @Test
    void the_first_page_is_the_profile() {
        HttpResponse<String> start = Pages.signedIn(app, "alice").get("/");

        assertThat(start.uri().getPath()).isEqualTo("/profile");
        assertThat(start.body()).doesNotContain("<style", " style=", "onclick", "http://cdn", "https://");
    }

    @Test
    void health_is_open_and_up() {
        assertThat(Api.send(request("/actuator/health").GET()).body()).contains("\"status\":\"UP\"");
        assertThat(Api.send(request("/actuator/env").GET()).statusCode()).isEqualTo(302);
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(app.url(path));
    }
}

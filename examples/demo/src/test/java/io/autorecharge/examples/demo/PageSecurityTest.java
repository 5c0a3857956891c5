package io.autorecharge.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.Grant;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser, another site and another user can do to somebody's pages. */
class PageSecurityTest {
    private static final AccountId ALICE = AccountId.of("alice");
    private static final String SCRIPT = "<script>alert('x')</script><img src=x onerror=alert(1)>\" onmouseover=\"a()";

    private static DemoApp app;

    @BeforeAll
    static void start() {
        app = DemoApp.start();
        gift("opening", "Welcome");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static void gift(String reference, String description) {
        app.autoRecharge().grant(new Grant(ALICE, Credits.of(50), Category.PROMOTIONAL, reference, description));
    }

    @Test
    void text_is_shown_as_text() {
        gift("gift-script", SCRIPT);
        app.autoRecharge().debit(Debit.of(ALICE, Credits.of(1), "debit-script", "${7*7} [[${7*7}]] " + SCRIPT));

        String page = Pages.signedIn(app, "alice").profile();

        assertThat(page)
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;")
                .contains("${7*7} [[${7*7}]]")
                .doesNotContain("<script>alert", "<img src=x", "\" onmouseover=\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"amount", "threshold", "credits", "reference", "consent", "enabled"})
    void what_was_typed_comes_back_as_text(String field) {
        Pages alice = Pages.signedIn(app, "alice");

        for (String path : List.of("/profile/use", "/profile/auto-recharge", "/profile/checkout")) {
            HttpResponse<String> answer = alice.post(path, Form.with(field, "\"><script>alert(1)</script>"));

            assertThat(answer.statusCode()).isIn(200, 400);
            assertThat(answer.body()).doesNotContain("<script>alert", "\"><script");
        }
    }

    @Test
    void the_session_cookie_is_no_scripts_business_and_stays_home_on_foreign_posts() {
        HttpResponse<String> login = Api.send(request("/login").GET());

        assertThat(login.headers().firstValue("Set-Cookie"))
                .hasValueSatisfying(it -> assertThat(it).contains("HttpOnly", "SameSite=Lax"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/login", "/profile", "/app.css", "/nowhere", "/api/credits/auto-recharge", "/actuator/health"})
    void every_answer_forbids_sniffing_and_frames(String path) {
        HttpResponse<String> answer = Pages.signedIn(app, "alice").get(path);

        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("X-Frame-Options")).hasValue("DENY");
        if (!path.startsWith("/api")) {
            assertThat(answer.headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(it -> assertThat(it)
                            .contains(
                                    "default-src 'none'",
                                    "frame-ancestors 'none'",
                                    "base-uri 'none'",
                                    "form-action 'self'")
                            .doesNotContain("unsafe", "*"));
        }
        if (!path.equals("/app.css")) {
            assertThat(answer.headers().firstValue("Cache-Control"))
                    .hasValueSatisfying(it -> assertThat(it).contains("no-store"));
        }
    }

    @Test
    void a_token_of_another_session_is_refused() {
        String bobs = Pages.signedIn(app, "bob").csrfToken();
        Pages alice = Pages.signedIn(app, "alice");
        Credits before = app.autoRecharge().balance(ALICE);

        HttpResponse<String> answer = alice.post("/profile/use", use("5"), bobs);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(app.autoRecharge().balance(ALICE)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/profile/use?amount=5&reference=5c5d6a7e-4f0a-4a57-9a7e-2d3c6f0c9a11",
                "/profile/auto-recharge?enabled=on&consent=on&credits=100&threshold=10",
                "/profile/checkout?enabled=on&consent=on&credits=100&threshold=10",
                "/logout",
                "/profile?checkout=success&credits=500",
                "/profile?_method=post"
            })
    void reading_changes_nothing(String path) {
        Pages alice = Pages.signedIn(app, "alice");
        Credits before = app.autoRecharge().balance(ALICE);
        long written = writes();

        alice.get(path);

        assertThat(app.autoRecharge().balance(ALICE)).isEqualTo(before);
        assertThat(app.autoRecharge().settings(ALICE).enabled()).isFalse();
        assertThat(writes()).as("what was written at Stripe").isEqualTo(written);
        assertThat(alice.profile()).contains("Signed in as");
    }

    @Test
    void one_users_form_does_not_replay_anothers_even_with_its_reference() {
        Pages alice = Pages.signedIn(app, "alice");
        Form form = use("2");
        Credits before = app.autoRecharge().balance(ALICE);
        alice.post("/profile/use", form);

        app.autoRecharge()
                .grant(new Grant(AccountId.of("bob"), Credits.of(9), Category.PROMOTIONAL, "opening", "Welcome"));
        Pages.signedIn(app, "bob").post("/profile/use", use("2"));

        assertThat(app.autoRecharge().balance(ALICE)).isEqualTo(before.minus(Credits.of(2)));
        assertThat(app.autoRecharge().balance(AccountId.of("bob"))).isEqualTo(Credits.of(7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "amount=-5",
                "amount=1e9",
                "balance=1000000",
                "account=bob&amount=5",
                "user=bob&amount=5",
                "price=0"
            })
    void a_form_cannot_say_more_than_it_asks(String fields) {
        Pages alice = Pages.signedIn(app, "alice");
        Credits before = app.autoRecharge().balance(AccountId.of("bob"));
        Form form = Form.with("reference", java.util.UUID.randomUUID().toString());
        for (String field : fields.split("&")) {
            form.and(field.split("=")[0], field.split("=")[1]);
        }

        alice.post("/profile/use", form);
        alice.post(
                "/profile/checkout",
                form.and("credits", "100").and("threshold", "10").and("price", "1"));

        assertThat(app.autoRecharge().balance(AccountId.of("bob"))).isEqualTo(before);
        assertThat(app.autoRecharge().balance(ALICE)).isLessThanOrEqualTo(Credits.of(200));
        assertThat(app.stripe().history().requests("POST", "/v1/checkout/sessions"))
                .allSatisfy(it -> assertThat(it.params()).containsValue("900"));
    }

    @Test
    void no_header_makes_a_caller_somebody_else() {
        for (String header :
                List.of("X-User-Id", "X-Forwarded-User", "X-Remote-User", "Remote-User", "X-Original-URL")) {
            assertThat(Api.send(request(Api.SETTINGS).header(header, "bob").GET())
                            .statusCode())
                    .as(header)
                    .isEqualTo(401);
        }
    }

    @Test
    void a_foreign_origin_gets_no_permission_to_read() {
        HttpResponse<String> preflight = Api.send(request(Api.SETTINGS)
                .header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody()));

        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
        assertThat(app.autoRecharge().settings(ALICE).enabled()).isFalse();
    }

    private static long writes() {
        return app.stripe().history().requests().stream()
                .filter(it -> !it.method().equals("GET"))
                .count();
    }

    private static Form use(String amount) {
        return Form.with("amount", amount).and("reference", "5c5d6a7e-4f0a-4a57-9a7e-2d3c6f0c9a12");
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(app.url(path));
    }
}

package io.autorecharge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autorecharge.testkit.InMemoryStore;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** One user cannot keep the machine busy: too many requests are answered with 429 and a time to come back. */
class TooManyRequestsTest {
    private static final String BUY = "{\"credits\":100}";

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
    }

    @Test
    void too_many_checkouts_within_an_hour_are_refused_and_another_user_is_served() throws IOException {
        try (RunningApp app = RunningApp.start(App.class, "autorecharge.people.checkouts-per-hour=3")) {
            for (int i = 0; i < 3; i++) {
                String path = i == 1 ? Endpoints.METHODS_SETUP : Endpoints.CHECKOUT;
                assertThat(app.post("alice", path, i == 1 ? "{}" : BUY).statusCode())
                        .isEqualTo(200);
            }
            assertThat(app.post("alice", Endpoints.METHODS_SETUP, "{}").statusCode())
                    .isEqualTo(429);

            HttpResponse<String> refused = app.post("alice", Endpoints.CHECKOUT, BUY);

            assertProblem(
                    refused, "Too many purchases were begun within an hour, please try again later.", 3_500, 3_600);
            assertThat(app.post("bob", Endpoints.CHECKOUT, BUY).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void every_endpoint_of_a_user_counts_against_the_same_number_of_requests() throws IOException {
        try (RunningApp app = RunningApp.start(App.class, "autorecharge.requests.per-minute=4")) {
            assertThat(app.get("alice", Endpoints.SETTINGS).statusCode()).isEqualTo(200);
            assertThat(app.post("alice", Endpoints.SETTINGS, "{\"enabled\":false}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(app.post("alice", Endpoints.CHECKOUT, BUY).statusCode()).isEqualTo(200);
            assertThat(app.post("alice", Endpoints.RECOVERY, "{}").statusCode()).isEqualTo(409);

            for (String path : new String[] {Endpoints.SETTINGS, Endpoints.CHECKOUT, Endpoints.RECOVERY}) {
                assertProblem(
                        app.post("alice", path, "{}"), "This account asks too often, please try again later.", 1, 15);
            }
            assertProblem(
                    app.get("alice", Endpoints.SETTINGS),
                    "This account asks too often, please try again later.",
                    1,
                    15);
            assertThat(app.get("bob", Endpoints.SETTINGS).statusCode()).isEqualTo(200);
        }
    }

    private static void assertProblem(HttpResponse<String> answer, String detail, int least, int most)
            throws IOException {
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween((long) least, (long) most);
        JsonNode body = new ObjectMapper().readTree(answer.body());
        assertThat(body.get("status").intValue()).isEqualTo(429);
        assertThat(body.get("detail").textValue()).isEqualTo(detail);
    }
}

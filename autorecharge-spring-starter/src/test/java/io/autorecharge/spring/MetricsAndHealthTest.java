package io.autorecharge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.Outcome.NotSubmitted.Reason;
import io.autorecharge.store.RechargeStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

class MetricsAndHealthTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Configuration(proxyBeanMethods = false)
    @Import(HostApp.class)
    static class App {
        @Bean
        FakeShop shop() {
            return new FakeShop();
        }
    }

    private RunningApp app;

    @BeforeEach
    void start() {
        app = RunningApp.start(
                App.class,
                "management.endpoints.web.exposure.include=health,metrics",
                "management.endpoint.health.show-details=always");
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void counts_decisions_by_reason_and_times_charges_by_outcome() {
        MeterRegistry registry = app.bean(MeterRegistry.class);
        AccountId alice = Customers.low(app.bean(RechargeStore.class), AccountId.of("alice"));
        assertThat(registry.get("autorecharge.due").gauge().value()).isEqualTo(0);
        app.bean(RechargeStore.class).markDue(alice, java.time.Instant.EPOCH);
        assertThat(registry.get("autorecharge.due").gauge().value()).isEqualTo(1);

        app.bean(AutoRecharge.class).runOnce();
        app.bean(AutoRecharge.class).check(alice);

        assertThat(registry.get("autorecharge.charges")
                        .tag("outcome", "paid")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("autorecharge.decisions")
                        .tag("reason", "recharge")
                        .counter()
                        .count())
                .isPositive();
        assertThat(registry.get("autorecharge.decisions")
                        .tag("reason", "above_threshold")
                        .counter()
                        .count())
                .isPositive();
        assertThat(registry.get("autorecharge.due").gauge().value()).isEqualTo(0);
        assertThat(registry.getMeters().stream().flatMap(meter -> meter.getId().getTags().stream()))
                .noneMatch(tag -> tag.getValue().contains("alice"));
    }

    @Test
    void is_up_while_the_database_answers_and_counts_due_accounts() throws Exception {
        app.bean(RechargeStore.class).markDue(AccountId.of("alice"), java.time.Instant.EPOCH);

        JsonNode health = health(200);

        assertThat(health.get("status").textValue()).isEqualTo("UP");
        assertThat(health.get("details").get("due").intValue()).isEqualTo(1);
        assertThat(health.get("details").get("providerRefused").booleanValue()).isFalse();
        assertThat(health.get("details").get("databaseConfirmed").booleanValue())
                .isTrue();
    }

    @Test
    void shows_that_the_provider_refuses_our_requests() throws Exception {
        AccountId alice = Customers.low(app.bean(RechargeStore.class), AccountId.of("alice"));
        app.bean(FakeShop.class).charges.refuseNext(Reason.CONFIGURATION);

        app.bean(AutoRecharge.class).check(alice);

        assertThat(health(200).get("details").get("providerRefused").booleanValue())
                .isTrue();
    }

    @Test
    void shows_which_questions_the_provider_leaves_unanswered_until_it_answers_again() throws Exception {
        AccountId alice = Customers.low(app.bean(RechargeStore.class), AccountId.of("alice"));
        FakeShop shop = app.bean(FakeShop.class);
        shop.charges.timeOutAfterCaptureNext();
        app.bean(AutoRecharge.class).check(alice);
        shop.charges.failLookUps(true);
        lookAgain(alice);

        assertThat(health(200).get("details").get("unanswered").toString()).isEqualTo("{\"attempt\":1}");
        assertThat(app.bean(MeterRegistry.class)
                        .get("autorecharge.questions")
                        .tag("question", "attempt")
                        .tag("answered", "false")
                        .counter()
                        .count())
                .isEqualTo(1);

        shop.charges.answerLookUps();
        lookAgain(alice);
        assertThat(health(200).get("details").get("unanswered")).isEmpty();
    }

    /** As if the time of the next check had come. */
    private void lookAgain(AccountId account) {
        app.bean(JdbcTemplate.class)
                .update(
                        "update auto_recharge_attempts set look_at = ?",
                        java.sql.Timestamp.from(java.time.Instant.EPOCH));
        app.bean(AutoRecharge.class).check(account);
    }

    @Test
    void shows_that_the_database_may_be_a_copy_and_why() throws Exception {
        AccountId alice = Customers.low(app.bean(RechargeStore.class), AccountId.of("alice"));
        app.bean(JdbcTemplate.class)
                .update("update auto_recharge_installation set key_mode = 'LIVE', bound_at = now(), seen_at = now()");

        JsonNode details = health(200).get("details");

        assertThat(details.get("databaseConfirmed").booleanValue()).isFalse();
        assertThat(details.get("databaseDifference").textValue()).contains("TEST key", "LIVE key");
        assertThat(app.bean(AutoRecharge.class).status(alice).reason()).isEqualTo("DATABASE_NOT_CONFIRMED");
    }

    @Test
    void is_down_when_the_database_fails_and_keeps_the_reason_to_itself() throws Exception {
        app.bean(JdbcTemplate.class).execute("alter table auto_recharge_state rename to away");
        app.bean(JdbcTemplate.class).execute("alter table credit_accounts rename to away_too");

        JsonNode health = health(503);

        assertThat(health.get("status").textValue()).isEqualTo("DOWN");
        assertThat(health.toString()).doesNotContainIgnoringCase("auto_recharge_state");
    }

    private JsonNode health(int status) throws Exception {
        HttpResponse<String> answer = app.get("alice", "/actuator/health");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body()).get("components").get("autorecharge");
    }
}

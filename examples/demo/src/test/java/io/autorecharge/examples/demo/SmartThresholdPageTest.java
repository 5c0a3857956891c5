package io.autorecharge.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.report.SmartThresholdStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** A smart threshold: the page says how fast credits are used, and at which balance they are bought for that reason. */
class SmartThresholdPageTest {
    private static final String GOOD = "4242424242424242";

    private static DemoApp app;

    private String user;
    private AccountId account;
    private Pages alice;

    @BeforeAll
    static void start() {
        app = DemoApp.start(
                Map.of("autorecharge.threshold-mode", "smart", "autorecharge.smart-threshold.lead-time", "150m"));
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @BeforeEach
    void enable() {
        user = app.newUser();
        account = AccountId.of(user);
        alice = Pages.signedIn(app, user);
        Customer.enables(new Api(app, user), 100, GOOD);
        app.autoRecharge().grant(new Grant(account, Credits.of(300), Category.PROMOTIONAL, "gift", "Gift"));
    }

    /** Uses credits, and the account is measured as if its first measurement, before them, had been 30 hours ago. */
    private void useWithin30Hours(String credits) {
        app.autoRecharge().check(account);
        alice.use(credits);
        Instant begin = Instant.now().minus(Duration.ofHours(30));
        JdbcTemplate database = app.context().getBean(JdbcTemplate.class);
        OffsetDateTime at = begin.atOffset(ZoneOffset.UTC);
        assertThat(database.update("update auto_recharge_usage_marks set marked_at = ? where account_id = ?", at, user))
                .isEqualTo(1);
        database.update("update auto_recharge_state set usage_measured_at = ? where account_id = ?", at, user);
        app.autoRecharge().check(account);
    }

    @Test
    void before_a_day_of_use_the_threshold_of_the_user_is_named() {
        assertThat(alice.profile())
                .contains("We do not know yet how fast you use credits. We recharge below 10 credits.")
                .contains("When your balance falls below 10, we buy 100 credits for $9.00");
    }

    @Test
    void the_page_says_how_fast_credits_are_used_and_when_they_are_bought() {
        useWithin30Hours("360");

        assertThat(alice.profile())
                .contains("You use about 12 credits per hour. We recharge below 30 credits, enough for 2.5 hours.")
                .contains("When your balance falls below 30, we buy 100 credits for $9.00");
    }

    @Test
    void a_balance_that_is_low_only_by_the_smart_threshold_is_called_low() {
        app.autoRecharge().pause("test", "test");
        try {
            useWithin30Hours("360");
            String page = alice.use("40");

            assertThat(Pages.balance(page)).isEqualTo("20");
            assertThat(page)
                    .contains("We recharge below 30 credits")
                    .contains(Words.hold(HoldReason.PAUSED))
                    .doesNotContain("When your balance falls below");
        } finally {
            app.autoRecharge().resume("test");
        }
    }

    @Test
    void the_sentence_fits_any_use() {
        assertThat(sentence("1", "10"))
                .isEqualTo("You use about 1 credit per hour. We recharge below 10 credits, enough for 10 hours.");
        assertThat(sentence("10", "10")).endsWith(" below 10 credits, enough for 1 hour.");
        assertThat(sentence("11.96", "29.9")).startsWith("You use about 12 credits per hour.");
        assertThat(sentence("0.04", "10")).startsWith("You use less than 0.1 credits per hour.");
        assertThat(sentence("0", "10")).isEqualTo("You use no credits per hour. We recharge below 10 credits.");
        assertThat(sentence("5000", "110")).endsWith(" We recharge below 110 credits.");
    }

    private String sentence(String perHour, String below) {
        return SmartThresholdWords.of(app.autoRecharge()
                .status(account)
                .with(new SmartThresholdStatus(Credits.of(perHour), Credits.of(below))));
    }

    @Test
    void the_terms_say_that_credits_are_bought_earlier() {
        assertThat(alice.profile()).contains("at most one package above my threshold");
    }

    @Test
    void an_account_that_is_switched_off_is_told_nothing() {
        alice.post("/profile/auto-recharge", Form.with("credits", "100").and("threshold", "10"));

        assertThat(alice.profile()).doesNotContain("id=\"smart-threshold\"");
    }
}

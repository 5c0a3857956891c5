package com.example.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.report.Status;
import io.autorecharge.spring.testkit.AutoConfigureAutoRechargeSimulator;
import io.autorecharge.stripe.simulator.Fault;
import io.autorecharge.stripe.simulator.StripeSimulator;
import io.autorecharge.stripe.simulator.TestCard;
import io.autorecharge.stripe.simulator.WebhookMode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "spring.datasource.url=jdbc:h2:mem:reports;DB_CLOSE_DELAY=-1")
@AutoConfigureAutoRechargeSimulator
class ReportCreditsTest {
    @Autowired
    private AutoRecharge autoRecharge;

    @Autowired
    private Reports reports;

    @Autowired
    private StripeSimulator stripe;

    @Test
    void a_report_below_the_threshold_triggers_one_recharge() {
        AccountId account = buyCredits("ada", TestCard.VISA);

        reports.write("ada", "Report of May", 46);

        awaitBalance(account, 125);
        assertThat(stripe.history().capturesBy("autorecharge_account")).containsEntry("ada", 2);
    }

    @Test
    void a_declined_card_is_reported_to_the_user() {
        AccountId account = buyCredits("ben", TestCard.DECLINE_AFTER_ATTACHING);

        reports.write("ben", "Report of May", 46);

        await().until(() -> autoRecharge.status(account).state() == Status.State.BACKING_OFF);
    }

    @Test
    void a_lost_answer_does_not_charge_twice() {
        AccountId account = buyCredits("eve", TestCard.VISA);
        stripe.faults().next("POST /v1/payment_intents", Fault.RESET_AFTER_EXECUTION);

        reports.write("eve", "Report of May", 46);

        // The webhook reports what the lost answer would have.
        awaitBalance(account, 125);
        assertThat(stripe.history().capturesBy("autorecharge_account")).containsEntry("eve", 2);
    }

    @Test
    void a_webhook_that_arrives_twice_grants_once() throws Exception {
        stripe.webhooks().mode(WebhookMode.TWICE);

        AccountId account = buyCredits("fay", TestCard.VISA);

        assertThat(stripe.webhooks().awaitIdle(Duration.ofSeconds(10))).isTrue();
        assertThat(autoRecharge.balance(account)).isEqualTo(Credits.of(120));
    }

    /** Buys 100 credits, which enables auto-recharge and adds a bonus of 20. */
    private AccountId buyCredits(String user, TestCard card) {
        AccountId account = AccountId.of(user);
        CheckoutSession checkout = autoRecharge.openCheckout(account, 100, "v1", null);
        assertThat(stripe.pay(checkout.url(), card)).isTrue();
        awaitBalance(account, 120);
        return account;
    }

    private void awaitBalance(AccountId account, int credits) {
        await().untilAsserted(() -> assertThat(autoRecharge.balance(account)).isEqualTo(Credits.of(credits)));
    }
}

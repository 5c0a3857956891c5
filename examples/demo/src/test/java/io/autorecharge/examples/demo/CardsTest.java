package io.autorecharge.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.credit.AccountId;
import io.autorecharge.stripe.simulator.RecordedRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the page's four test cards do, over HTTP. */
class CardsTest {
    private DemoApp app;
    private Api alice;
    private Pages pages;

    @BeforeEach
    void start() {
        app = DemoApp.start(Map.of("autorecharge.back-off.waits", "6h,48h"));
        alice = new Api(app, "alice");
        pages = Pages.signedIn(app, "alice");
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void a_card_that_declines_later_makes_the_account_back_off_without_a_second_charge() {
        Customer.enables(alice, 100, "4000000000000341");
        assertThat(Eventually.equal(alice::settings, "state", "active"))
                .extractingByKey("balance")
                .isEqualTo(120.0);

        pages.use("115");
        Map<String, Object> status = Eventually.equal(alice::settings, "state", "backing_off");
        assertThat(status.get("next_try")).isNotNull();
        assertThat(status).containsEntry("reason", "generic_decline");

        app.autoRecharge().runOnce();
        app.autoRecharge().check(AccountId.of("alice"));
        app.autoRecharge().runOnce();
        assertThat(charges()).hasSize(1);
        assertThat(app.stripe().history().captures()).as("only the purchase").hasSize(1);
        assertThat(Pages.balance(pages.profile())).isEqualTo("5");
        assertThat(pages.profile())
                .contains("Payment declined", "You were not charged", "We try again at", "•••• 0341");
    }

    @Test
    void a_card_that_always_asks_for_authentication_stops_until_its_holder_acts() {
        String checkout = Customer.checkout(alice, 100);
        HttpResponse<String> paid = Customer.pays(checkout, "4000002760003184");
        assertThat(Pages.balance(pages.profile())).as("not confirmed yet").isEqualTo("0");
        Customer.confirms(checkout, paid);
        Eventually.equal(alice::settings, "state", "active");

        pages.use("115");
        Eventually.equal(alice::settings, "state", "needs_authentication");
        app.autoRecharge().runOnce();
        assertThat(charges()).hasSize(1);
        assertThat(app.stripe().history().captures()).as("only the purchase").hasSize(1);
        assertThat(pages.profile()).contains("Needs you", "Your bank wants you to confirm the payment yourself");
    }

    @Test
    void a_recharge_that_the_bank_wants_confirmed_is_paid_once_on_its_own_page() {
        String checkout = Customer.checkout(alice, 100);
        Customer.confirms(checkout, Customer.pays(checkout, "4000002760003184"));
        Eventually.equal(alice::settings, "state", "active");
        pages.use("115");
        Eventually.equal(alice::settings, "state", "needs_authentication");
        assertThat(pages.profile()).contains("Confirm the payment");

        String page = pages.confirm().toString();
        assertThat(Api.json(alice.post(Api.RECOVERY, "{}"))).containsEntry("url", page);
        Customer.confirms(page, Customer.pays(page, "4000002760003184"));

        Map<String, Object> status = Eventually.equal(alice::settings, "state", "active");
        assertThat(status).containsEntry("balance", 125.0);
        assertThat(app.stripe().history().captures()).hasSize(2);
        assertThat(alice.post(Api.RECOVERY, "{}").statusCode()).isEqualTo(409);
        assertThat(pages.profile()).doesNotContain("Confirm the payment");
        assertThat(pages.confirm().getPath()).isEqualTo("/profile");
    }

    @Test
    void a_purchase_with_another_card_ends_the_stop() {
        String checkout = Customer.checkout(alice, 100);
        Customer.confirms(checkout, Customer.pays(checkout, "4000002760003184"));
        Eventually.equal(alice::settings, "state", "active");
        pages.use("115");
        Eventually.equal(alice::settings, "state", "needs_authentication");

        Customer.enables(alice, 100, "4242424242424242");

        Map<String, Object> status = Eventually.equal(alice::settings, "state", "active");
        assertThat(status.get("payment_method")).isEqualTo(Map.of("brand", "visa", "last4", "4242"));
        assertThat(Pages.balance(pages.profile()))
                .as("no second enabling bonus")
                .isEqualTo("105");
    }

    @Test
    void a_card_that_fails_at_checkout_buys_and_saves_nothing() {
        String checkout = Customer.checkout(alice, 100);

        HttpResponse<String> answer = Customer.pays(checkout, "4000000000009995");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("insufficient funds");
        app.autoRecharge().refreshCheckouts(AccountId.of("alice"));
        Map<String, Object> status = alice.settings();
        assertThat(status).containsEntry("enabled", false).containsEntry("balance", 0.0);
        assertThat(status.get("payment_method")).isNull();
        assertThat(app.stripe().history().captures()).isEmpty();
    }

    private List<RecordedRequest> charges() {
        return app.stripe().history().requests("POST", "/v1/payment_intents");
    }
}

package io.autorecharge.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import java.net.http.HttpResponse;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Recharge tab, as it works without scripts. */
class ProfilePageTest {
    private static final Pattern INPUT = Pattern.compile("<input [^>]*>");

    private static DemoApp app;

    /** Alice is another user in every test. */
    private String user;

    private Pages alice;

    @BeforeAll
    static void start() {
        app = DemoApp.start();
    }

    @BeforeEach
    void signIn() {
        user = app.newUser();
        alice = Pages.signedIn(app, user);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void consent_is_never_ticked_beforehand() {
        assertThat(consentBox(alice.profile())).doesNotContain("checked");
        assertThat(consentBox(alice.get("/profile?consent=on&enabled=on").body()))
                .doesNotContain("checked");
        assertThat(toggle(alice.profile())).doesNotContain("checked");

        HttpResponse<String> wrong =
                alice.post("/profile/auto-recharge", settings("-1").and("consent", "on"));
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(consentBox(wrong.body())).as("after a mistake elsewhere").doesNotContain("checked");

        Customer.enables(new Api(app, user), 100, "4242424242424242");
        assertThat(consentBox(alice.profile())).as("of an account that agreed").doesNotContain("checked");
        assertThat(toggle(alice.profile())).contains("checked");
    }

    @Test
    void enabling_without_agreement_is_refused_at_the_box() {
        for (String path : new String[] {"/profile/auto-recharge", "/profile/checkout"}) {
            HttpResponse<String> answer = alice.post(path, settings("10"));

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("id=\"consent-problem\"", "tick the box");
        }
        assertThat(new Api(app, user).settings()).containsEntry("enabled", false);
        assertThat(app.stripe().history().requests())
                .as("nothing is made at Stripe: whatever is made begins with a customer that names the account")
                .filteredOn(it -> it.method().equals("POST"))
                .noneMatch(it -> it.toString().contains(user));
    }

    @Test
    void agreement_is_recorded_with_version_and_time() {
        String page = alice.post("/profile/auto-recharge", settings("10").and("consent", "on"))
                .body();

        assertThat(page)
                .contains("Saved. Auto-Recharge is on.", "You agreed to version", "2026-11", "Set-up incomplete");
        assertThat(app.autoRecharge().status(AccountId.of(user)).consent())
                .isNotNull()
                .satisfies(consent -> {
                    assertThat(consent.version()).isEqualTo("2026-11");
                    assertThat(consent.at()).isNotNull();
                });

        String off = alice.post(
                        "/profile/auto-recharge", Form.with("credits", "100").and("threshold", "10"))
                .body();
        assertThat(off).contains("Saved. Auto-Recharge is off");
    }

    @Test
    void problems_stand_at_their_fields_and_nothing_is_saved() {
        assertThat(alice.post("/profile/auto-recharge", settings("abc")).body())
                .contains("id=\"threshold-problem\"", "The threshold must be a decimal number.", "value=\"abc\"");
        assertThat(alice.post("/profile/auto-recharge", settings("<script>x</script>"))
                        .body())
                .contains("id=\"threshold-problem\"")
                .doesNotContain("<script>x");
        assertThat(alice.post("/profile/checkout", Form.with("credits", "77").and("threshold", "10"))
                        .body())
                .contains("id=\"credits-problem\"");
        assertThat(new Api(app, user).settings()).containsEntry("credits", null);
    }

    @Test
    void what_saving_charges_is_shown_and_confirmed_before_it_is_saved() {
        Customer.enables(new Api(app, user), 50, "4242424242424242");
        Form high = Form.with("enabled", "on").and("credits", "50").and("threshold", "400");

        String asked = alice.post("/profile/auto-recharge", high).body();

        assertThat(asked)
                .contains("Please confirm", "If you save, we charge $35.00 to Visa •••• 4242 now")
                .contains("One recharge costs at most $40.00.", "name=\"confirmedAmount\" value=\"35.00\"");
        assertThat(new Api(app, user).settings()).containsEntry("threshold", 10.0);
        assertThat(alice.post(
                                "/profile/auto-recharge",
                                high.and("confirmedAmount", "5.00").and("confirmedMax", "40.00"))
                        .body())
                .as("another amount than was shown")
                .contains("Please confirm");
        Form confirmed = high.and("confirmedAmount", "35.00").and("confirmedMax", "40.00");
        assertThat(alice.post("/profile/auto-recharge", confirmed.and("confirmedPrice", "4.00"))
                        .body())
                .as("another price than was shown")
                .contains("Please confirm");
        assertThat(Pages.balance(alice.profile())).isEqualTo("70");

        String saved = alice.post("/profile/auto-recharge", confirmed.and("confirmedPrice", "5.00"))
                .body();
        assertThat(saved).contains("Saved. Auto-Recharge is on.");
        Eventually.matches(alice::profile, it -> Pages.balance(it).equals("440"));
    }

    @Test
    void the_agreement_names_the_package_its_price_and_the_most_that_one_recharge_can_cost() {
        assertThat(alice.profile())
                .contains("100 credits for $9.00. With a threshold of 10, one recharge costs at most $9.00.");

        String asked = alice.post(
                        "/profile/checkout",
                        Form.with("enabled", "on")
                                .and("consent", "on")
                                .and("credits", "50")
                                .and("threshold", "400"))
                .body();
        assertThat(asked).contains("Please confirm", "You pay $5.00 on the payment page now.", "at most $40.00");
    }

    @Test
    void a_purchase_is_thanked_for_only_when_it_was_paid() {
        assertThat(alice.get("/profile?checkout=success").body()).doesNotContain("Thank you", "not confirmed");

        String page = alice.post("/profile/checkout", Form.with("credits", "50").and("threshold", "10"))
                .uri()
                .toString();
        assertThat(alice.get("/profile?checkout=success").body()).contains("Your payment is not confirmed yet.");
        Customer.pays(page, "4242424242424242");

        assertThat(alice.get("/profile?checkout=success").body()).contains("Thank you. You bought 50 credits.");
        assertThat(alice.get("/profile?checkout=success").body()).doesNotContain("Thank you");
    }

    @Test
    void a_purchase_without_auto_recharge_enables_nothing() {
        HttpResponse<String> page =
                alice.post("/profile/checkout", Form.with("credits", "50").and("threshold", "10"));
        assertThat(page.uri().toString()).startsWith(app.stripe().baseUrl() + "/c/pay/");

        Customer.pays(page.uri().toString(), "4242424242424242");

        assertThat(app.stripe().history().requests("POST", "/v1/customers"))
                .anyMatch(it -> it.toString().contains(user));
        assertThat(Eventually.matches(alice::profile, it -> Pages.balance(it).equals("50")))
                .contains("Credit purchase: 50 credits", "No card saved");
        assertThat(new Api(app, user).settings()).containsEntry("enabled", false);
    }

    @Test
    void a_form_that_is_sent_twice_takes_credits_once() {
        gift(100);
        Form form = Form.with("amount", "30").and("reference", Pages.reference(alice.profile()));

        assertThat(alice.post("/profile/use", form).body()).contains("Used 30 credits.");
        assertThat(alice.post("/profile/use", form).body()).contains("nothing was taken twice");

        assertThat(Pages.balance(alice.profile())).isEqualTo("70");
        assertThat(alice.post("/profile/use", form.and("amount", "31")).body()).contains("This form was used already");
        assertThat(Pages.balance(alice.profile())).isEqualTo("70");
    }

    @Test
    void more_than_the_balance_is_not_taken() {
        gift(3);

        assertThat(alice.use("3.5")).contains("Not enough credits: you have 3. Nothing was taken.");

        assertThat(Pages.balance(alice.profile())).isEqualTo("3");
    }

    @Test
    void amounts_that_are_none_are_refused_at_the_field() {
        gift(3);
        for (String amount :
                new String[] {"", "abc", "-1", "0", "NaN", "1e0", "1e99", "\uFF11", "0.0000001", "9".repeat(300)}) {
            assertThat(alice.use(amount)).as(amount).contains("id=\"use-problem\"");
        }
        assertThat(alice.post("/profile/use", Form.with("amount", "1")).body()).contains("id=\"use-problem\"");

        assertThat(Pages.balance(alice.profile())).isEqualTo("3");
    }

    private void gift(int credits) {
        app.autoRecharge()
                .grant(new Grant(AccountId.of(user), Credits.of(credits), Category.PROMOTIONAL, "gift", "A gift"));
    }

    private static Form settings(String threshold) {
        return Form.with("enabled", "on").and("credits", "100").and("threshold", threshold);
    }

    private static String consentBox(String page) {
        return input(page, "name=\"consent\"");
    }

    private static String toggle(String page) {
        return input(page, "name=\"enabled\"");
    }

    private static String input(String page, String part) {
        return INPUT.matcher(page)
                .results()
                .map(MatchResult::group)
                .filter(it -> it.contains(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + part + " in\n" + page));
    }
}

package io.autorecharge.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.SavedMethod;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import java.net.http.HttpResponse;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The list of cards on the page, without scripts. */
class CardListTest {
    private static final Pattern NAME =
            Pattern.compile("<span class=\"card-name\">([^<]+)</span>\\s*<span class=\"badge\">([^<]+)");
    private static final String GOOD = "4242424242424242";
    private static final String DECLINED_LATER = "4000000000000341";

    private static DemoApp app;

    /** Alice is another user in every test. */
    private String user;

    private Pages alice;

    @BeforeAll
    static void start() {
        app = DemoApp.start(Map.of("autorecharge.back-off.waits", "6h,48h"));
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @BeforeEach
    void signIn() {
        user = app.newUser();
        alice = Pages.signedIn(app, user);
    }

    @Test
    void without_a_card_the_list_says_how_one_is_saved() {
        assertThat(alice.profile()).contains("No card is saved.").doesNotContain("Make primary");
    }

    @Test
    void a_single_card_can_be_removed_and_the_page_says_what_is_missing() {
        Customer.enables(new Api(app, user), 100, GOOD);
        assertThat(cards(alice.profile())).containsExactly("Visa •••• 4242 Primary");
        assertThat(alice.profile()).doesNotContain("Make primary");

        String page = press("remove", saved().get(0));

        assertThat(page).contains("Visa •••• 4242 is not saved any more.", "Set-up incomplete", "No card is saved.");
        assertThat(saved()).isEmpty();
    }

    @Test
    void a_recharge_names_the_card_that_was_declined_and_the_one_that_was_charged() {
        PaymentMethod good = declinedFirst();

        alice.use("215");

        // The page reads the state first and the charges then: the two may differ for a moment.
        String page = Eventually.matches(alice::profile, it -> it.contains("was charged") && it.contains("Active"));
        assertThat(page)
                .contains("Visa •••• 0341 was declined. Your bank declined the payment.", "Visa •••• 4242 was charged.")
                .contains("Waiting", "The last charge failed. We try it again at", "Active");
        assertThat(app.autoRecharge().recharges(AccountId.of(user), 5)).hasSize(1);
        assertThat(app.stripe().history().captures())
                .filteredOn(it -> it.paymentMethod().equals(good.id()))
                .as("the purchase and the recharge")
                .hasSize(2);
    }

    @Test
    void cards_are_added_without_a_purchase_and_one_recharge_tries_the_declined_one_and_charges_the_other() {
        AccountId account = AccountId.of(user);
        app.autoRecharge().grant(new Grant(account, Credits.of(20), Category.PROMOTIONAL, "gift-" + user, "Gift"));
        add(GOOD, false);
        assertThat(cards(alice.profile())).containsExactly("Visa •••• 4242 Primary");
        String page = add(DECLINED_LATER, true);
        assertThat(cards(page)).containsExactly("Visa •••• 0341 Primary", "Visa •••• 4242 Backup");
        assertThat(page).contains("Visa •••• 0341 is saved. Nothing was charged.");
        assertThat(app.stripe().history().captures())
                .noneMatch(it -> saved().stream().anyMatch(card -> card.id().equals(it.paymentMethod())));
        new Api(app, user).post(Api.SETTINGS, "{\"enabled\":true,\"credits\":100,\"threshold\":10.0}");

        alice.use("15");

        page = Eventually.matches(alice::profile, it -> it.contains("was charged"));
        assertThat(page).contains("Visa •••• 0341 was declined.", "Visa •••• 4242 was charged.");
        assertThat(app.autoRecharge().recharges(account, 5)).hasSize(1);
        assertThat(app.stripe().history().captures())
                .filteredOn(it -> saved().stream().anyMatch(card -> card.id().equals(it.paymentMethod())))
                .hasSize(1);
        page = press("backup", saved().get(0));
        assertThat(cards(page)).containsExactly("Visa •••• 4242 Primary", "Visa •••• 0341 Backup");
        press("remove", saved().get(1));
        page = press("remove", saved().get(0));
        assertThat(page).contains("Set-up incomplete", "No card is saved.");
    }

    @Test
    void somebody_who_leaves_the_page_that_adds_a_card_is_told_that_none_was_added() {
        postsAdd(false);

        assertThat(alice.get("/profile?checkout=cancelled").body()).contains("No card was added yet.");
    }

    /** Adds a card as a person does, and returns from Stripe's page. */
    private String add(String card, boolean primary) {
        assertThat(Customer.pays(postsAdd(primary), card).statusCode()).isBetween(300, 399);
        return alice.get("/profile?checkout=success").body();
    }

    private String postsAdd(boolean primary) {
        alice.profile();
        Form form = primary ? Form.with("primary", "on") : Form.with("other", "");
        return alice.post("/profile/cards/add", form).uri().toString();
    }

    @Test
    void a_button_that_is_pressed_twice_charges_what_it_says_once() {
        add(GOOD, false);
        String page = alice.profile();
        assertThat(page)
                .contains("Pay $9.00 for 100 credits", "Charges <span class=\"card-name\">Visa •••• 4242</span>");
        Form form = Form.with("credits", "100")
                .and("price", "9.00")
                .and("currency", "USD")
                .and("reference", Pages.reference(page));

        assertThat(alice.post("/profile/purchase", form).body())
                .contains("Thank you. You bought 100 credits for $9.00.");
        alice.post("/profile/purchase", form);

        assertThat(Pages.balance(alice.profile())).isEqualTo("100");
        assertThat(app.stripe().history().captures())
                .filteredOn(it -> it.paymentMethod().equals(saved().get(0).id()))
                .hasSize(1);
        assertThat(alice.post("/profile/purchase", form.and("price", "1.00")).body())
                .contains("This form cannot be used any more. Nothing was charged");
    }

    @Test
    void another_try_right_after_a_decline_says_that_it_is_too_soon() {
        AccountId account = AccountId.of(user);
        app.autoRecharge().grant(new Grant(account, Credits.of(20), Category.PROMOTIONAL, "gift-" + user, "Gift"));
        add(DECLINED_LATER, true);
        new Api(app, user).post(Api.SETTINGS, "{\"enabled\":true,\"credits\":100,\"threshold\":10.0}");
        alice.use("15");
        Eventually.matches(alice::profile, it -> it.contains("Payment declined"));

        assertThat(alice.profile()).contains("id=\"retry\"");
        assertThat(alice.post("/profile/retry", Form.with("x", "")).body())
                .contains("Nothing was charged. The last payment was just now.");
    }

    @Test
    void a_card_that_was_removed_is_not_named_any_more() {
        declinedFirst();
        alice.use("215");
        Eventually.matches(alice::profile, it -> it.contains("was charged"));

        press("remove", saved().get(0));

        assertThat(alice.profile())
                .contains("A card that is not saved any more was declined.", "Visa •••• 4242 was charged.")
                .doesNotContain("0341 was declined");
    }

    @Test
    void a_backup_becomes_the_primary_card() {
        PaymentMethod good = declinedFirst();
        assertThat(cards(alice.profile())).containsExactly("Visa •••• 0341 Primary", "Visa •••• 4242 Backup");

        String page = press("primary", good);

        assertThat(page).contains("Visa •••• 4242 is charged first from now on.");
        assertThat(cards(page)).containsExactly("Visa •••• 4242 Primary", "Visa •••• 0341 Backup");
        assertThat(page).contains("with Visa •••• 4242");
    }

    @Test
    void a_card_shows_when_it_expires_and_that_it_has_expired() {
        PaymentMethod good = declinedFirst();

        expires(good, YearMonth.of(2099, 3));
        assertThat(alice.profile()).contains("Expires <span>03/2099</span>").doesNotContain("Expired");

        expires(good, YearMonth.of(2020, 3));
        assertThat(alice.profile())
                .contains(
                        "Expires <span>03/2020</span>", ">Expired<", "Cards that have not expired are charged first.");
    }

    private void expires(PaymentMethod card, YearMonth month) {
        PaymentMethod newer = new PaymentMethod(
                card.customerId(), card.id(), card.brand(), card.last4(), card.fingerprint(), "card", month);
        app.autoRecharge().addPaymentMethod(AccountId.of(user), newer);
    }

    @Test
    void a_card_of_another_user_is_neither_seen_nor_changed() {
        declinedFirst();
        List<PaymentMethod> before = saved();
        String other = app.newUser();
        Pages bob = Pages.signedIn(app, other);

        for (PaymentMethod card : before) {
            for (String button : List.of("primary", "backup", "remove")) {
                assertThat(bob.post("/profile/cards/" + button, Form.with("id", card.id()))
                                .body())
                        .contains("This card is not saved. Nothing was changed.")
                        .doesNotContain("0341</span>", "4242</span>", card.id());
            }
        }
        assertThat(bob.post("/profile/cards/remove", Form.with("other", "x")).body())
                .contains("This card is not saved.");
        assertThat(saved()).isEqualTo(before);
    }

    @Test
    void a_button_needs_the_token_of_the_page() {
        declinedFirst();
        List<PaymentMethod> before = saved();

        HttpResponse<String> answer = alice.postWithoutToken(
                "/profile/cards/remove", Form.with("id", before.get(0).id()));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(saved()).isEqualTo(before);
    }

    /** A card that is declined later is the primary one; a good one, saved before, is its backup. */
    private PaymentMethod declinedFirst() {
        Api api = new Api(app, user);
        Customer.enables(api, 100, GOOD);
        PaymentMethod good =
                Eventually.matches(this::saved, it -> !it.isEmpty()).get(0);
        Customer.pays(Customer.checkout(api, 100), DECLINED_LATER);
        Eventually.matches(this::saved, it -> it.stream().anyMatch(card -> "0341".equals(card.last4())));
        app.autoRecharge().addPaymentMethod(AccountId.of(user), good);
        return good;
    }

    private List<PaymentMethod> saved() {
        return app.autoRecharge().paymentMethods(AccountId.of(user)).all().stream()
                .map(SavedMethod::method)
                .toList();
    }

    private String press(String button, PaymentMethod card) {
        String page = alice.profile();
        assertThat(page).contains("/profile/cards/" + button, "value=\"" + card.id() + "\"");
        return alice.post("/profile/cards/" + button, Form.with("id", card.id()))
                .body();
    }

    private static List<String> cards(String page) {
        return NAME.matcher(page)
                .results()
                .map((MatchResult it) -> it.group(1) + " " + it.group(2))
                .toList();
    }
}

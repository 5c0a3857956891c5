package io.autorecharge.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.LedgerEntry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The guide's whole flow over HTTP, with the simulator in the place of Stripe; a subclass names the database. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class SeedFlowContract {
    private DemoApp app;

    /** Properties of the demo on an empty database. */
    abstract Map<String, String> database();

    @BeforeAll
    void start() {
        app = DemoApp.start(database());
    }

    @AfterAll
    void stop() {
        app.close();
    }

    @Test
    void enables_buys_spends_and_is_recharged_once() {
        Api alice = new Api(app, "alice");
        assertThat(alice.get(Api.SETTINGS).body()).startsWith("{\"enabled\":false,\"credits\":null,\"threshold\":10.0");

        Map<String, Object> stored =
                Api.json(alice.post(Api.SETTINGS, "{\"enabled\":true,\"credits\":100,\"threshold\":12.5}"));
        assertThat(stored).containsEntry("enabled", true).containsEntry("credits", 100);
        assertThat(alice.get(Api.SETTINGS).body()).startsWith("{\"enabled\":true,\"credits\":100,\"threshold\":12.5");
        assertThat(alice.settings()).containsEntry("state", "incomplete");
        assertThat(alice.settings().get("missing")).isEqualTo(List.of("no_payment_method"));

        String checkout = Customer.checkout(alice, 100);
        assertThat(Customer.pays(checkout, "4242 4242 4242 4242").headers().firstValue("Location"))
                .hasValueSatisfying(url -> assertThat(url)
                        .startsWith(app.url("/profile?checkout=success").toString()));
        Map<String, Object> ready = Eventually.equal(alice::settings, "state", "active");
        assertThat(ready.get("payment_method")).isEqualTo(Map.of("brand", "visa", "last4", "4242"));
        assertThat(ledger("alice"))
                .extracting(LedgerEntry::description, entry -> entry.amount().toString(), LedgerEntry::category)
                .containsExactly(
                        tuple("Purchase bonus: 20 credits", "20", Category.PROMOTIONAL),
                        tuple("Credit purchase: 100 credits", "100", Category.PAID));
        assertThat(app.stripe().webhooks().deliveries())
                .filteredOn(delivery -> delivery.type().equals("checkout.session.completed"))
                .anySatisfy(delivery -> assertThat(delivery.status()).isBetween(200, 299));

        Pages pages = Pages.signedIn(app, "alice");
        assertThat(Pages.balance(pages.profile())).isEqualTo("120");
        assertThat(pages.use("110")).contains("Used 110 credits. Your balance fell below the threshold");

        Eventually.matches(() -> Pages.balance(pages.profile()), "130"::equals);
        assertThat(ledger("alice"))
                .extracting(
                        LedgerEntry::description,
                        entry -> entry.amount().toString(),
                        entry -> entry.balanceAfter().toString())
                .startsWith(
                        tuple("Auto-recharge bonus: 20 credits", "20", "130"),
                        tuple("Auto-recharge: 100 credits", "100", "110"),
                        tuple("Credits used", "-110", "10"));
        assertThat(app.stripe().history().captures()).hasSize(2);
        String page = pages.profile();
        assertThat(page).contains("Auto-recharge: 100 credits", "Visa •••• 4242", ">Paid<");
    }

    @Test
    void answers_for_an_account_that_never_chose_anything_as_the_guide_says() {
        assertThat(new Api(app, "bob").get(Api.SETTINGS).body())
                .startsWith("{\"enabled\":false,\"credits\":null,\"threshold\":10.0");
    }

    private List<LedgerEntry> ledger(String user) {
        return app.autoRecharge().entries(AccountId.of(user), 10);
    }
}

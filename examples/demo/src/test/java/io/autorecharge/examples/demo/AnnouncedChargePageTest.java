package io.autorecharge.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.credit.AccountId;
import io.autorecharge.report.Status;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A charge that is announced: the page says how much, to which card and when, and its button stops it. */
class AnnouncedChargePageTest {
    private static final String GOOD = "4242424242424242";

    private static DemoApp app;

    private String user;
    private Pages alice;

    @BeforeAll
    static void start() {
        app = DemoApp.start(Map.of("autorecharge.notice-before", "1d"));
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @BeforeEach
    void announce() {
        user = app.newUser();
        alice = Pages.signedIn(app, user);
        Customer.enables(new Api(app, user), 100, GOOD);
        alice.use("115");
    }

    @Test
    void the_page_shows_amount_card_and_time() {
        String page = announced();

        assertThat(page)
                .contains("We will charge at most $9.00 to Visa •••• 4242", "Not before", "Stop it")
                .contains(Words.time(status().announced().notBefore()));
        assertThat(new Api(app, user).settings().get("announced").toString())
                .contains(status().announced().notBefore().toString(), "9.00");
        assertThat(app.autoRecharge().recharges(AccountId.of(user), 5)).isEmpty();
    }

    @Test
    void the_button_stops_it() {
        announced();

        String page = alice.postWithoutToken("/profile/stop", Form.with("_csrf", alice.csrfToken()))
                .body();

        assertThat(page)
                .contains("Stopped. Auto-Recharge is off, and nothing is charged.")
                .doesNotContain("Stop it");
        assertThat(status().state()).isEqualTo(Status.State.OFF);
        assertThat(status().announced()).isNull();
        assertThat(app.autoRecharge().recharges(AccountId.of(user), 5)).isEmpty();
    }

    private String announced() {
        return Eventually.matches(alice::profile, it -> it.contains("Charge announced"));
    }

    private Status status() {
        return app.autoRecharge().status(AccountId.of(user));
    }
}

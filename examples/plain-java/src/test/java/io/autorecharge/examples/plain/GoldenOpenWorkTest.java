package io.autorecharge.examples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import io.autorecharge.event.AutoRechargeListener;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.jdbc.JdbcStore;
import io.autorecharge.stripe.simulator.Fault;
import io.autorecharge.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A database as it was left in the middle, before classes and methods were renamed, and what Stripe had been asked for until then: what is
 * under way is found, sent again to the letter, and granted once.
 */
class GoldenOpenWorkTest {
    private static final Pattern SENT =
            Pattern.compile("POST /v1/payment_intents\n(.*?)  answered: \\d+\n", Pattern.DOTALL);
    private static final Instant LEFT = SettableClock.START.plus(Duration.ofMinutes(10));

    private final SettableClock clock = new SettableClock();
    private final AtomicInteger lastId = new AtomicInteger();

    @ParameterizedTest
    @EnumSource(GoldenDatabase.class)
    void a_database_of_before_is_brought_to_its_end(GoldenDatabase kind) throws Exception {
        if (GoldenFile.isRecording()) {
            leaveInTheMiddle();
        }
        clock.set(LEFT);
        lastId.set(500);
        String asked = GoldenFile.of("open-before-requests.txt").text();
        GoldenIds ids = new GoldenIds();
        DataSource database = kind.migrated();
        try (GoldenStripe stripe = new GoldenStripe(clock)) {
            // Of the answers that were lost, one was to a charge that Stripe had carried out.
            stripe.again(asked, ids, List.of("autorecharge_account]: captured"));
            assertThat(stripe.simulator.history().captures()).hasSize(1);
            new GoldenTables(database)
                    .load(ids.real(GoldenFile.of("open-before-tables.sql").text()));
            int before = stripe.requests();
            try (AutoRecharge library = library(stripe, database, event -> {})) {
                stripe.pay(ids.real("cs_test_no1"));
                pass(Duration.ofMinutes(1));
                for (String account : List.of("busy", "captured", "lost")) {
                    library.check(AccountId.of(account));
                    pass(Duration.ofSeconds(1));
                }
                library.refreshCheckouts(AccountId.of("buyer"));
                pass(Duration.ofDays(2));
                library.runOnce();
            }
            String sent = stripe.text(ids, before);
            assertSentAsBefore(asked, sent, "busy");
            assertSentAsBefore(asked, sent, "lost");
            assertThat(stripe.simulator
                            .history()
                            .capturesBy("autorecharge_attempt")
                            .values())
                    .as("one charge an attempt")
                    .containsOnly(1);
            GoldenFile.of("open-after-requests.txt").mustBe(sent);
            GoldenFile.of("open-after-tables.sql").mustBe(new GoldenTables(database).text(ids));
        }
    }

    private static void assertSentAsBefore(String before, String after, String account) {
        assertThat(chargeOf(after, account)).isEqualTo(chargeOf(before, account));
    }

    /** The key and every parameter of the account's first charge. */
    private static String chargeOf(String requests, String account) {
        Matcher charge = SENT.matcher(requests);
        while (charge.find()) {
            if (charge.group(1).contains("[autorecharge_account]: " + account + "\n")) {
                return charge.group(1);
            }
        }
        throw new AssertionError("nothing was charged for " + account);
    }

    /** How the files were made. */
    private void leaveInTheMiddle() throws Exception {
        clock.set(SettableClock.START);
        lastId.set(0);
        GoldenIds ids = new GoldenIds();
        DataSource database = GoldenDatabase.H2.migrated();
        AutoRechargeListener deaf = event -> {
            throw new IllegalStateException("does not hear of " + event.type());
        };
        try (GoldenStripe stripe = new GoldenStripe(clock);
                AutoRecharge library = library(stripe, database, deaf)) {
            AccountId lost = ready(library, stripe, ids, "lost");
            stripe.simulator.faults().next("POST /v1/payment_intents", Fault.RESET_BEFORE_EXECUTION);
            library.check(lost);
            AccountId busy = ready(library, stripe, ids, "busy");
            stripe.simulator.faults().next("POST /v1/payment_intents", Fault.RATE_LIMIT);
            library.check(busy);
            AccountId captured = ready(library, stripe, ids, "captured");
            stripe.simulator.faults().next("POST /v1/payment_intents", Fault.RESET_AFTER_EXECUTION);
            library.check(captured);
            ids.named(stripe.lastCaptured());
            ids.named(stripe.refund(stripe.lastCaptured(), 300));
            ids.named(library.openCheckout(AccountId.of("buyer"), 100, "v1", "buyer@example.com")
                    .sessionId());
            // So that its customer, whom the library made, has the name that it gets when all is done again.
            stripe.text(ids, 0);
            pass(Duration.ofMillis(100));
            // Hears of the refund before it knows of the payment. Nothing that is under way is due yet.
            library.runOnce();
            for (String code : List.of("insufficient_funds", "lost_card")) {
                AccountId declined = ready(library, stripe, ids, "declined-" + code);
                stripe.simulator
                        .issuer()
                        .declineNext(library.status(declined).method().customerId(), code);
                library.check(declined);
                pass(Duration.ofSeconds(1));
            }
            GoldenFile.of("open-before-requests.txt").mustBe(stripe.text(ids, 0));
            GoldenFile.of("open-before-tables.sql").mustBe(new GoldenTables(database).text(ids));
        }
    }

    private AccountId ready(AutoRecharge library, GoldenStripe stripe, GoldenIds ids, String name) {
        AccountId account = AccountId.of(name);
        // A lost card is stopped for every account that uses it.
        PaymentMethod card = stripe.card(name.endsWith("lost_card") ? "pm_card_visa_debit" : "pm_card_visa");
        ids.named(card.customerId() + " " + card.id());
        library.grant(new Grant(account, Credits.of(1), Category.PROMOTIONAL, "welcome", "Welcome"));
        library.savePaymentMethod(account, card);
        library.configure(account, new Settings(true, 100, Credits.of(10)), "v1");
        pass(Duration.ofMillis(100));
        return account;
    }

    private AutoRecharge library(GoldenStripe stripe, DataSource database, AutoRechargeListener listener) {
        return AutoRecharge.builder(Node.POLICY, JdbcStore.of(database), stripe.gateway())
                .installation(new InstallationId("golden"))
                .clock(clock)
                .ids(() -> String.format("id-%03d", lastId.incrementAndGet()))
                .callsPerSecond(10_000)
                .concurrency(1)
                .chargeImmediately(false)
                .listenerExecutor(Runnable::run)
                .listener(listener)
                .build();
    }

    private void pass(Duration time) {
        clock.advance(time);
    }
}

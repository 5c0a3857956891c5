package io.autorecharge.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.report.Status;
import io.autorecharge.stripe.simulator.Capture;
import io.autorecharge.stripe.simulator.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The main flow on machines whose locale has other digits, or other upper and lower case. */
@ResourceLock(Resources.LOCALE)
class LocaleTest {
    private static final AccountId ALICE = new AccountId("alice");

    private final Locale before = Locale.getDefault();

    @AfterEach
    void restore() {
        Locale.setDefault(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG", "tr-TR", "fa-IR", "hi-IN-u-nu-deva"})
    void buys_recharges_looks_up_refunds_and_reconciles(String locale) throws Exception {
        Locale.setDefault(Locale.forLanguageTag(locale));
        try (StripeHost host = new StripeHost()) {
            AutoRecharge library = host.library;
            host.stripe.pay(library.openCheckout(ALICE, 100, "v1", null).url(), "4242424242424242");
            host.awaitDeliveries();
            library.refreshCheckouts(ALICE);
            assertThat(library.balance(ALICE)).isEqualTo(Credits.of(120));
            assertThat(host.store.find(ALICE).orElseThrow().method()).isNotNull();

            library.debit(Debit.of(ALICE, Credits.of(115), "spent", null));
            library.check(ALICE);
            host.awaitDeliveries();
            assertThat(library.balance(ALICE)).isEqualTo(Credits.of(125));
            assertThat(library.entries(ALICE, 10))
                    .extracting(LedgerEntry::description)
                    .contains("Auto-recharge: 100 credits", "Auto-recharge bonus: 20 credits");
            assertThat(library.status(ALICE).state()).isEqualTo(Status.State.ACTIVE);

            assertThat(library.reconcileSince(Instant.now().minus(Duration.ofHours(1)))
                            .concerns())
                    .isEmpty();
            Capture last = host.stripe.simulator.history().captures().get(1);
            host.stripe.post("/v1/refunds", Map.of("payment_intent", last.paymentIntentId(), "amount", "450"));
            host.awaitDeliveries();
            library.runOnce();
            assertThat(library.balance(ALICE)).isEqualTo(Credits.of(65));
            assertThat(host.store.find(ALICE).orElseThrow().state().suspension().reason())
                    .isEqualTo(Suspension.Reason.REFUNDED);
            assertThat(host.stripe.simulator.history().requests())
                    .allSatisfy(it -> assertThat(
                                    StandardCharsets.US_ASCII.newEncoder().canEncode(it.toString()))
                            .isTrue());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG", "tr-TR"})
    void a_lost_answer_is_looked_up_with_the_charge_that_it_expands(String locale) {
        Locale.setDefault(Locale.forLanguageTag(locale));
        try (FaultRig rig = new FaultRig().withoutWebhooks().enabled(FaultRig.VISA)) {
            rig.stripe.simulator.faults().next(FaultRig.CHARGE, Fault.RESET_AFTER_EXECUTION);
            rig.run();
            rig.assertInDoubt();
            rig.runAfter(Duration.ofMinutes(10));
            rig.assertPaidOnce();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "expand[%D9%A0]=latest_charge, expand[0]=latest_charge",
        "a=1&expand[%D9%A1%D9%A0]=x&b=2, a=1&expand[10]=x&b=2",
        "types[%DB%B1]=a, types[1]=a",
        "line_items[%D9%A0][price_data][currency]=usd, line_items[0][price_data][currency]=usd",
        "description=[%D9%A0], description=[%D9%A0]",
        "description=x%3D[%D9%A0], description=x%3D[%D9%A0]",
        "metadata[%C3%A9]=1, metadata[%C3%A9]=1",
        "metadata[a%20b]=1, metadata[a%20b]=1",
        "amount=900, amount=900",
        "flag, flag"
    })
    void only_the_indexes_of_keys_are_corrected(String encoded, String sent) {
        assertThat(FormKeys.inAscii(encoded)).isEqualTo(sent);
    }
}

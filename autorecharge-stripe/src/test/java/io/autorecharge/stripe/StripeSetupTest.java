package io.autorecharge.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.gson.JsonObject;
import io.autorecharge.account.MethodPlace;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.CheckoutTerms;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.PaymentHistory;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.gateway.SetupRequest;
import io.autorecharge.stripe.simulator.Fault;
import io.autorecharge.stripe.simulator.TestCard;
import io.autorecharge.stripe.simulator.WebhookSignature;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkout sessions that save a payment method without a payment, at a simulated Stripe. */
class StripeSetupTest {
    private static final InstallationId OURS = new InstallationId("ours");
    private static final AccountId ALICE = new AccountId("alice");

    private final SimulatedStripe stripe = new SimulatedStripe();
    private final String customer = stripe.gateway.createCustomer(ALICE, OURS, null);

    @AfterEach
    void close() {
        stripe.close();
    }

    private SetupRequest request(String currency) {
        return new SetupRequest(
                ALICE,
                new CheckoutId("checkout-1"),
                customer,
                MethodPlace.BACKUP,
                Currency.getInstance(currency),
                Instant.now(),
                OURS);
    }

    private CheckoutSession open(String currency) {
        return stripe.gateway.createSetup(request(currency));
    }

    private PaymentMethod savedBy(CheckoutSession session) {
        return ((CheckoutOutcome.Saved) stripe.gateway.lookUp(session.sessionId())).method();
    }

    @Test
    void the_session_and_its_setup_intent_name_whose_they_are_and_nothing_is_charged() {
        CheckoutSession session = open("USD");
        stripe.simulator.pay(session.url(), TestCard.VISA);

        JsonObject json = stripe.get("/v1/checkout/sessions/" + session.sessionId());
        JsonObject metadata = json.getAsJsonObject("metadata");
        assertThat(json.get("mode").getAsString()).isEqualTo("setup");
        assertThat(metadata.get(Metadata.ACCOUNT).getAsString()).isEqualTo("alice");
        assertThat(metadata.get(Metadata.CHECKOUT).getAsString()).isEqualTo("checkout-1");
        assertThat(metadata.get(Metadata.SAVES).getAsString()).isEqualTo("BACKUP");
        assertThat(metadata.get(Metadata.INSTALLATION).getAsString()).isEqualTo("ours");
        assertThat(stripe.get("/v1/setup_intents/" + json.get("setup_intent").getAsString())
                        .getAsJsonObject("metadata"))
                .isEqualTo(metadata);
        assertThat(stripe.simulator.history().captures()).isEmpty();
    }

    @Test
    void the_saved_card_is_described_with_its_expiry_and_fingerprint() {
        CheckoutSession session = open("USD");
        stripe.simulator.pay(session.url(), TestCard.VISA);

        PaymentMethod saved = savedBy(session);

        assertThat(saved.customerId()).isEqualTo(customer);
        assertThat(saved.last4()).isEqualTo("4242");
        assertThat(saved.expiry()).isNotNull();
        assertThat(saved.fingerprint()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ideal", "bancontact"})
    void a_method_that_pays_once_is_saved_as_the_debit_that_it_generates(String type) {
        CheckoutSession session = open("EUR");
        assertThat(stripe.simulator.pay(session.url(), type)).isTrue();

        PaymentMethod saved = savedBy(session);

        assertThat(saved.type()).isEqualTo("sepa_debit");
        assertThat(saved.customerId()).isEqualTo(customer);
    }

    @Test
    void where_no_debit_may_be_charged_no_method_is_offered_that_generates_one() {
        StripeGateway cards = new StripeGateway(
                stripe.settings().savedMethodTypes(List.of("card")).build());

        CheckoutSession session = cards.createSetup(request("EUR"));

        assertThat(stripe.simulator.pay(session.url(), "ideal")).isFalse();
        assertThat(stripe.simulator.pay(session.url(), "link")).isFalse();
        assertThat(stripe.simulator.pay(session.url(), TestCard.VISA)).isTrue();
    }

    @Test
    void a_card_that_must_be_authenticated_is_waited_for() {
        CheckoutSession session = open("USD");

        stripe.simulator.pay(session.url(), TestCard.AUTHENTICATE_ON_SETUP);

        assertThat(stripe.gateway.lookUp(session.sessionId())).isEqualTo(new CheckoutOutcome.Pending());
        stripe.simulator.authenticate(
                stripe.get("/v1/checkout/sessions/" + session.sessionId())
                        .get("setup_intent")
                        .getAsString(),
                true);
        assertThat(savedBy(session)).isNotNull();
    }

    @Test
    void a_method_that_was_detached_at_once_is_no_saved_method() {
        CheckoutSession session = open("USD");
        stripe.simulator.pay(session.url(), TestCard.VISA);
        stripe.post("/v1/payment_methods/" + savedBy(session).id() + "/detach", java.util.Map.of());

        assertThat(savedBy(session)).isNull();
    }

    @Test
    void the_webhook_reports_the_saved_method() {
        CheckoutSession session = open("USD");
        stripe.simulator.pay(session.url(), TestCard.VISA);
        String body =
                "{\"id\":\"evt_1\",\"object\":\"event\",\"livemode\":false,\"type\":\"checkout.session.completed\","
                        + "\"data\":{\"object\":" + stripe.get("/v1/checkout/sessions/" + session.sessionId()) + "}}";
        StripeWebhook webhook = new StripeWebhook(stripe.settings, stripe.gateway, Clock.systemUTC());

        WebhookResult result = webhook.handle(
                body.getBytes(StandardCharsets.UTF_8),
                WebhookSignature.header(List.of(SimulatedStripe.WEBHOOK_SECRET), Instant.now(), body));

        assertThat(result)
                .isInstanceOfSatisfying(
                        WebhookResult.Reported.class,
                        it -> assertThat(it.report()).isInstanceOfSatisfying(ProviderReport.Checkout.class, report -> {
                            assertThat(report.account()).isEqualTo(ALICE);
                            assertThat(report.sessionId()).isEqualTo(session.sessionId());
                            assertThat(report.outcome()).isInstanceOf(CheckoutOutcome.Saved.class);
                        }));
    }

    @Test
    void the_payment_history_names_it_with_its_place_and_whether_it_was_completed() {
        Instant before = Instant.now().minus(Duration.ofMinutes(1));
        CheckoutSession session = open("USD");
        assertThat(history(before).paid()).isFalse();
        stripe.simulator.pay(session.url(), TestCard.VISA);

        PaymentHistory.Session found = history(before);

        assertThat(found.sessionId()).isEqualTo(session.sessionId());
        assertThat(found.terms()).isEqualTo(CheckoutTerms.saving(MethodPlace.BACKUP));
        assertThat(found.price().isPositive()).isFalse();
        assertThat(found.paid()).isTrue();
    }

    private PaymentHistory.Session history(Instant since) {
        PaymentHistory all = stripe.gateway.paymentsSince(since);
        assertThat(all.unreadable()).isEmpty();
        return all.sessions().get(0);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            mode = EnumSource.Mode.MATCH_NONE,
            names = {"HANG_.*", "SERVER_ERROR_.*"})
    void whatever_happens_to_the_creation_the_next_call_returns_the_one_session(Fault fault) {
        SetupRequest request = request("USD");
        stripe.simulator.faults().next("POST /v1/checkout/sessions", fault);
        assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> stripe.gateway.createSetup(request));

        CheckoutSession session = stripe.gateway.createSetup(request);

        assertThat(stripe.gateway.createSetup(request)).isEqualTo(session);
        assertThat(stripe.gateway.paymentsSince(Instant.now().minusSeconds(60)).sessions())
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.MATCH_NONE, names = "HANG_.*")
    void a_look_up_that_fails_says_so_and_the_next_one_finds_the_method(Fault fault) {
        CheckoutSession session = open("USD");
        stripe.simulator.pay(session.url(), TestCard.VISA);
        for (String call : List.of("GET /v1/checkout/sessions/*", "GET /v1/setup_intents/*")) {
            stripe.simulator.faults().always(call, fault);

            assertThatExceptionOfType(GatewayException.class)
                    .as(call)
                    .isThrownBy(() -> stripe.gateway.lookUp(session.sessionId()));
            stripe.simulator.faults().clear();
        }

        assertThat(savedBy(session)).isNotNull();
    }
}

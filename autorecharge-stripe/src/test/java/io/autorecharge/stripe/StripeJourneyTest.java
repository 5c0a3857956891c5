package io.autorecharge.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.CheckoutRequest;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.gateway.RechargeId;
import io.autorecharge.stripe.simulator.Fault;
import io.autorecharge.stripe.simulator.WebhookEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Complete flows with a simulated Stripe: checkout, saved card, charges, webhooks, and faults in between. */
class StripeJourneyTest {
    private static final InstallationId OURS = new InstallationId("ours");

    private static final AccountId ALICE = new AccountId("alice");
    private static final Money PRICE = Money.of("12.00", "USD");
    private static final String CHARGE = "POST /v1/payment_intents";

    private final SimulatedStripe stripe = new SimulatedStripe();
    private int attempts;

    @AfterEach
    void close() {
        stripe.close();
    }

    private ChargeRequest request(String customer, String method) {
        String id = "attempt-" + ++attempts;
        return new ChargeRequest(
                ALICE,
                new RechargeId("recharge-1"),
                new AttemptId(id),
                customer,
                method,
                PRICE,
                "Auto-recharge",
                Instant.now(),
                false);
    }

    private ChargeRequest inDoubt(ChargeRequest it) {
        return new ChargeRequest(
                it.account(),
                it.recharge(),
                it.attempt(),
                it.customerId(),
                it.paymentMethodId(),
                it.amount(),
                it.description(),
                it.firstSentAt(),
                true);
    }

    private long captures(ChargeRequest request) {
        return stripe.simulator
                .history()
                .capturesBy(Metadata.ATTEMPT)
                .getOrDefault(request.attempt().value(), 0);
    }

    @Test
    void charges_the_card_that_a_checkout_has_saved() {
        String customer = stripe.gateway.createCustomer(ALICE, OURS, "alice@example.org");
        CheckoutSession session = stripe.gateway.createSession(
                new CheckoutRequest(ALICE, new CheckoutId("checkout-1"), customer, 100, PRICE, true, Instant.now()));
        stripe.submit(
                session.url(),
                Map.of("number", "4242424242424242", "expiry", "12/40", "cvc", "123", "email", "a@example.org"));
        PaymentMethod saved = ((CheckoutOutcome.Paid) stripe.gateway.lookUp(session.sessionId())).savedMethod();
        assertThat(saved.brand()).isEqualTo("visa");
        assertThat(saved.last4()).isEqualTo("4242");
        assertThat(saved.type()).isEqualTo("card");
        assertThat(saved.expiry()).isEqualTo(YearMonth.of(2040, 12));
        ChargeRequest request = request(saved.customerId(), saved.id());
        assertThat(stripe.gateway.charge(request)).isInstanceOf(Outcome.Paid.class);
        assertThat(captures(request)).isEqualTo(1);
    }

    @Test
    void a_bank_account_that_a_checkout_has_saved_has_a_type_and_no_expiry() {
        String customer = stripe.gateway.createCustomer(ALICE, OURS, "alice@example.org");
        CheckoutSession session = stripe.gateway.createSession(
                new CheckoutRequest(ALICE, new CheckoutId("checkout-1"), customer, 100, PRICE, true, Instant.now()));
        stripe.submit(session.url(), Map.of("pay_with", "us_bank_account", "email", "a@example.org"));
        stripe.simulator
                .bankDebits()
                .succeed(stripe.get("/v1/checkout/sessions/" + session.sessionId())
                        .get("payment_intent")
                        .getAsString());

        PaymentMethod saved = ((CheckoutOutcome.Paid) stripe.gateway.lookUp(session.sessionId())).savedMethod();

        assertThat(saved.type()).isEqualTo("us_bank_account");
        assertThat(saved.brand()).isEqualTo("us_bank_account");
        assertThat(saved.last4()).isEqualTo("6789");
        assertThat(saved.expiry()).isNull();
    }

    @Test
    void recognizes_a_deleted_customer_and_replaces_it_with_one_that_can_buy() {
        String deleted = stripe.gateway.createCustomer(ALICE, OURS, null);
        stripe.delete("/v1/customers/" + deleted);
        CheckoutRequest first =
                new CheckoutRequest(ALICE, new CheckoutId("checkout-1"), deleted, 100, PRICE, true, Instant.now());

        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> stripe.gateway.createSession(first))
                .matches(GatewayException::isCustomerGone);
        String replacement = stripe.gateway.replaceCustomer(ALICE, OURS, deleted, null);

        assertThat(replacement)
                .isNotEqualTo(deleted)
                .isEqualTo(stripe.gateway.replaceCustomer(ALICE, OURS, deleted, null));
        CheckoutSession session = stripe.gateway.createSession(
                new CheckoutRequest(ALICE, new CheckoutId("checkout-2"), replacement, 100, PRICE, true, Instant.now()));
        assertThat(session.sessionId()).isNotBlank();
    }

    @Test
    void does_not_mistake_a_customer_unknown_to_this_key_for_a_deleted_one() {
        CheckoutRequest request = new CheckoutRequest(
                ALICE, new CheckoutId("checkout-1"), "cus_elsewhere", 100, PRICE, true, Instant.now());

        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> stripe.gateway.createSession(request))
                .matches(e -> !e.isCustomerGone())
                .matches(GatewayException::isConfiguration)
                .withMessageContaining("customer=cus_elsewhere is unknown to this key");
    }

    @ParameterizedTest
    @CsvSource({
        "insufficient_funds, , SOFT",
        "do_not_honor, , SOFT",
        "processing_error, , SOFT",
        "generic_decline, , SOFT",
        "lost_card, , HARD",
        "stolen_card, , HARD",
        "pickup_card, , HARD",
        "transaction_not_allowed, , HARD",
        "revocation_of_authorization, , HARD",
        "generic_decline, do_not_try_again, HARD",
        "do_not_honor, confirm_card_data, HARD",
        "insufficient_funds, try_again_later, SOFT",
        "lost_card, try_again_later, HARD"
    })
    void decides_by_advice_then_decline_code_then_code_whether_a_card_may_be_retried(
            String code, String advice, Kind kind) {
        String customer = stripe.customer();
        ChargeRequest request = request(customer, stripe.attach(customer, "pm_card_visa"));
        if (advice == null) {
            stripe.simulator.issuer().declineNext(customer, code);
        } else {
            stripe.simulator.issuer().declineNext(customer, code, advice);
        }
        Outcome outcome = stripe.gateway.charge(request);
        assertThat(outcome).isInstanceOf(Outcome.Declined.class);
        Outcome.Declined declined = (Outcome.Declined) outcome;
        assertThat(declined.kind()).isEqualTo(kind);
        assertThat(declined.code()).isEqualTo(code);
        assertThat(stripe.get("/v1/payment_intents/" + declined.providerReference())
                        .get("status")
                        .getAsString())
                .isEqualTo("canceled");
        assertThat(stripe.gateway.lookUp(inDoubt(request))).isEqualTo(new LookUp.Found(outcome));
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            mode = EnumSource.Mode.MATCH_NONE,
            names = {"HANG_.*"})
    void captures_once_whatever_happens_to_the_first_request(Fault fault) {
        String customer = stripe.customer();
        ChargeRequest request = request(customer, stripe.attach(customer, "pm_card_visa"));
        stripe.simulator.faults().next(CHARGE, fault);
        Outcome first = stripe.gateway.charge(request);
        assertThat(stripe.simulator.history().requests("POST", "/v1/payment_intents"))
                .hasSizeLessThanOrEqualTo(1);
        assertThat(first).isInstanceOfAny(Outcome.Unknown.class, Outcome.NotSubmitted.class);
        if (captures(request) > 0) {
            assertThat(first).isInstanceOf(Outcome.Unknown.class);
        }
        LookUp seen = stripe.gateway.lookUp(inDoubt(request));
        if (captures(request) > 0) {
            assertThat(seen)
                    .isInstanceOfSatisfying(
                            LookUp.Found.class, it -> assertThat(it.outcome()).isInstanceOf(Outcome.Paid.class));
        } else {
            assertThat(seen).isEqualTo(new LookUp.Absent());
        }
        Outcome again = stripe.gateway.charge(inDoubt(request));
        assertThat(again)
                .as("a stored 500 is replayed for a day, so only the list shows the result")
                .isInstanceOf(fault.name().startsWith("SERVER_ERROR") ? Outcome.Unknown.class : Outcome.Paid.class);
        assertThat(captures(request)).isEqualTo(fault == Fault.SERVER_ERROR_BEFORE_EXECUTION ? 0 : 1);
    }

    @Test
    void finds_two_captures_of_one_attempt_and_reports_it_as_paid() {
        String customer = stripe.customer();
        ChargeRequest request = request(customer, stripe.attach(customer, "pm_card_visa"));
        stripe.gateway.charge(request);
        stripe.simulator.advanceClock(Duration.ofHours(25));
        stripe.gateway.charge(inDoubt(request));
        assertThat(captures(request)).as("the key has expired").isEqualTo(2);
        assertThat(stripe.gateway.lookUp(inDoubt(request)))
                .isInstanceOfSatisfying(
                        LookUp.Found.class, it -> assertThat(it.outcome()).isInstanceOf(Outcome.Paid.class));
    }

    @Test
    void reports_a_deleted_customer_but_not_one_that_this_key_never_saw() {
        String customer = stripe.customer();
        String method = stripe.attach(customer, "pm_card_visa");
        stripe.delete("/v1/customers/" + customer);
        assertThat(stripe.gateway.charge(request(customer, method)))
                .isInstanceOfSatisfying(
                        Outcome.Declined.class, it -> assertThat(it.kind()).isEqualTo(Kind.METHOD_UNUSABLE));
        assertThat(stripe.gateway.charge(request("cus_of_another_account", method)))
                .isInstanceOf(Outcome.NotSubmitted.class);
    }

    @Test
    void reads_the_webhooks_of_charges_and_purchases_late_twice_and_out_of_order() throws Exception {
        List<WebhookResult> results = Collections.synchronizedList(new ArrayList<>());
        List<Exception> failures = Collections.synchronizedList(new ArrayList<>());
        StripeWebhook webhook = new StripeWebhook(stripe.settings, stripe.gateway, Clock.systemUTC());
        HttpServer endpoint = endpoint(webhook, results, failures);
        try {
            String url = "http://127.0.0.1:" + endpoint.getAddress().getPort() + "/";
            stripe.simulator.webhooks().endpoints(WebhookEndpoint.of(url, SimulatedStripe.WEBHOOK_SECRET));
            stripe.simulator.webhooks().mode(io.autorecharge.stripe.simulator.WebhookMode.HOLD);
            String customer = stripe.gateway.createCustomer(ALICE, OURS, null);
            ChargeRequest paid = request(customer, stripe.attach(customer, "pm_card_visa"));
            stripe.gateway.charge(paid);
            ChargeRequest declined = request(customer, stripe.attach(customer, "pm_card_visa"));
            stripe.simulator.issuer().declineNext(customer, "lost_card");
            stripe.gateway.charge(declined);
            CheckoutSession session = stripe.gateway.createSession(new CheckoutRequest(
                    ALICE, new CheckoutId("checkout-1"), customer, 100, PRICE, true, Instant.now()));
            stripe.submit(
                    session.url(),
                    Map.of("number", "4242424242424242", "expiry", "12/40", "cvc", "123", "email", "a@example.org"));
            stripe.simulator.webhooks().releaseNewestFirst();
            assertThat(stripe.simulator.webhooks().awaitIdle(Duration.ofSeconds(20)))
                    .isTrue();
            assertThat(failures).isEmpty();
            assertThat(results).noneMatch(WebhookResult.Rejected.class::isInstance);
            assertThat(charges(results, paid)).isNotEmpty().allMatch(Outcome.Paid.class::isInstance);
            assertThat(charges(results, declined))
                    .hasSizeGreaterThanOrEqualTo(2)
                    .allMatch(it -> it instanceof Outcome.Declined d
                            && d.kind() == Kind.HARD
                            && d.code().equals("lost_card"));
            assertThat(reports(results, ProviderReport.Checkout.class))
                    .isNotEmpty()
                    .allMatch(it -> it.outcome() instanceof CheckoutOutcome.Paid
                            && it.sessionId().startsWith("cs_test_"));
        } finally {
            endpoint.stop(0);
        }
    }

    private static List<Outcome> charges(List<WebhookResult> results, ChargeRequest request) {
        return reports(results, ProviderReport.Charge.class).stream()
                .filter(it -> it.attempt().equals(request.attempt()))
                .map(ProviderReport.Charge::outcome)
                .toList();
    }

    private static <T extends ProviderReport> List<T> reports(List<WebhookResult> results, Class<T> kind) {
        return results.stream()
                .filter(WebhookResult.Reported.class::isInstance)
                .map(it -> ((WebhookResult.Reported) it).report())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private static HttpServer endpoint(StripeWebhook webhook, List<WebhookResult> results, List<Exception> failures)
            throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readNBytes(StripeWebhook.MAX_BODY_BYTES + 1);
            try {
                results.add(webhook.handle(body, exchange.getRequestHeaders().getFirst("Stripe-Signature")));
                exchange.sendResponseHeaders(200, -1);
            } catch (RuntimeException e) {
                failures.add(e);
                exchange.sendResponseHeaders(503, -1);
            }
            exchange.close();
        });
        server.start();
        return server;
    }
}

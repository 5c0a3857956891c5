package io.autorecharge.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.ChargeTerms;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.CheckoutRequest;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.CheckoutTerms;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.PaymentHistory;
import io.autorecharge.gateway.PaymentHistoryGateway;
import io.autorecharge.gateway.RechargeId;
import io.autorecharge.stripe.simulator.Fault;
import io.autorecharge.testkit.PaymentHistoryGatewayContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatorPaymentHistoryTest extends PaymentHistoryGatewayContract {
    private final SimulatedStripe stripe = new SimulatedStripe();
    private Duration passed = Duration.ZERO;

    @AfterEach
    void close() {
        stripe.close();
    }

    @Override
    protected PaymentHistoryGateway paymentHistory() {
        return stripe.gateway;
    }

    @Override
    protected Instant now() {
        return Instant.now().plus(passed);
    }

    @Override
    protected void later(Duration time) {
        passed = passed.plus(time);
        stripe.simulator.advanceClock(time);
    }

    @Override
    protected PaymentMethod method(AccountId whose) {
        String customer = stripe.gateway.createCustomer(whose, OURS, null);
        return new PaymentMethod(customer, stripe.attach(customer, "pm_card_visa"), null, null, null);
    }

    @Override
    protected Outcome charge(ChargeRequest request) {
        return stripe.gateway.charge(request);
    }

    @Override
    protected String chargeOfOthers() {
        String customer = stripe.customer();
        return stripe.post(
                        "/v1/payment_intents",
                        Map.of(
                                "amount", "1200",
                                "currency", "usd",
                                "customer", customer,
                                "payment_method", stripe.attach(customer, "pm_card_visa"),
                                "confirm", "true",
                                "automatic_payment_methods[enabled]", "true",
                                "automatic_payment_methods[allow_redirects]", "never"))
                .get("id")
                .getAsString();
    }

    @Override
    protected String refund(String providerReference, Money amount) {
        return stripe.post(
                        "/v1/refunds",
                        Map.of("payment_intent", providerReference, "amount", String.valueOf(amount.minorUnits())))
                .get("id")
                .getAsString();
    }

    @Override
    protected String warn(String providerReference) {
        return stripe.simulator.disputes().warn(providerReference);
    }

    @Override
    protected boolean breakDown() {
        stripe.simulator.faults().always("GET /v1/events", Fault.UNAVAILABLE_BEFORE_EXECUTION);
        stripe.simulator.faults().always("GET /v1/refunds", Fault.UNAVAILABLE_BEFORE_EXECUTION);
        stripe.simulator.faults().always("GET /v1/payment_intents", Fault.UNAVAILABLE_BEFORE_EXECUTION);
        return true;
    }

    @Test
    void report_what_a_checkout_sells_and_whether_it_was_paid() {
        Instant since = now().minusSeconds(600);
        String customer = stripe.gateway.createCustomer(account, OURS, null);
        CheckoutTerms terms = new CheckoutTerms(100, true, "terms of May", new AttemptId("attempt-9"));
        CheckoutRequest request = new CheckoutRequest(
                account, new CheckoutId("checkout-" + UUID.randomUUID()), customer, terms, PRICE, true, now(), OURS);
        CheckoutSession session = stripe.gateway.createSession(request);
        PaymentHistory.Session open =
                paymentHistory().paymentsSince(since).sessions().get(0);
        assertThat(open)
                .isEqualTo(new PaymentHistory.Session(
                        account,
                        request.checkout(),
                        session.sessionId(),
                        customer,
                        PRICE,
                        false,
                        open.at(),
                        terms,
                        OURS));

        stripe.pay(session.url(), "4242424242424242");

        PaymentHistory booked = paymentHistory().paymentsSince(since);
        assertThat(booked.sessions()).hasSize(1).allMatch(PaymentHistory.Session::paid);
        assertThat(booked.charges())
                .as("the payment of a checkout is not an off-session charge")
                .isEmpty();
        assertThat(booked.others()).isZero();
    }

    private ChargeRequest second(PaymentMethod method) {
        ChargeRequest first = request(method);
        return new ChargeRequest(
                account,
                first.recharge(),
                first.attempt(),
                2,
                method.customerId(),
                method.id(),
                PRICE,
                first.description(),
                now(),
                false,
                first.terms(),
                OURS);
    }

    @Test
    void name_the_payment_method_of_a_further_attempt_that_was_declined() {
        String customer = stripe.gateway.createCustomer(account, OURS, null);
        ChargeRequest second = second(
                new PaymentMethod(customer, stripe.attach(customer, "pm_card_chargeCustomerFail"), null, null, null));
        assertThat(charge(second)).isInstanceOf(Outcome.Declined.class);

        assertThat(paymentHistory().paymentsSince(now().minusSeconds(600)).charges())
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.number()).isEqualTo(2);
                    assertThat(it.paymentMethodId()).isEqualTo(second.paymentMethodId());
                    assertThat(it.captured()).isFalse();
                });
    }

    @Test
    void report_an_attempt_whose_number_was_changed() {
        String customer = stripe.customer();
        for (String number : List.of("2", "0", "-1", "two", "2.0")) {
            String intent = stripe.post(
                            "/v1/payment_intents",
                            Map.of(
                                    "amount", "900",
                                    "currency", "usd",
                                    "customer", customer,
                                    "metadata[autorecharge_account]", "alice",
                                    "metadata[autorecharge_recharge]", "recharge-1",
                                    "metadata[autorecharge_attempt]", "attempt-1",
                                    "metadata[autorecharge_number]", number))
                    .get("id")
                    .getAsString();

            PaymentHistory booked = paymentHistory().paymentsSince(now().minusSeconds(600));

            assertThat(booked.unreadable().contains(intent)).as(number).isEqualTo(!number.equals("2"));
            assertThat(booked.charges()).as(number).hasSize(1);
        }
    }

    @Test
    void report_the_ids_of_objects_with_damaged_metadata() {
        ChargeRequest whole = request(method(account));
        String spoilt = ((Outcome.Paid) charge(whole)).providerReference();
        String customer = stripe.customer();
        String forged = stripe.post(
                        "/v1/payment_intents",
                        Map.of(
                                "amount", "900",
                                "currency", "usd",
                                "customer", customer,
                                "metadata[autorecharge_attempt]", "attempt-1"))
                .get("id")
                .getAsString();

        PaymentHistory booked = paymentHistory().paymentsSince(now().minusSeconds(600));

        assertThat(booked.unreadable()).containsExactly(forged);
        assertThat(booked.charges())
                .extracting(PaymentHistory.Charge::providerReference)
                .containsExactly(spoilt);
    }

    @Test
    void report_a_charge_without_terms_when_its_metadata_has_none() {
        ChargeRequest request = request(method(account));
        charge(new ChargeRequest(
                request.account(),
                new RechargeId("r-old"),
                new AttemptId("a-old"),
                request.customerId(),
                request.paymentMethodId(),
                PRICE,
                "Auto-recharge: 100 credits",
                now(),
                false));
        charge(new ChargeRequest(
                request.account(),
                new RechargeId("r-new"),
                new AttemptId("a-new"),
                request.customerId(),
                request.paymentMethodId(),
                PRICE,
                "Auto-recharge: 100 credits",
                now(),
                false,
                new ChargeTerms(100, Credits.of("100.5"), Credits.of("0.000001")),
                OURS));

        assertThat(paymentHistory().paymentsSince(now().minusSeconds(600)).charges())
                .extracting(PaymentHistory.Charge::terms)
                .containsExactlyInAnyOrder(null, new ChargeTerms(100, Credits.of("100.5"), Credits.of("0.000001")));
    }
}

package io.autorecharge.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.gateway.Outcome.NotSubmitted.Reason;
import io.autorecharge.gateway.RechargeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The contract of {@link Gateway}. A subclass supplies the gateway, saved payment methods whose charges end as requested, and the
 * provider's record of captures. Tests that it cannot set up, because it keeps a default, are skipped with a reason.
 */
public abstract class GatewayContract {
    protected static final Money PRICE = Money.of("12.00", "USD");
    private static final int THREADS = 8;

    /** How the next charge of a saved method ends. */
    protected enum Ending {
        APPROVED,
        DECLINED_TEMPORARILY,
        DECLINED_PERMANENTLY,
        REQUIRES_AUTHENTICATION,
        PROCESSING,
        METHOD_NOT_FOUND
    }

    private final AccountId account = new AccountId("account-" + UUID.randomUUID());

    /** The gateway under test; the same object during one test. */
    protected abstract Gateway gateway();

    /** A saved payment method whose next charge ends like this; null if that cannot be set up. */
    protected abstract @Nullable PaymentMethod method(Ending ending);

    /** The captures of an attempt, by the provider's own record. */
    protected abstract List<Money> captured(AttemptId attempt, String customerId);

    /** The current time of the provider and the gateway. */
    protected abstract Instant now();

    /** The next charge is captured, and its answer is lost. @return whether this could be set up */
    protected boolean loseTheNextAnswer() {
        return false;
    }

    /** The next request is lost in transit. @return whether this could be set up */
    protected boolean loseTheNextRequest() {
        return false;
    }

    /** The next request is rejected before it is executed. @return whether this could be set up */
    protected boolean refuseTheNext(Reason reason) {
        return false;
    }

    /** Look-ups fail from now on. @return whether this could be set up */
    protected boolean failLookUps() {
        return false;
    }

    /** Ends a charge that takes days. @return whether this could be set up */
    protected boolean end(String providerReference, AttemptId attempt, boolean paid) {
        return false;
    }

    /** A first request for this payment method. */
    protected final ChargeRequest request(PaymentMethod method) {
        String id = UUID.randomUUID().toString();
        return new ChargeRequest(
                account,
                new RechargeId("recharge-" + id),
                new AttemptId("attempt-" + id),
                method.customerId(),
                method.id(),
                PRICE,
                "Auto-recharge: 100 credits",
                now(),
                false);
    }

    /** The same request, after an earlier one had no clear answer. */
    protected static ChargeRequest inDoubt(ChargeRequest first) {
        return new ChargeRequest(
                first.account(),
                first.recharge(),
                first.attempt(),
                first.customerId(),
                first.paymentMethodId(),
                first.amount(),
                first.description(),
                first.firstSentAt(),
                true);
    }

    private ChargeRequest requestEnding(Ending ending) {
        PaymentMethod method = method(ending);
        assumeThat(method)
                .as("SKIPPED: this provider cannot be made to end a charge as " + ending)
                .isNotNull();
        return request(method);
    }

    private static void assumeStaged(boolean staged, String what) {
        assumeThat(staged)
                .as("SKIPPED: this provider cannot be made to " + what)
                .isTrue();
    }

    private List<Money> captured(ChargeRequest request) {
        return captured(request.attempt(), request.customerId());
    }

    private static String referenceOf(Outcome paid) {
        assertThat(paid).isInstanceOf(Outcome.Paid.class);
        return ((Outcome.Paid) paid).providerReference();
    }

    @Test
    void captures_the_amount_once_and_reports_it() {
        ChargeRequest request = requestEnding(Ending.APPROVED);
        Outcome outcome = gateway().charge(request);
        assertThat(outcome).isEqualTo(new Outcome.Paid(referenceOf(outcome), PRICE));
        assertThat(captured(request)).containsExactly(PRICE);
    }

    @Test
    void gives_the_first_answer_when_the_same_attempt_is_sent_again() {
        ChargeRequest request = requestEnding(Ending.APPROVED);
        Outcome first = gateway().charge(request);
        referenceOf(first);
        assertThat(gateway().charge(inDoubt(request))).isEqualTo(first);
        assertThat(captured(request)).containsExactly(PRICE);
    }

    @Test
    void captures_once_when_many_threads_send_the_same_attempt() throws Exception {
        ChargeRequest request = requestEnding(Ending.APPROVED);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Outcome>> answers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                answers.add(threads.submit(() -> {
                    start.await();
                    return gateway().charge(request);
                }));
            }
            start.countDown();
            List<Outcome> outcomes = new ArrayList<>();
            for (Future<Outcome> answer : answers) {
                outcomes.add(answer.get(60, TimeUnit.SECONDS));
            }
            List<Outcome> paid = outcomes.stream()
                    .filter(Outcome.Paid.class::isInstance)
                    .distinct()
                    .toList();
            assertThat(paid).hasSize(1);
            assertThat(outcomes).allMatch(it -> it instanceof Outcome.Paid || it instanceof Outcome.Unknown);
            assertThat(captured(request)).containsExactly(PRICE);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void treats_another_attempt_as_another_charge() {
        PaymentMethod method = method(Ending.APPROVED);
        ChargeRequest first = request(method);
        ChargeRequest second = request(method);
        assertThat(referenceOf(gateway().charge(first)))
                .isNotEqualTo(referenceOf(gateway().charge(second)));
        assertThat(captured(first)).containsExactly(PRICE);
        assertThat(captured(second)).containsExactly(PRICE);
    }

    @Test
    void refuses_the_same_attempt_with_other_parameters() {
        ChargeRequest request = requestEnding(Ending.APPROVED);
        referenceOf(gateway().charge(request));
        ChargeRequest changed = new ChargeRequest(
                request.account(),
                request.recharge(),
                request.attempt(),
                request.customerId(),
                request.paymentMethodId(),
                PRICE.times(2),
                request.description(),
                request.firstSentAt(),
                false);
        assertThat(gateway().charge(changed)).isInstanceOf(Outcome.Unknown.class);
        assertThat(captured(request)).containsExactly(PRICE);
    }

    @Test
    void refuses_the_same_attempt_with_another_number() {
        ChargeRequest request = requestEnding(Ending.APPROVED);
        referenceOf(gateway().charge(request));

        assertThat(gateway().charge(second(request, request.attempt()))).isInstanceOf(Outcome.Unknown.class);

        assertThat(captured(request)).containsExactly(PRICE);
    }

    @Test
    void a_second_attempt_of_a_recharge_is_sent_again_and_looked_up_like_a_first_one() {
        ChargeRequest request = requestEnding(Ending.APPROVED);
        ChargeRequest second = second(request, new AttemptId(request.attempt() + "-2"));
        Outcome outcome = gateway().charge(second);
        assertThat(outcome).isInstanceOf(Outcome.Paid.class);

        assertThat(gateway().charge(second)).as("sent again").isEqualTo(outcome);
        assertThat(gateway().lookUp(second)).as("looked up").isEqualTo(new LookUp.Found(outcome));
        assertThat(captured(second)).containsExactly(PRICE);
        assertThat(captured(request)).isEmpty();
    }

    private static ChargeRequest second(ChargeRequest first, AttemptId attempt) {
        return new ChargeRequest(
                first.account(),
                first.recharge(),
                attempt,
                2,
                first.customerId(),
                first.paymentMethodId(),
                first.amount(),
                first.description(),
                first.firstSentAt(),
                false,
                first.terms(),
                first.installation());
    }

    @ParameterizedTest
    @EnumSource(
            value = Ending.class,
            names = {"DECLINED_TEMPORARILY", "DECLINED_PERMANENTLY", "REQUIRES_AUTHENTICATION"})
    void reports_a_decline_with_its_kind_and_captures_nothing(Ending ending) {
        ChargeRequest request = requestEnding(ending);
        Outcome outcome = gateway().charge(request);
        assertIs(ending, outcome);
        assertThat(captured(request)).isEmpty();
        assertThat(gateway().charge(inDoubt(request))).as("sent again").isEqualTo(outcome);
        assertThat(gateway().lookUp(inDoubt(request))).as("looked up").isEqualTo(new LookUp.Found(outcome));
        assertThat(captured(request)).isEmpty();
    }

    private static void assertIs(Ending ending, Outcome outcome) {
        if (ending == Ending.REQUIRES_AUTHENTICATION) {
            assertThat(outcome).isInstanceOf(Outcome.ActionRequired.class);
            assertThat(((Outcome.ActionRequired) outcome).code()).isNotBlank();
            return;
        }
        assertThat(outcome).isInstanceOf(Outcome.Declined.class);
        Outcome.Declined declined = (Outcome.Declined) outcome;
        assertThat(declined.kind()).isEqualTo(ending == Ending.DECLINED_PERMANENTLY ? Kind.HARD : Kind.SOFT);
        assertThat(declined.code()).isNotBlank();
    }

    @Test
    void reports_that_the_saved_method_no_longer_exists() {
        ChargeRequest request = requestEnding(Ending.METHOD_NOT_FOUND);
        Outcome outcome = gateway().charge(request);
        assertThat(outcome).isInstanceOf(Outcome.Declined.class);
        assertThat(((Outcome.Declined) outcome).kind()).isEqualTo(Kind.METHOD_UNUSABLE);
        assertThat(captured(request)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Paying.class)
    void leaves_a_delayed_payment_open_until_it_is_final(Paying end) {
        ChargeRequest request = requestEnding(Ending.PROCESSING);
        Outcome outcome = gateway().charge(request);
        assertThat(outcome).isInstanceOf(Outcome.Processing.class);
        assertThat(outcome.isFinal()).isFalse();
        assertThat(gateway().lookUp(inDoubt(request))).isEqualTo(new LookUp.Found(outcome));
        String reference = ((Outcome.Processing) outcome).providerReference();
        assumeStaged(end(reference, request.attempt(), end == Paying.PAID), "end a payment that takes days");
        LookUp seen = gateway().lookUp(inDoubt(request));
        assertThat(seen).isInstanceOf(LookUp.Found.class);
        Outcome last = ((LookUp.Found) seen).outcome();
        assertThat(last).isInstanceOf(end == Paying.PAID ? Outcome.Paid.class : Outcome.Declined.class);
        assertThat(captured(request)).isEqualTo(end == Paying.PAID ? List.of(PRICE) : List.of());
    }

    enum Paying {
        PAID,
        FAILED
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void carries_out_later_what_was_refused_before_it_was_carried_out(Reason reason) {
        ChargeRequest request = requestEnding(Ending.APPROVED);
        assumeStaged(refuseTheNext(reason), "refuse as " + reason);
        Outcome refused = gateway().charge(request);
        assertThat(refused).isInstanceOf(Outcome.NotSubmitted.class);
        assertThat(((Outcome.NotSubmitted) refused).reason()).isEqualTo(reason);
        assertThat(captured(request)).isEmpty();
        referenceOf(gateway().charge(request));
        assertThat(captured(request)).containsExactly(PRICE);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void does_not_apply_a_refusal_to_an_earlier_send(Reason reason) {
        ChargeRequest request = requestEnding(Ending.APPROVED);
        assumeStaged(refuseTheNext(reason), "refuse as " + reason);
        assertThat(gateway().charge(inDoubt(request))).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void is_in_doubt_when_the_answer_is_lost_and_finds_out_later() {
        ChargeRequest request = requestEnding(Ending.APPROVED);
        assumeStaged(loseTheNextAnswer(), "lose an answer");
        assertThat(gateway().charge(request)).isInstanceOf(Outcome.Unknown.class);
        assertThat(captured(request)).containsExactly(PRICE);
        LookUp seen = gateway().lookUp(inDoubt(request));
        assertThat(seen).isInstanceOf(LookUp.Found.class);
        assertThat(gateway().charge(inDoubt(request))).isEqualTo(((LookUp.Found) seen).outcome());
        assertThat(((LookUp.Found) seen).outcome()).isInstanceOf(Outcome.Paid.class);
        assertThat(captured(request)).containsExactly(PRICE);
    }

    @Test
    void is_in_doubt_when_the_request_is_lost_and_charges_once_when_sent_again() {
        ChargeRequest request = requestEnding(Ending.APPROVED);
        assumeStaged(loseTheNextRequest(), "lose a request");
        assertThat(gateway().charge(request)).isInstanceOf(Outcome.Unknown.class);
        assertThat(gateway().lookUp(inDoubt(request))).isEqualTo(new LookUp.Absent());
        assertThat(captured(request)).isEmpty();
        referenceOf(gateway().charge(inDoubt(request)));
        assertThat(captured(request)).containsExactly(PRICE);
    }

    @Test
    void finds_each_attempt_of_a_customer_and_none_that_was_not_sent() {
        PaymentMethod method = method(Ending.APPROVED);
        ChargeRequest first = request(method);
        ChargeRequest second = request(method);
        Outcome firstOutcome = gateway().charge(first);
        Outcome secondOutcome = gateway().charge(second);
        assertThat(gateway().lookUp(inDoubt(first))).isEqualTo(new LookUp.Found(firstOutcome));
        assertThat(gateway().lookUp(inDoubt(second))).isEqualTo(new LookUp.Found(secondOutcome));
        assertThat(gateway().lookUp(inDoubt(request(method)))).isEqualTo(new LookUp.Absent());
    }

    @Test
    void does_not_treat_an_unreadable_list_as_an_empty_one() {
        ChargeRequest request = requestEnding(Ending.APPROVED);
        assumeStaged(failLookUps(), "fail a look-up");
        assertThat(gateway().lookUp(inDoubt(request))).isInstanceOf(LookUp.Failed.class);
    }

    @Test
    void knows_the_least_and_the_greatest_amount_of_a_currency() {
        Money least = gateway().minimumCharge(Currency.getInstance("USD"));
        assertThat(least.isPositive()).isTrue();
        assertThat(least.currencyCode()).isEqualTo("USD");
        Money most = gateway().maximumCharge(Currency.getInstance("USD"));
        assertThat(least.isLessThan(most)).isTrue();
        assertThat(most.currencyCode()).isEqualTo("USD");
    }
}

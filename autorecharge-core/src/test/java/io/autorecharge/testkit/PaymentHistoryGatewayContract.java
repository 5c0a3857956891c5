package io.autorecharge.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.ChargeTerms;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.PaymentHistory;
import io.autorecharge.gateway.PaymentHistoryGateway;
import io.autorecharge.gateway.PaymentReversals;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.gateway.RechargeId;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.gateway.ReversalNotice;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of {@link PaymentHistoryGateway}. Tests that a subclass cannot set up are skipped with a reason. */
public abstract class PaymentHistoryGatewayContract {
    /** The installation that charges. */
    protected static final InstallationId OURS = new InstallationId("ours");

    protected static final Money PRICE = Money.of("12.00", "USD");
    private static final ChargeTerms TERMS = new ChargeTerms(50, Credits.of(100), Credits.of("20.5"));

    protected final AccountId account = new AccountId("account-" + UUID.randomUUID());

    /** The payment history under test; the same object during one test. */
    protected abstract PaymentHistoryGateway paymentHistory();

    /** The current time of the provider. */
    protected abstract Instant now();

    /** A saved payment method of the account, whose charges are approved. */
    protected abstract PaymentMethod method(AccountId whose);

    /** Charges through the gateway. */
    protected abstract Outcome charge(ChargeRequest request);

    /** A charge by another application at the same provider; null if that cannot be set up. */
    protected @Nullable String chargeOfOthers() {
        return null;
    }

    /** Refunds a part of a charge, as in the provider's dashboard. @return the id of the refund */
    protected abstract String refund(String providerReference, Money amount);

    /** The card network reports a payment as fraud. @return the id of the warning; null if that cannot be set up */
    protected @Nullable String warn(String providerReference) {
        return null;
    }

    /** Time passes at the provider. */
    protected abstract void later(Duration time);

    /** From now on the provider cannot be reached. @return whether this could be set up */
    protected boolean breakDown() {
        return false;
    }

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
                false,
                TERMS,
                OURS);
    }

    /** @return the provider's id of the charge */
    private String charge(AccountId whose) {
        return ((Outcome.Paid) charge(request(method(whose)))).providerReference();
    }

    private List<String> noticed(Instant since) {
        return paymentHistory().reversalsSince(since).stream()
                .map(ReversalNotice::providerReference)
                .toList();
    }

    @Test
    void list_every_charge_since_a_time_with_its_account_and_what_it_pays_for() {
        charge(account);
        later(Duration.ofHours(3));
        Instant since = now().minusSeconds(3600);
        ChargeRequest request = request(method(account));
        String reference = ((Outcome.Paid) charge(request)).providerReference();

        PaymentHistory booked = paymentHistory().paymentsSince(since);

        assertThat(booked.charges()).hasSize(1);
        PaymentHistory.Charge found = booked.charges().get(0);
        assertThat(found)
                .isEqualTo(new PaymentHistory.Charge(
                        account,
                        request.recharge(),
                        request.attempt(),
                        1,
                        reference,
                        request.customerId(),
                        request.paymentMethodId(),
                        found.fingerprint(),
                        PRICE,
                        true,
                        found.at(),
                        TERMS,
                        request.installation()));
        assertThat(found.at()).isBetween(since, now().plusSeconds(1));
        assertThat(booked.sessions()).isEmpty();
        assertThat(booked.unreadable()).isEmpty();
        assertThat(paymentHistory()
                        .paymentsSince(now().minus(Duration.ofDays(1)))
                        .charges())
                .hasSize(2);
    }

    @Test
    void list_a_further_attempt_with_its_number_and_its_payment_method() {
        ChargeRequest first = request(method(account));
        PaymentMethod backup = method(account);
        ChargeRequest second = new ChargeRequest(
                account,
                first.recharge(),
                new AttemptId(first.attempt() + "-2"),
                2,
                backup.customerId(),
                backup.id(),
                PRICE,
                first.description(),
                now(),
                false,
                TERMS,
                OURS);
        charge(first);
        charge(second);

        assertThat(paymentHistory().paymentsSince(now().minusSeconds(3600)).charges())
                .extracting(
                        PaymentHistory.Charge::attempt,
                        PaymentHistory.Charge::recharge,
                        PaymentHistory.Charge::number,
                        PaymentHistory.Charge::paymentMethodId)
                .containsExactlyInAnyOrder(
                        tuple(first.attempt(), first.recharge(), 1, first.paymentMethodId()),
                        tuple(second.attempt(), first.recharge(), 2, backup.id()));
    }

    @Test
    void count_the_charges_of_others_without_their_details() {
        String others = chargeOfOthers();
        assumeThat(others)
                .as("SKIPPED: no other application uses this provider")
                .isNotNull();

        PaymentHistory booked = paymentHistory().paymentsSince(now().minusSeconds(3600));

        assertThat(booked).isEqualTo(new PaymentHistory(List.of(), List.of(), List.of(), 1));
    }

    @Test
    void read_a_long_list_of_charges() {
        PaymentMethod method = method(account);
        Instant since = now().minusSeconds(3600);
        for (int i = 0; i < 105; i++) {
            charge(request(method));
        }

        assertThat(paymentHistory().paymentsSince(since).charges()).hasSize(105);
    }

    @Test
    void list_only_the_payments_that_were_refunded_since_a_time() {
        String before = charge(account);
        refund(before, PRICE);
        later(Duration.ofHours(3));
        Instant since = now().minusSeconds(3600);
        String refunded = charge(account);
        String untouched = charge(account);

        refund(refunded, Money.of("5.00", "USD"));

        assertThat(noticed(since)).isNotEmpty().containsOnly(refunded).doesNotContain(untouched);
        assertThat(noticed(now().minus(Duration.ofDays(1)))).contains(before, refunded);
    }

    @Test
    void name_each_piece_of_word_by_an_id_that_stays() {
        Instant since = now().minusSeconds(3600);
        String charge = charge(account);
        refund(charge, Money.of("5.00", "USD"));
        List<ReversalNotice> first = paymentHistory().reversalsSince(since);

        refund(charge, Money.of("6.00", "USD"));

        List<ReversalNotice> both = paymentHistory().reversalsSince(since);
        assertThat(both).containsAll(first).hasSizeGreaterThan(first.size());
        Set<String> ids = new HashSet<>();
        assertThat(both).allMatch(it -> ids.add(it.id()));
    }

    @Test
    void read_a_long_list_to_its_end() {
        Instant since = now().minusSeconds(3600);
        String first = charge(account);
        refund(first, Money.of("1.00", "USD"));
        String many = charge(account);
        for (int i = 0; i < 110; i++) {
            refund(many, Money.of("0.05", "USD"));
        }

        assertThat(noticed(since)).hasSizeGreaterThan(110).contains(first);
        assertThat(paymentHistory().reversalsOf(many).orElseThrow().reversals().reversals())
                .hasSize(110);
    }

    @Test
    void notice_a_fraud_warning_by_its_own_id() {
        Instant since = now().minusSeconds(60);
        String charge = charge(account);
        String warning = warn(charge);
        assumeThat(warning)
                .as("SKIPPED: this provider cannot be made to warn of fraud")
                .isNotNull();

        assertThat(paymentHistory().reversalsSince(since)).singleElement().satisfies(it -> {
            assertThat(it.providerReference()).isEqualTo(charge);
            assertThat(it.warning()).isEqualTo(warning);
        });
    }

    @Test
    void report_the_reversals_and_the_account_of_a_payment() {
        String charge = charge(account);
        String refund = refund(charge, Money.of("5.00", "USD"));

        ProviderReport.Reversal found = paymentHistory().reversalsOf(charge).orElseThrow();

        assertThat(found)
                .isEqualTo(new ProviderReport.Reversal(
                        account,
                        new PaymentReversals(
                                charge,
                                found.reversals().customerId(),
                                PRICE,
                                List.of(new Reversal(
                                        refund,
                                        Reversal.Kind.REFUND,
                                        Money.of("5.00", "USD"),
                                        Money.of("0.00", "USD"))),
                                found.reversals().card()),
                        found.origin(),
                        OURS,
                        null));
        assertThat(found.origin().attempt()).isNotNull();
        assertThat(found.reversals().customerId()).isNotBlank();
    }

    @Test
    void leave_the_payments_of_others_alone() {
        String others = chargeOfOthers();
        assumeThat(others)
                .as("SKIPPED: no other application uses this provider")
                .isNotNull();
        refund(others, PRICE);

        assertThat(paymentHistory().reversalsOf(others)).isEmpty();
    }

    @Test
    void throw_instead_of_returning_a_part() {
        String charge = charge(account);
        refund(charge, PRICE);
        assumeThat(breakDown())
                .as("SKIPPED: this provider cannot be made unreachable")
                .isTrue();

        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> paymentHistory().reversalsSince(now().minusSeconds(3600)));
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> paymentHistory().reversalsOf(charge));
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> paymentHistory().paymentsSince(now().minusSeconds(3600)));
    }
}

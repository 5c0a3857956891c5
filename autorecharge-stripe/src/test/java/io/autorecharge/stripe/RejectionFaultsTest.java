package io.autorecharge.stripe;

import static io.autorecharge.stripe.FaultRig.ALICE;
import static io.autorecharge.stripe.FaultRig.BEFORE;
import static io.autorecharge.stripe.FaultRig.CHARGE;
import static io.autorecharge.stripe.FaultRig.LIST;
import static io.autorecharge.stripe.FaultRig.VISA;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.autorecharge.AutoRechargeBuilder;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.AccountId;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.Outcome.NotSubmitted.Reason;
import io.autorecharge.report.RunReport;
import io.autorecharge.stripe.RawServer.Response;
import io.autorecharge.stripe.simulator.Fault;
import io.autorecharge.stripe.simulator.RecordedRequest;
import io.autorecharge.stripe.simulator.SimulatorOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Rows 15 to 23 of docs/faults.md: Stripe rejects the request, and what that says about the charge. */
class RejectionFaultsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    /** Refused accounts in a row that stop a run, by row 19 of docs/faults.md. */
    private static final int EVIDENCE = 10;

    private final FaultRig rig = new FaultRig();

    @BeforeEach
    void enabled() {
        rig.withoutWebhooks().enabled(VISA);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void row_15_a_key_in_use_is_in_doubt_and_two_workers_charge_once() throws Exception {
        rig.stripe.simulator.faults().next(CHARGE, Fault.HANG_BEFORE_EXECUTION);
        CompletableFuture<RunReport> first = rig.runInBackground();
        rig.awaitHanging(1);

        rig.runAfter(Duration.ofMinutes(5));

        assertThat(lastStatus()).as("the response to the second worker").isEqualTo(409);
        rig.assertInDoubt();
        rig.stripe.simulator.faults().release();
        assertThat(first.get().paid()).isEqualTo(1);
        assertThat(rig.keys()).hasSize(2);
        rig.assertPaidOnce();
    }

    @Test
    void row_16_a_key_used_with_other_parameters_is_logged_as_an_error_and_the_list_shows_the_result() {
        rig.proxy.next(CHARGE, (request, stripe) -> {
            FaultProxy.asking(FaultProxy.replacing("description=Auto-recharge", "description=Other"))
                    .of(request, stripe);
            return Response.reset();
        });
        rig.proxy.next(LIST, FaultProxy.instead(Response.json(200, Wire.EMPTY_LIST)));
        rig.run();

        List<ILoggingEvent> alarms = errorsOf(() -> rig.runAfter(HOUR));

        assertThat(rig.stripe.simulator.history().requests("POST", "/v1/payment_intents"))
                .extracting(RecordedRequest::status)
                .containsExactly(200, 400);
        assertThat(alarms)
                .hasSize(1)
                .first()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains(rig.attempt(), "idempotency_error");
        rig.assertInDoubt();
        rig.runAfter(HOUR);
        assertThat(rig.keys()).hasSize(2);
        rig.assertPaidOnce();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"RATE_LIMIT", "LOCK_TIMEOUT"})
    void row_17_and_18_a_429_backs_off_with_the_same_key_and_is_not_a_failed_attempt(Fault fault) {
        rig.stripe.simulator.faults().next(CHARGE, fault, 4);
        rig.run();
        rig.run();
        assertThat(rig.keys()).as("not repeated immediately").hasSize(1);

        rig.runEvery(MINUTE, Duration.ofMinutes(3));

        assertThat(lastStatus()).isEqualTo(429);
        assertThat(rig.last().attempt().inDoubt()).isFalse();
        rig.assertInDoubt();
        rig.runAfter(HOUR);
        assertThat(rig.keys()).hasSize(5);
        rig.assertPaidOnce();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void row_19_and_20_an_invalid_key_or_permission_stops_the_run_is_reported_and_counts_no_decline(int status) {
        List<AccountId> others = IntStream.range(0, 40)
                .mapToObj(i -> AccountId.of("account-" + i))
                .toList();
        others.forEach(it -> rig.enabled(it, VISA));
        if (status == 401) {
            rig.stripe.simulator.acceptKeys("sk_test_other");
        } else {
            rig.proxy.always(CHARGE, FaultProxy.instead(Response.json(403, Wire.error("invalid_request_error", ""))));
        }

        RunReport stopped = rig.run();

        assertThat(stopped.providerRefused()).isTrue();
        assertThat(rig.keys())
                .as(
                        "those that show that the provider refuses everything, and those sent at the same time as the last of them")
                .doesNotHaveDuplicates()
                .hasSizeBetween(EVIDENCE, EVIDENCE + AutoRechargeBuilder.DEFAULT_CONCURRENCY - 1);
        assertThat(rig.eventTypes()).containsOnly(EventType.ENABLED, EventType.PROVIDER_REFUSED);
        assertThat(rig.store.find(ALICE).orElseThrow().state().declines()).isZero();

        rig.stripe.simulator.acceptKeys(SimulatorOptions.SECRET_KEY);
        rig.proxy.passThrough();
        rig.runAfter(HOUR);

        assertThat(rig.stripe.simulator.history().capturesBy(Metadata.ACCOUNT))
                .hasSize(41)
                .allSatisfy((account, captures) -> assertThat(captures).isEqualTo(1));
        assertThat(rig.stripe.simulator.history().keysBy(Metadata.ATTEMPT))
                .as("the rejected attempts kept their keys")
                .hasSize(41)
                .allSatisfy((attempt, keys) -> assertThat(keys).containsExactly(rig.key(attempt)));
        assertThat(others).allSatisfy(it -> assertThat(rig.library.balance(it)).isEqualTo(FaultRig.AFTER));
    }

    @ParameterizedTest
    @CsvSource({
        "&amount=900&, &amount=10&",
        "[allow_redirects]=never, [allow_redirects]=always",
        "&confirm=true, &confirm=true&surprise=1",
    })
    void row_21_an_invalid_request_is_reported_retried_hourly_and_counts_no_decline(String was, String is) {
        rig.proxy.always(
                CHARGE,
                FaultProxy.asking(body ->
                        FaultProxy.replacing(was, is).apply("&" + decoded(body)).substring(1)));
        rig.run();
        rig.runEvery(MINUTE, Duration.ofMinutes(50));

        assertThat(rig.keys()).hasSize(1);
        assertRefused(Reason.REJECTED);
        rig.assertInDoubt();

        rig.proxy.passThrough();
        rig.runAfter(HOUR);

        rig.assertPaidOnce();
    }

    @Test
    void row_22_a_deleted_customer_suspends_the_account_and_a_checkout_resumes_it() throws Exception {
        rig.stripe.delete("/v1/customers/" + rig.customer());

        rig.run();
        rig.runFor(Duration.ofDays(30));

        assertThat(rig.keys()).hasSize(1);
        assertThat(rig.suspensionReason()).isEqualTo(Suspension.Reason.METHOD_UNUSABLE);
        assertThat(rig.eventTypes()).contains(EventType.RECHARGE_DECLINED, EventType.SUSPENDED);
        assertThat(rig.balance()).isEqualTo(BEFORE);
        rig.stripe.pay(rig.library.openCheckout(ALICE, 100, "v1", null).url(), "4242424242424242");
        rig.library.refreshCheckouts(ALICE);
        assertThat(rig.suspensionReason()).isNull();
        assertThat(rig.captures()).hasSize(1);
    }

    @Test
    void row_22_a_customer_of_another_account_or_mode_is_reported_and_counts_no_decline() {
        // The library rejects such a payment method; SQL of the host does not.
        rig.store.inTransaction(ALICE, tx -> {
            tx.savePaymentMethod(new PaymentMethod("cus_elsewhere", "pm_elsewhere", null, null, null));
            return ALICE;
        });
        rig.run();

        assertRefused(Reason.REJECTED);
        rig.assertInDoubt();
        assertThat(rig.captures()).isEmpty();
    }

    @Test
    void row_22_a_key_of_the_other_mode_stops_the_run_and_counts_no_decline() {
        String mismatch = Wire.error("invalid_request_error", "\"code\":\"livemode_mismatch\"");
        rig.proxy.always(CHARGE, FaultProxy.instead(Response.json(400, mismatch)));

        assertThat(rig.run().providerRefused()).isTrue();

        assertRefused(Reason.CONFIGURATION);
        rig.assertInDoubt();
        rig.proxy.passThrough();
        rig.runAfter(HOUR);
        rig.assertPaidOnce();
    }

    @Test
    void row_23_a_detached_card_is_detected_by_fetching_it_and_another_card_is_charged() {
        assertUnusable(card -> {});
    }

    @Test
    void row_23_a_card_that_is_attached_to_another_customer_now_is_detected_in_the_same_way() {
        String other = rig.stripe.post("/v1/customers", Map.of()).get("id").getAsString();
        assertUnusable(card -> rig.proxy.next(
                "GET /v1/payment_methods/" + card,
                FaultProxy.answering(FaultProxy.replacing("\"customer\":null", "\"customer\":\"" + other + "\""))));
    }

    private void assertUnusable(Consumer<String> andThen) {
        String card = rig.store.find(ALICE).orElseThrow().method().id();
        rig.stripe.post("/v1/payment_methods/" + card + "/detach", Map.of());
        andThen.accept(card);
        rig.proxy.next(CHARGE, FaultProxy.answering(FaultProxy.replacing("detached", "severed")));

        rig.run();
        rig.runFor(Duration.ofDays(30));

        assertThat(rig.keys()).hasSize(1);
        assertThat(rig.suspensionReason()).isEqualTo(Suspension.Reason.METHOD_UNUSABLE);
        assertThat(rig.eventTypes()).contains(EventType.RECHARGE_DECLINED, EventType.SUSPENDED);

        rig.card("pm_card_mastercard");
        rig.run();

        assertThat(rig.keys()).hasSize(2).doesNotHaveDuplicates();
        rig.assertLastPaid();
        assertThat(rig.captures()).hasSize(1);
        assertThat(rig.balance()).isEqualTo(FaultRig.AFTER);
    }

    private void assertRefused(Reason reason) {
        assertThat(rig.events)
                .filteredOn(it -> it.type() == EventType.PROVIDER_REFUSED)
                .extracting(AutoRechargeEvent::reason)
                .containsExactly(reason.name());
    }

    private int lastStatus() {
        List<RecordedRequest> charges = rig.stripe.simulator.history().requests("POST", "/v1/payment_intents");
        return charges.get(charges.size() - 1).status();
    }

    private static String decoded(String form) {
        return form.replace("%5B", "[").replace("%5D", "]");
    }

    private static List<ILoggingEvent> errorsOf(Runnable work) {
        Logger logger = (Logger) LoggerFactory.getLogger(Charges.class);
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logger.addAppender(appender);
        try {
            work.run();
        } finally {
            logger.detachAppender(appender);
        }
        return appender.list.stream().filter(it -> it.getLevel() == Level.ERROR).toList();
    }
}

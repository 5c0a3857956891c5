package io.autorecharge.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.ProviderReport.MethodChange;
import io.autorecharge.stripe.simulator.Fault;
import io.autorecharge.stripe.simulator.WebhookSignature;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The events about payment methods and customers, at a simulated Stripe. */
class StripeMethodChangeTest {
    private static final AccountId ALICE = new AccountId("alice");
    private static final InstallationId OURS = new InstallationId("ours");

    private final SimulatedStripe stripe = new SimulatedStripe();
    private final StripeWebhook webhook = new StripeWebhook(stripe.settings, stripe.gateway, Clock.systemUTC());
    private final String customer = stripe.gateway.createCustomer(ALICE, OURS, null);
    private final String method = stripe.attach(customer, "pm_card_visa");

    @AfterEach
    void close() {
        stripe.close();
    }

    private WebhookResult event(String type, String object, String previous) {
        String body = "{\"id\":\"evt_1\",\"object\":\"event\",\"livemode\":false,\"type\":\"" + type
                + "\",\"data\":{\"object\":" + object + ",\"previous_attributes\":" + previous + "}}";
        return webhook.handle(
                body.getBytes(StandardCharsets.UTF_8),
                WebhookSignature.header(List.of(SimulatedStripe.WEBHOOK_SECRET), Instant.now(), body));
    }

    private static MethodChange reported(WebhookResult result) {
        return (MethodChange) ((WebhookResult.Reported) result).report();
    }

    private String json(String path) {
        return stripe.get(path).toString();
    }

    private WebhookResult detached() {
        return event(
                "payment_method.detached",
                json("/v1/payment_methods/" + method),
                "{\"customer\":\"" + customer + "\"}");
    }

    @Test
    void a_detached_method_is_gone_from_the_customer_that_the_event_names() {
        stripe.post("/v1/payment_methods/" + method + "/detach", Map.of());

        MethodChange change = reported(detached());

        assertThat(change.account()).isEqualTo(ALICE);
        assertThat(change.customerId()).isEqualTo(customer);
        assertThat(change.methodId()).isEqualTo(method);
        assertThat(change.isGone()).isTrue();
        assertThat(change.installation()).isEqualTo(OURS);
        assertThat(change.notification().id()).isEqualTo("evt_1");
    }

    @Test
    void what_the_method_is_now_counts_whatever_the_event_said() {
        MethodChange change = reported(detached());

        assertThat(change.isGone()).isFalse();
        assertThat(change.now().last4()).isEqualTo("4242");
    }

    @Test
    void a_renewed_card_is_read_again() {
        stripe.post("/v1/payment_methods/" + method, Map.of("card[exp_month]", "7", "card[exp_year]", "2041"));

        for (String type : List.of("payment_method.updated", "payment_method.automatically_updated")) {
            MethodChange change = reported(event(type, json("/v1/payment_methods/" + method), "{}"));
            assertThat(change.now().expiry()).isEqualTo(YearMonth.of(2041, 7));
        }
    }

    @Test
    void a_deleted_customer_is_reported_with_what_its_event_says_it_was() {
        String before = json("/v1/customers/" + customer);
        assertThat(event("customer.deleted", before, "{}")).isInstanceOf(WebhookResult.Ignored.class);
        stripe.delete("/v1/customers/" + customer);

        MethodChange change = reported(event("customer.deleted", before, "{}"));

        assertThat(change.account()).isEqualTo(ALICE);
        assertThat(change.methodId()).isNull();
        assertThat(change.isGone()).isTrue();
        assertThat(change.installation()).isEqualTo(OURS);
    }

    @Test
    void customers_that_name_no_account_are_passed_over() {
        String others = stripe.customer();
        String theirs = stripe.attach(others, "pm_card_visa");

        assertThat(event("payment_method.updated", json("/v1/payment_methods/" + theirs), "{}"))
                .isInstanceOf(WebhookResult.Ignored.class);
        assertThat(event("customer.deleted", json("/v1/customers/" + others), "{}"))
                .isInstanceOf(WebhookResult.Ignored.class);
        assertThat(event("payment_method.detached", "{\"id\":\"pm_unattached\"}", "{}"))
                .isInstanceOf(WebhookResult.Ignored.class);
        assertThat(event("payment_method.detached", "{\"id\":\"pm_1\"}", "{\"customer\":\"cus_unknown\"}"))
                .isInstanceOf(WebhookResult.Ignored.class);
    }

    @Test
    void a_method_is_detached_once_and_only_from_its_own_customer() {
        stripe.gateway.detach(stripe.customer(), method);
        assertThat(json("/v1/payment_methods/" + method)).contains(customer);

        stripe.gateway.detach(customer, method);
        stripe.gateway.detach(customer, method);
        stripe.gateway.detach(customer, "pm_unknown");

        assertThat(json("/v1/payment_methods/" + method)).doesNotContain(customer);
    }

    @Test
    void a_lost_answer_to_detaching_is_no_failure_if_the_method_is_detached() {
        stripe.simulator.faults().next("POST /v1/payment_methods/*/detach", Fault.UNAVAILABLE_AFTER_EXECUTION);
        stripe.gateway.detach(customer, method);
        assertThat(json("/v1/payment_methods/" + method)).doesNotContain(customer);
        String second = stripe.attach(customer, "pm_card_visa");
        stripe.simulator.faults().next("POST /v1/payment_methods/*/detach", Fault.UNAVAILABLE_BEFORE_EXECUTION);

        assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> stripe.gateway.detach(customer, second));
    }

    @Test
    void a_failed_request_has_the_event_delivered_again() {
        for (String call : List.of("GET /v1/customers/*", "GET /v1/payment_methods/*")) {
            String object = json("/v1/payment_methods/" + method);
            stripe.simulator.faults().always(call, Fault.UNAVAILABLE_BEFORE_EXECUTION);

            assertThatExceptionOfType(GatewayException.class)
                    .as(call)
                    .isThrownBy(() -> event("payment_method.updated", object, "{}"));
            stripe.simulator.faults().clear();
        }
    }
}

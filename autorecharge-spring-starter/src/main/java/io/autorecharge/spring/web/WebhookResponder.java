package io.autorecharge.spring.web;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.Account;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.gateway.ProviderReport.Notification;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.UnknownAccountException;
import io.autorecharge.stripe.StripeWebhook;
import io.autorecharge.stripe.WebhookResult;
import io.autorecharge.stripe.WebhookResult.Rejected;
import io.autorecharge.stripe.WebhookResult.Reported;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles what a webhook reports, and answers so that Stripe sends again exactly what must come again: 2xx only after the commit, 503 when
 * the database or Stripe itself could not be asked.
 */
final class WebhookResponder {
    private static final Logger log = LoggerFactory.getLogger(WebhookResponder.class);

    private final StripeWebhook webhook;
    private final AutoRecharge autoRecharge;
    private final RechargeStore store;
    private final Clock clock;

    WebhookResponder(StripeWebhook webhook, AutoRecharge autoRecharge, RechargeStore store, Clock clock) {
        this.webhook = webhook;
        this.autoRecharge = autoRecharge;
        this.store = store;
        this.clock = clock;
    }

    HttpAnswer answer(byte[] body, @Nullable String signature) {
        WebhookResult result;
        try {
            result = webhook.handle(body, signature);
        } catch (GatewayException e) {
            log.warn("A webhook could not be followed up, Stripe sends it again: {}", e.getMessage());
            return HttpAnswer.problem(503, null, "Please send this event again.");
        }
        if (result instanceof Rejected) {
            return HttpAnswer.problem(400, HttpProblem.BODY, "the event is not accepted");
        }
        try {
            if (result instanceof Reported reported) {
                settle(reported.report());
            }
        } catch (UnknownAccountException e) {
            // Asking for it again would not bring the account back.
            log.error("A webhook is about an account that is not here: {}", e.getMessage());
        }
        return HttpAnswer.ok(Map.of("received", true));
    }

    private void settle(ProviderReport report) {
        Notification event = report.notification();
        if (event == null || store.isHandled(event.id()) || !isOfItsCustomer(report, event)) {
            return;
        }
        if (autoRecharge.settle(report) && isDecided(report)) {
            store.handled(event.id(), event.type(), clock.instant());
        }
    }

    /** A charge that is not decided yet may be sent again by hand, and must be followed up then. */
    private static boolean isDecided(ProviderReport report) {
        return !(report instanceof ProviderReport.Charge charge)
                || charge.outcome().isFinal();
    }

    /** A checkout session at Stripe may carry any account's id; whose money it moves is told by its customer. */
    private boolean isOfItsCustomer(ProviderReport report, Notification event) {
        if (!(report instanceof ProviderReport.Checkout checkout)) {
            return true;
        }
        String known = store.find(checkout.account()).map(Account::customerId).orElse(null);
        if (known == null || known.equals(checkout.customerId())) {
            return true;
        }
        log.error(
                "account={}: event {} is about another customer and was not believed", checkout.account(), event.id());
        return false;
    }
}

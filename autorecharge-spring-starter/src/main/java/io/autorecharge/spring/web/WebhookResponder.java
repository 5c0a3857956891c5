package io.autorecharge.spring.web;

import io.autorecharge.AutoRecharge;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.store.UnknownAccountException;
import io.autorecharge.stripe.StripeWebhook;
import io.autorecharge.stripe.WebhookResult;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a webhook so that Stripe delivers again exactly what must be delivered again: 2xx only after the commit, 503 if the database or
 * Stripe itself is unavailable. Thread-safe.
 */
final class WebhookResponder {
    private static final Logger log = LoggerFactory.getLogger(WebhookResponder.class);

    private final StripeWebhook webhook;
    private final AutoRecharge autoRecharge;

    WebhookResponder(StripeWebhook webhook, AutoRecharge autoRecharge) {
        this.webhook = webhook;
        this.autoRecharge = autoRecharge;
    }

    HttpAnswer answer(byte[] body, @Nullable String signature) {
        try {
            WebhookResult result = webhook.handle(body, signature);
            if (result instanceof WebhookResult.Rejected) {
                return HttpAnswer.problem(400, HttpProblem.BODY, "the event is not accepted");
            }
            // A report that core does not accept is final: delivering it again would change nothing.
            if (result instanceof WebhookResult.Reported reported) {
                autoRecharge.settle(reported.report());
            }
        } catch (UnknownAccountException e) {
            log.error("An event is about an account that cannot exist here; it was ignored", e);
        } catch (GatewayException e) {
            log.warn("An event could not be processed because Stripe did not answer; Stripe will deliver it again", e);
            return HttpAnswer.problem(503, null, "Please deliver this event again.");
        }
        return HttpAnswer.ok(Map.of("received", true));
    }
}

package io.autorecharge.examples.nemesis;

import io.autorecharge.AutoRecharge;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.StoreException;
import io.autorecharge.stripe.StripeWebhook;
import io.autorecharge.stripe.WebhookResult;
import java.time.Clock;
import java.util.Objects;

/** A host's own webhook endpoint: verifies the signature, settles, records the event, and only then answers 200. */
final class NodeWebhook {
    private final StripeWebhook webhook;
    private final AutoRecharge library;
    private final RechargeStore store;
    private final Clock clock;
    private final Steps steps;

    NodeWebhook(StripeWebhook webhook, AutoRecharge library, RechargeStore store, Clock clock, Steps steps) {
        this.webhook = webhook;
        this.library = library;
        this.store = store;
        this.clock = clock;
        this.steps = steps;
    }

    /** @return the status to answer with */
    int take(byte[] body, String signature) {
        steps.reached(Step.W1);
        try {
            WebhookResult result = webhook.handle(body, signature);
            if (result instanceof WebhookResult.Rejected) {
                return 400;
            }
            if (result instanceof WebhookResult.Reported reported) {
                if (reported.report() instanceof ProviderReport.Charge charge) {
                    settle(charge);
                } else {
                    library.settle(reported.report());
                }
            }
            return 200;
        } catch (GatewayException | StoreException e) {
            return 503;
        } finally {
            steps.settling(false);
        }
    }

    private void settle(ProviderReport.Charge charge) {
        ProviderReport.Notification event = Objects.requireNonNull(charge.notification());
        if (store.isHandled(event.id())) {
            return;
        }
        steps.settling(true);
        boolean known = library.settle(charge);
        if (known && charge.outcome().isFinal()) {
            store.handled(event.id(), event.type(), clock.instant());
        }
        steps.reached(Step.W2);
    }
}

package io.autorecharge.stripe;

import com.stripe.model.PaymentIntent;
import com.stripe.model.checkout.Session;
import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.gateway.ProviderReport.Notification;
import io.autorecharge.stripe.WebhookResult.Ignored;
import io.autorecharge.stripe.WebhookResult.Rejected;
import io.autorecharge.stripe.WebhookResult.Rejected.Reason;
import io.autorecharge.stripe.WebhookResult.Reported;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies webhook calls and turns them into reports. Only events signed with a configured secret are accepted. The event only says which object
 * to fetch: the report contains the object as it is now, so late, repeated and reordered events are harmless. Nothing is changed at Stripe: all
 * applications of a Stripe account receive all its events. Thread-safe.
 *
 * <p>Invalid calls lead to a {@link WebhookResult}, never to an exception. If the object of a genuine event cannot be fetched, a
 * {@link GatewayException} is thrown: respond with 503, and Stripe sends the event again.
 */
public final class StripeWebhook {
    /** Larger bodies are rejected unread. Stripe's events are much smaller. */
    public static final int MAX_BODY_BYTES = 256 * 1024;

    /** The event types that the endpoint in Stripe's dashboard should send. */
    public static final Set<String> EVENT_TYPES = Set.of(
            "checkout.session.completed",
            "checkout.session.async_payment_succeeded",
            "checkout.session.async_payment_failed",
            "checkout.session.expired",
            "payment_intent.succeeded",
            "payment_intent.payment_failed",
            "payment_intent.processing",
            "payment_intent.canceled",
            "charge.refunded",
            "refund.created",
            "refund.updated",
            "refund.failed",
            "charge.dispute.created",
            "charge.dispute.updated",
            "charge.dispute.funds_withdrawn",
            "charge.dispute.funds_reinstated",
            "charge.dispute.closed",
            "radar.early_fraud_warning.created",
            "radar.early_fraud_warning.updated",
            "payment_method.detached",
            "payment_method.updated",
            "payment_method.automatically_updated",
            "customer.deleted");

    private final RejectedCalls rejectedCalls;
    private static final Logger log = LoggerFactory.getLogger(StripeWebhook.class);

    private final SignatureCheck signatures;
    private final StripeGateway gateway;
    private final boolean live;
    private final @Nullable String stripeAccount;
    private final AtomicLong gone = new AtomicLong();

    /**
     * @param settings those of the gateway
     * @throws io.autorecharge.credit.InvalidValueException when the settings contain no webhook secret
     */
    public StripeWebhook(StripeSettings settings, StripeGateway gateway, Clock clock) {
        this.rejectedCalls = new RejectedCalls(System::nanoTime);
        this.signatures = new SignatureCheck(settings.webhookSecrets(), settings.webhookTolerance(), clock);
        this.gateway = gateway;
        this.live = settings.isLive();
        this.stripeAccount = settings.stripeAccount();
    }

    /**
     * @param body the bytes as received; do not read more than {@link #MAX_BODY_BYTES} plus one
     * @param signatureHeader the value of {@code Stripe-Signature}; null if there is none
     * @throws GatewayException if the event is genuine but its object cannot be fetched
     */
    public WebhookResult handle(byte[] body, @Nullable String signatureHeader) {
        if (body.length > MAX_BODY_BYTES) {
            return rejected(Reason.TOO_LARGE);
        }
        Optional<Reason> objection = signatures.objection(body, signatureHeader);
        if (objection.isPresent()) {
            return rejected(objection.get());
        }
        Optional<WebhookEvent> event = WebhookEvent.parse(body);
        return event.isEmpty() ? rejected(Reason.BODY) : followUp(event.get());
    }

    private WebhookResult rejected(Reason reason) {
        rejectedCalls.count(reason);
        return new Rejected(reason);
    }

    private WebhookResult followUp(WebhookEvent event) {
        Ignored ignored = new Ignored(event.id(), event.type());
        if (isOfOthers(event)) {
            return ignored;
        }
        if (event.live() != live) {
            return event.account() == null ? rejected(Reason.LIVEMODE) : ignored;
        }
        if (!EVENT_TYPES.contains(event.type()) || event.objectId().isEmpty()) {
            return ignored;
        }
        if (event.type().startsWith("checkout.session.")) {
            return ofSession(event, ignored);
        }
        if (event.type().startsWith("payment_method.") || event.type().equals("customer.deleted")) {
            return ofMethod(event, ignored);
        }
        return event.type().startsWith("payment_intent.") ? ofIntent(event, ignored) : ofReversal(event, ignored);
    }

    /** A platform's endpoint also receives events of other accounts, in both modes. Stripe would disable an endpoint that rejects them. */
    private boolean isOfOthers(WebhookEvent event) {
        return event.account() != null && !event.account().equals(stripeAccount);
    }

    private WebhookResult ofIntent(WebhookEvent event, Ignored ignored) {
        if (Metadata.attempt(event.metadata()).isEmpty()) {
            return ignored;
        }
        PaymentIntent intent = gateway.intent(event.objectId()).orElse(null);
        if (intent == null) {
            return gone(event, ignored);
        }
        Optional<AccountId> account = Metadata.account(intent.getMetadata());
        Optional<AttemptId> attempt = Metadata.attempt(intent.getMetadata());
        if (account.isEmpty() || attempt.isEmpty()) {
            return ignored;
        }
        Outcome outcome = gateway.reported(intent, event.reason(), attempt.get().value());
        String customer = intent.getCustomer() == null ? "" : intent.getCustomer();
        return new Reported(new ProviderReport.Charge(
                account.get(),
                attempt.get(),
                customer,
                outcome,
                Metadata.installation(intent.getMetadata()),
                notification(event)));
    }

    /** Payment methods carry no metadata; their customer does. A deleted customer has none any more, but its event shows what it had. */
    private WebhookResult ofMethod(WebhookEvent event, Ignored ignored) {
        boolean customer = event.type().equals("customer.deleted");
        Optional<ProviderReport.MethodChange> change = customer
                ? gateway.customerGone(event.objectId(), event.metadata())
                : event.customer().isEmpty()
                        ? Optional.empty()
                        : gateway.methodChange(event.customer(), event.objectId());
        return change.map(it -> it.causedBy(notification(event)))
                .<WebhookResult>map(Reported::new)
                .orElse(ignored);
    }

    private WebhookResult ofReversal(WebhookEvent event, Ignored ignored) {
        if (event.paymentIntent().isEmpty()) {
            return ignored;
        }
        return gateway.reversalsOf(event.paymentIntent())
                .map(it -> event.isFraudWarning() ? it.warned(event.objectId()) : it)
                .<WebhookResult>map(it -> new Reported(it.causedBy(notification(event))))
                .orElse(ignored);
    }

    private WebhookResult ofSession(WebhookEvent event, Ignored ignored) {
        if (Metadata.checkout(event.metadata()).isEmpty()) {
            return ignored;
        }
        Session session = gateway.session(event.objectId()).orElse(null);
        if (session == null) {
            return gone(event, ignored);
        }
        Optional<AccountId> account = Metadata.account(session.getMetadata());
        Optional<CheckoutId> checkout = Metadata.checkout(session.getMetadata());
        if (account.isEmpty() || checkout.isEmpty()) {
            return ignored;
        }
        String customer = session.getCustomer() == null ? "" : session.getCustomer();
        return new Reported(new ProviderReport.Checkout(
                account.get(),
                checkout.get(),
                session.getId(),
                customer,
                gateway.outcome(session),
                Metadata.installation(session.getMetadata()),
                notification(event)));
    }

    /**
     * Of another Stripe account whose events arrive here too, or deleted: to deliver the event again would change nothing. Logged once, so
     * that a platform's many events do not fill the log.
     */
    private WebhookResult gone(WebhookEvent event, Ignored ignored) {
        if (gone.getAndIncrement() == 0) {
            log.info(
                    "event={} type={} is about an object that does not exist for the configured key and account; all such events are passed over",
                    event.id(),
                    event.type());
        }
        return ignored;
    }

    private static Notification notification(WebhookEvent event) {
        return new Notification(event.id(), event.type());
    }
}

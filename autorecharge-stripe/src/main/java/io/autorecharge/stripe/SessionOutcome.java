package io.autorecharge.stripe;

import com.stripe.model.PaymentIntent;
import com.stripe.model.PaymentMethod;
import com.stripe.model.checkout.Session;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.GatewayException;
import org.jspecify.annotations.Nullable;

/**
 * Translates a checkout session, with its PaymentIntent expanded, into the outcome of the checkout. It never cancels anything: the customer may
 * try another card as long as the session is open.
 */
final class SessionOutcome {
    private SessionOutcome() {}

    static CheckoutOutcome of(Session session) {
        PaymentIntent intent = session.getPaymentIntentObject();
        if (intent != null && "succeeded".equals(intent.getStatus())) {
            return paid(session, intent);
        }
        if ("open".equals(session.getStatus())) {
            return new CheckoutOutcome.Pending();
        }
        if ("expired".equals(session.getStatus())) {
            return new CheckoutOutcome.Closed("expired");
        }
        if (!"complete".equals(session.getStatus())) {
            throw unreadable(session, "status " + session.getStatus());
        }
        return completed(session, intent);
    }

    /** Completed without money: a bank transfer that is in progress or has failed. */
    private static CheckoutOutcome completed(Session session, @Nullable PaymentIntent intent) {
        if ("no_payment_required".equals(session.getPaymentStatus())) {
            return new CheckoutOutcome.Closed("no payment was required");
        }
        if (intent == null || intent.getStatus() == null || "paid".equals(session.getPaymentStatus())) {
            throw unreadable(session, "payment " + session.getPaymentStatus() + " without a matching payment intent");
        }
        return switch (intent.getStatus()) {
            case "requires_payment_method" ->
                new CheckoutOutcome.Closed(
                        "the payment failed: " + DeclineReason.of(intent).wordOr("no reason given"));
            case "canceled" -> new CheckoutOutcome.Closed("the payment was cancelled");
            default -> new CheckoutOutcome.Pending();
        };
    }

    private static CheckoutOutcome paid(Session session, PaymentIntent intent) {
        Money received;
        try {
            received = StripeCurrency.fromStripe(intent.getAmountReceived(), intent.getCurrency());
        } catch (InvalidValueException e) {
            throw unreadable(session, SafeText.of(e.getMessage()));
        }
        if (intent.getId() == null || !received.isPositive()) {
            throw unreadable(session, "succeeded with nothing received");
        }
        return new CheckoutOutcome.Paid(intent.getId(), received, savedMethod(session, intent));
    }

    /** Only a payment method that the customer agreed to save and that is attached to this customer. */
    private static io.autorecharge.account.@Nullable PaymentMethod savedMethod(Session session, PaymentIntent intent) {
        PaymentMethod method = intent.getPaymentMethodObject();
        String customer = session.getCustomer();
        boolean saved = "off_session".equals(intent.getSetupFutureUsage())
                && method != null
                && method.getId() != null
                && customer != null
                && customer.equals(method.getCustomer())
                && SavedMethodTypes.canBeChargedLater(method.getType());
        return saved ? StripePaymentMethods.read(customer, method) : null;
    }

    private static GatewayException unreadable(Session session, String why) {
        return new GatewayException(false, "session=" + session.getId() + ": " + why, null);
    }
}

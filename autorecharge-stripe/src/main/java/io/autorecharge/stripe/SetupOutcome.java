package io.autorecharge.stripe;

import com.stripe.model.PaymentMethod;
import com.stripe.model.SetupAttempt;
import com.stripe.model.SetupIntent;
import com.stripe.model.checkout.Session;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.GatewayException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Translates a checkout session in setup mode into the outcome of the checkout. The setup intent and the owner of the payment method decide, not
 * the session: a session is complete while a bank account is still being verified, and a method may be detached at once.
 */
final class SetupOutcome {
    private SetupOutcome() {}

    static boolean isSetup(Session session) {
        return "setup".equals(session.getMode());
    }

    /** @param intent fetches the session's setup intent, with its payment method and latest attempt */
    static CheckoutOutcome of(Session session, Supplier<SetupIntent> intent) {
        if ("open".equals(session.getStatus())) {
            return new CheckoutOutcome.Pending();
        }
        if ("expired".equals(session.getStatus())) {
            return new CheckoutOutcome.Closed("expired");
        }
        if (!"complete".equals(session.getStatus())) {
            throw unreadable(session, "status " + session.getStatus());
        }
        return completed(session, intent.get());
    }

    private static CheckoutOutcome completed(Session session, SetupIntent intent) {
        if (intent.getStatus() == null || intent.getId() == null) {
            throw unreadable(session, "its setup intent has no id or status");
        }
        return switch (intent.getStatus()) {
            case "succeeded" -> new CheckoutOutcome.Saved(intent.getId(), method(session, intent));
            case "canceled" -> new CheckoutOutcome.Closed("saving the method was cancelled");
            case "requires_payment_method" -> new CheckoutOutcome.Closed("saving the method failed");
            default -> new CheckoutOutcome.Pending();
        };
    }

    /** Only a method that is attached to this customer and can be charged while the customer is absent. */
    private static io.autorecharge.account.@Nullable PaymentMethod method(Session session, SetupIntent intent) {
        PaymentMethod generated = generated(intent.getLatestAttemptObject());
        PaymentMethod method = generated == null ? intent.getPaymentMethodObject() : generated;
        String customer = session.getCustomer();
        boolean usable = method != null
                && method.getId() != null
                && customer != null
                && customer.equals(method.getCustomer())
                && SavedMethodTypes.canBeChargedLater(method.getType());
        return usable ? StripePaymentMethods.read(customer, method) : null;
    }

    /** iDEAL and Bancontact pay once; what can be charged later is the SEPA debit that they generate. */
    private static @Nullable PaymentMethod generated(@Nullable SetupAttempt attempt) {
        SetupAttempt.PaymentMethodDetails details = attempt == null ? null : attempt.getPaymentMethodDetails();
        if (details == null) {
            return null;
        }
        if (details.getIdeal() != null) {
            return details.getIdeal().getGeneratedSepaDebitObject();
        }
        return details.getBancontact() == null ? null : details.getBancontact().getGeneratedSepaDebitObject();
    }

    private static GatewayException unreadable(Session session, String why) {
        return new GatewayException(false, "session=" + session.getId() + ": " + why, null);
    }
}

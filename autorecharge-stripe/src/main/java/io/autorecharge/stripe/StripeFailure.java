package io.autorecharge.stripe;

import com.stripe.exception.AuthenticationException;
import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.PermissionException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeError;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an exception of stripe-java says about its request. The kind follows from HTTP status, type and code, never from the message. Without a
 * complete error response of Stripe, and for errors that are not known to mean "not executed", it is {@link Kind#UNCLEAR}.
 *
 * @param error the parsed error; null if there is none
 * @param detail for operators; contains no secrets
 */
record StripeFailure(Kind kind, @Nullable StripeError error, String detail) {
    /** What the failed request did. */
    enum Kind {
        /** Executed, and the payment failed. */
        CARD,
        /** Not executed: too many requests. */
        BUSY,
        /** Not executed: wrong key, mode or permission. */
        CONFIGURATION,
        /** Not executed: the request is invalid. */
        REQUEST,
        /** Unknown whether it was executed. */
        UNCLEAR
    }

    private static final Set<String> ACCOUNT_CODES = Set.of(
            "livemode_mismatch",
            "testmode_charges_only",
            "account_invalid",
            "secret_key_required",
            "api_key_expired",
            "platform_api_key_expired");

    static StripeFailure of(Exception e) {
        StripeError error = e instanceof StripeException known ? known.getStripeError() : null;
        if (!(e instanceof StripeException known) || error == null || error.getType() == null) {
            return new StripeFailure(Kind.UNCLEAR, null, withoutResponse(e));
        }
        return new StripeFailure(kind(known, error), error, detail(known, error));
    }

    private static Kind kind(StripeException e, StripeError error) {
        int status = e.getStatusCode() == null ? 0 : e.getStatusCode();
        if (e instanceof CardException && status == 402 && isFailedPayment(error)) {
            return Kind.CARD;
        }
        if (!"invalid_request_error".equals(error.getType()) && status != 401 && status != 403 && status != 429) {
            return Kind.UNCLEAR;
        }
        if (e instanceof RateLimitException && status == 429) {
            return Kind.BUSY;
        }
        if ((e instanceof AuthenticationException && status == 401)
                || (e instanceof PermissionException && status == 403)) {
            return Kind.CONFIGURATION;
        }
        if (e instanceof InvalidRequestException && (status == 400 || status == 404)) {
            return ofRequest(error.getCode());
        }
        return Kind.UNCLEAR;
    }

    /** Stripe reports a failed payment as 402, mostly but not always with the type {@code card_error}. */
    private static boolean isFailedPayment(StripeError error) {
        return "card_error".equals(error.getType())
                || ("invalid_request_error".equals(error.getType()) && error.getCode() != null);
    }

    /** An error about the idempotency key means that another request with this key may have been executed. */
    private static Kind ofRequest(@Nullable String code) {
        if (code == null) {
            return Kind.REQUEST;
        }
        if (code.startsWith("idempotency")) {
            return Kind.UNCLEAR;
        }
        return ACCOUNT_CODES.contains(code) ? Kind.CONFIGURATION : Kind.REQUEST;
    }

    /** The payment intent that Stripe created before the failure. */
    @Nullable
    PaymentIntent intent() {
        return error == null ? null : error.getPaymentIntent();
    }

    /**
     * Whether the idempotency key was used with other parameters before: an upgrade or a bug has changed the parameters.
     */
    boolean isOfOtherParameters() {
        return error != null && "idempotency_error".equals(error.getType());
    }

    /** Whether the object in this parameter does not exist for the configured key. */
    boolean isMissing(String param) {
        return isMissingResource() && error != null && param.equals(error.getParam());
    }

    boolean isMissingResource() {
        return kind == Kind.REQUEST && error != null && "resource_missing".equals(error.getCode());
    }

    private static String detail(StripeException e, StripeError error) {
        StringBuilder text =
                new StringBuilder("HTTP ").append(e.getStatusCode()).append(' ').append(error.getType());
        append(text, "code", error.getCode());
        append(text, "decline_code", error.getDeclineCode());
        append(text, "param", error.getParam());
        append(text, "request", e.getRequestId());
        // For operators to read. Nothing depends on it: the kind comes from the fields above.
        if (error.getMessage() != null) {
            text.append(": ").append(error.getMessage());
        }
        return SafeText.of(text.toString());
    }

    /** The message of such an exception may contain a whole foreign page, so only its type is shown. */
    private static String withoutResponse(Exception e) {
        StringBuilder text = new StringBuilder(e.getClass().getSimpleName());
        if (e.getCause() != null) {
            text.append(" (").append(e.getCause().getClass().getSimpleName()).append(')');
        }
        if (e instanceof StripeException known && known.getStatusCode() != null) {
            text.append(" HTTP ").append(known.getStatusCode());
            append(text, "request", known.getRequestId());
        }
        return SafeText.of(text.toString());
    }

    private static void append(StringBuilder text, String name, @Nullable String value) {
        if (value != null) {
            text.append(' ').append(name).append('=').append(value);
        }
    }
}

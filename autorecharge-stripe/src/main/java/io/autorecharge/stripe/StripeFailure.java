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
 * What an exception of stripe-java says about the one request that it answers. Anything that is not a complete answer of Stripe's own, and
 * anything that is not known to mean "not carried out", is {@link Kind#UNCLEAR}.
 *
 * @param error the parsed answer, null when there is none
 * @param detail for operators; no secrets
 */
record StripeFailure(Kind kind, @Nullable StripeError error, String detail) {
    /** What the refused request did. */
    enum Kind {
        /** Stripe carried it out and the payment failed. */
        CARD,
        /** Not carried out: too many requests. */
        BUSY,
        /** Not carried out: wrong key, mode or permission. */
        CONFIGURATION,
        /** Not carried out: the request as such was refused. */
        REQUEST,
        /** Nobody knows. */
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
            return new StripeFailure(Kind.UNCLEAR, null, withoutAnswer(e));
        }
        return new StripeFailure(kind(known, error), error, detail(known, error));
    }

    private static Kind kind(StripeException e, StripeError error) {
        int status = e.getStatusCode() == null ? 0 : e.getStatusCode();
        if (e instanceof CardException && status == 402 && "card_error".equals(error.getType())) {
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

    /** A complaint about the idempotency key means that another request under it may have been carried out. */
    private static Kind ofRequest(@Nullable String code) {
        if (code == null) {
            return Kind.REQUEST;
        }
        if (code.startsWith("idempotency")) {
            return Kind.UNCLEAR;
        }
        return ACCOUNT_CODES.contains(code) ? Kind.CONFIGURATION : Kind.REQUEST;
    }

    /** The payment intent that Stripe had made before it refused. */
    @Nullable
    PaymentIntent intent() {
        return error == null ? null : error.getPaymentIntent();
    }

    /** Whether the idempotency key was used with other parameters before: ours have changed since, by an upgrade or by a defect. */
    boolean isOfOtherParameters() {
        return error != null && "idempotency_error".equals(error.getType());
    }

    /** Whether what this parameter names does not exist for our key. */
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
        if (error.getMessage() != null) {
            text.append(": ").append(error.getMessage());
        }
        return SafeText.of(text.toString());
    }

    /** The message of such an exception may hold a whole foreign page, so only its kind is told. */
    private static String withoutAnswer(Exception e) {
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

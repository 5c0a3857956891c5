package io.autorecharge.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentMethod;
import com.stripe.model.StripeError;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.NotSubmitted.Reason;
import io.autorecharge.stripe.FailureCodes.Fault;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whose fault a refused request (400 or 404) is. Stripe refuses requests because of the payment method too, often without a card
 * error and sometimes without any code. Then the code, the named parameter, and the payment method itself are asked, in this order. What
 * stays unknown is nobody's fault: the core sends it a few times and then reports it.
 */
final class RefusedRequests {
    private static final Logger log = LoggerFactory.getLogger(RefusedRequests.class);

    /** Parameters that only say something about the payment method. */
    private static final Set<String> OF_THE_METHOD = Set.of("payment_method", "mandate", "mandate_data", "source");

    private final StripeClient client;
    private final FailureCodes codes;

    RefusedRequests(StripeClient client, FailureCodes codes) {
        this.client = client;
        this.codes = codes;
    }

    /** @param failure of the first request of the attempt; an earlier one in doubt may have charged */
    Outcome outcome(StripeFailure failure, ChargeRequest request) {
        DeclineReason reason = DeclineReason.of(failure.error());
        Optional<FailureCodes.Meaning> known = codes.find(reason.declineCode()).or(() -> codes.find(reason.code()));
        if (known.isPresent() && known.get().fault() == Fault.METHOD) {
            return declined(failure, request, reason.decline(null, "payment_method_refused", codes));
        }
        if (known.isEmpty()) {
            Outcome.Declined unusable = unusable(failure, reason, request);
            if (unusable != null) {
                return declined(failure, request, unusable);
            }
        }
        log.error("attempt={} was rejected: {}", request.attempt(), failure.detail());
        return new Outcome.NotSubmitted(Reason.REJECTED, failure.detail(), reason.isKnown() ? reason.wordOr("") : null);
    }

    private static Outcome declined(StripeFailure failure, ChargeRequest request, Outcome.Declined declined) {
        log.warn(
                "attempt={} was refused because of the payment method ({}): {}",
                request.attempt(),
                declined.code(),
                failure.detail());
        return declined;
    }

    /**
     * Reads the customer and the payment method. A customer that this key has never seen says nothing: the key is of another account.
     *
     * @return null when the method seems to be usable, or could not be read
     */
    private Outcome.@Nullable Declined unusable(StripeFailure failure, DeclineReason reason, ChargeRequest request) {
        try {
            if (new Customers(client).isDeleted(request.customerId())) {
                return gone("customer_deleted");
            }
            PaymentMethod method = find(request.paymentMethodId());
            if (method == null || !request.customerId().equals(method.getCustomer())) {
                return gone("payment_method_gone");
            }
            if (isBlocked(method)) {
                return new DeclineReason("payment_method_bank_account_blocked", null, null, null)
                        .decline(null, "payment_method_bank_account_blocked", codes);
            }
        } catch (StripeException | RuntimeException e) {
            log.warn(
                    "attempt={}: the saved payment method could not be checked: {}",
                    request.attempt(),
                    StripeFailure.of(e).detail());
            return null;
        }
        return namesTheMethod(failure.error()) ? gone(reason.wordOr("payment_method_refused")) : null;
    }

    private static boolean namesTheMethod(@Nullable StripeError error) {
        if (error == null || error.getParam() == null) {
            return false;
        }
        String name = error.getParam();
        int bracket = name.indexOf('[');
        return OF_THE_METHOD.contains(bracket < 0 ? name : name.substring(0, bracket));
    }

    private @Nullable PaymentMethod find(String id) throws StripeException {
        try {
            return PaymentIntents.complete(client.v1().paymentMethods().retrieve(id));
        } catch (InvalidRequestException e) {
            if (StripeFailure.of(e).isMissingResource()) {
                return null;
            }
            throw e;
        }
    }

    /** Stripe blocks a bank account after some returns, and lifts the block itself. */
    private static boolean isBlocked(PaymentMethod method) {
        PaymentMethod.UsBankAccount account = method.getUsBankAccount();
        return account != null
                && account.getStatusDetails() != null
                && account.getStatusDetails().getBlocked() != null;
    }

    private static Outcome.Declined gone(String code) {
        return new Outcome.Declined(null, code, Outcome.Declined.Kind.METHOD_UNUSABLE);
    }
}

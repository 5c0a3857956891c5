package io.autorecharge.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.PaymentMethod;
import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.ProviderReport.MethodChange;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what became of saved payment methods and their customers, whatever an event said, and detaches methods that were removed. */
final class MethodChanges {
    private final StripeClient client;
    private final boolean live;

    MethodChanges(StripeClient client, boolean live) {
        this.client = client;
        this.live = live;
    }

    /** Of an account of the library only: the customer's metadata names it. Customers of others cost one request. */
    Optional<MethodChange> of(String customerId, String methodId) throws StripeException {
        Customer customer = customer(customerId);
        Optional<AccountId> account = customer == null ? Optional.empty() : account(customer.getMetadata());
        if (customer == null || account.isEmpty() || isDeleted(customer)) {
            return Optional.empty();
        }
        return Optional.of(new MethodChange(
                account.get(),
                customerId,
                methodId,
                method(customerId, methodId),
                Metadata.installation(customer.getMetadata()),
                null));
    }

    Optional<MethodChange> ofDeleted(String customerId, Map<String, String> metadata) throws StripeException {
        Optional<AccountId> account = account(metadata);
        if (account.isEmpty()) {
            return Optional.empty();
        }
        Customer customer = customer(customerId);
        return customer == null || !isDeleted(customer)
                ? Optional.empty()
                : Optional.of(
                        new MethodChange(account.get(), customerId, null, null, Metadata.installation(metadata), null));
    }

    /** Stripe refuses to detach a method twice, without a code: what counts is whose it is before and after. */
    void detach(String customerId, String methodId) throws StripeException {
        if (!isAttached(customerId, methodId)) {
            return;
        }
        try {
            PaymentIntents.complete(client.v1().paymentMethods().detach(methodId));
        } catch (StripeException | RuntimeException e) {
            if (isAttached(customerId, methodId)) {
                throw e;
            }
        }
    }

    private boolean isAttached(String customerId, String methodId) throws StripeException {
        try {
            return customerId.equals(
                    PaymentIntents.complete(client.v1().paymentMethods().retrieve(methodId))
                            .getCustomer());
        } catch (StripeException e) {
            if (StripeFailure.of(e).isMissingResource()) {
                return false;
            }
            throw e;
        }
    }

    private static Optional<AccountId> account(@Nullable Map<String, String> metadata) {
        return Metadata.account(metadata);
    }

    private static boolean isDeleted(Customer customer) {
        return Boolean.TRUE.equals(customer.getDeleted());
    }

    /** Null when there is none for this key, or it is of the other mode. */
    private @Nullable Customer customer(String id) throws StripeException {
        try {
            Customer customer = PaymentIntents.complete(client.v1().customers().retrieve(id));
            return isDeleted(customer) || Objects.equals(customer.getLivemode(), live) ? customer : null;
        } catch (StripeException e) {
            if (StripeFailure.of(e).isMissingResource()) {
                return null;
            }
            throw e;
        }
    }

    /** Null when the customer does not have it any more. */
    private io.autorecharge.account.@Nullable PaymentMethod method(String customerId, String id)
            throws StripeException {
        try {
            PaymentMethod method =
                    PaymentIntents.complete(client.v1().paymentMethods().retrieve(id));
            return customerId.equals(method.getCustomer()) ? StripePaymentMethods.read(customerId, method) : null;
        } catch (StripeException e) {
            if (StripeFailure.of(e).isMissingResource()) {
                return null;
            }
            throw e;
        }
    }
}

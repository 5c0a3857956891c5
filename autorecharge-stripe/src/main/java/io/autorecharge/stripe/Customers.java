package io.autorecharge.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.param.CustomerUpdateParams;
import io.autorecharge.gateway.CustomerOwner;
import io.autorecharge.gateway.InstallationId;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out whose a customer is: deleted, of another mode or account, or of another installation. */
final class Customers {
    private static final Logger log = LoggerFactory.getLogger(Customers.class);

    /** How many keys are tried for one customer when Stripe has stored a failure under the earlier ones. */
    private static final int KEYS = 3;

    private final StripeClient client;

    Customers(StripeClient client) {
        this.client = client;
    }

    /** Stripe returns a deleted customer, but responds with an error for an unknown one. */
    boolean isDeleted(String id) throws StripeException {
        return isDeleted(fetch(id));
    }

    private static boolean isDeleted(Customer customer) {
        return Boolean.TRUE.equals(customer.getDeleted());
    }

    private Customer fetch(String id) throws StripeException {
        return PaymentIntents.complete(client.v1().customers().retrieve(id));
    }

    CustomerOwner stamp(String id, InstallationId installation) {
        try {
            Customer customer = fetch(id);
            if (isDeleted(customer)) {
                return CustomerOwner.GONE;
            }
            return Metadata.carried(customer.getMetadata())
                    .map(it -> owner(it, installation))
                    .orElseGet(() -> stampFirst(id, installation, 0));
        } catch (StripeException | RuntimeException e) {
            return failed(id, StripeFailure.of(e));
        }
    }

    private static CustomerOwner owner(String carried, InstallationId installation) {
        return carried.equals(installation.value()) ? CustomerOwner.OURS : CustomerOwner.OTHERS;
    }

    /**
     * All installations use the same idempotency key, so of several that stamp a customer at once Stripe executes one request, and refuses the
     * others because their parameters differ.
     */
    private CustomerOwner stampFirst(String id, InstallationId installation, int number) {
        CustomerUpdateParams params = CustomerUpdateParams.builder()
                .putMetadata(Metadata.INSTALLATION, installation.value())
                .build();
        try {
            Customer stamped = PaymentIntents.complete(
                    client.v1().customers().update(id, params, IdempotencyKey.ofStamp(id, number)));
            return Metadata.carried(stamped.getMetadata())
                    .map(it -> owner(it, installation))
                    .orElse(CustomerOwner.NOT_ANSWERED);
        } catch (StripeException | RuntimeException e) {
            Optional<CustomerOwner> now = ownerNow(id, installation);
            if (now.isPresent()) {
                return now.get();
            }
            boolean stored =
                    e instanceof StripeException known && Integer.valueOf(500).equals(known.getStatusCode());
            return stored && number + 1 < KEYS
                    ? stampFirst(id, installation, number + 1)
                    : failed(id, StripeFailure.of(e));
        }
    }

    private Optional<CustomerOwner> ownerNow(String id, InstallationId installation) {
        try {
            return Metadata.carried(fetch(id).getMetadata()).map(it -> owner(it, installation));
        } catch (StripeException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static CustomerOwner failed(String id, StripeFailure failure) {
        if (failure.isMissingResource()) {
            return CustomerOwner.GONE;
        }
        log.warn("customer={}: whose it is could not be read: {}", id, failure.detail());
        return failure.kind() == StripeFailure.Kind.CONFIGURATION ? CustomerOwner.REFUSED : CustomerOwner.NOT_ANSWERED;
    }
}

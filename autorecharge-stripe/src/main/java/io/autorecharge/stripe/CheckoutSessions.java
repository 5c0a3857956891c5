package io.autorecharge.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionRetrieveParams;
import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.CheckoutRequest;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.GatewayException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes customers and pages, and fetches pages. None of this takes money. */
final class CheckoutSessions {
    private static final Logger log = LoggerFactory.getLogger(CheckoutSessions.class);

    /** The waits while somebody else's call with the same key is under way; together about three seconds. */
    private static final int WAITS = 6;

    private static final Duration FIRST_WAIT = Duration.ofMillis(50);

    /** How many stored failures of making one customer are passed over. */
    private static final int CUSTOMER_KEYS = 3;

    private final StripeClient client;
    private final StripeSettings settings;
    private final Consumer<Duration> pause;

    CheckoutSessions(StripeClient client, StripeSettings settings, Consumer<Duration> pause) {
        this.client = client;
        this.settings = settings;
        this.pause = pause;
    }

    /** A call that takes no money and has a key, so that it may be made again. */
    private interface Call<T> {
        T answer() throws StripeException;
    }

    String createCustomer(AccountId account, @Nullable String email) {
        return customer(account, account.value(), email);
    }

    /** With another key than the one whose answer, the customer that is gone, may still be stored. */
    String replaceCustomer(AccountId account, String gone, @Nullable String email) {
        return customer(account, account.value() + "\n" + gone, email);
    }

    private String customer(AccountId account, String keyed, @Nullable String email) {
        String id = customer(account, keyed, 0).getId();
        if (id == null) {
            throw new GatewayException(false, "account=" + account + ": the customer was made without an id", null);
        }
        if (email != null && !email.isBlank()) {
            addEmail(id, email, account);
        }
        return id;
    }

    /** The address is not part of what is sent under the key: it may have changed when the same is asked again. */
    private Customer customer(AccountId account, String keyed, int number) {
        CustomerCreateParams params = CustomerCreateParams.builder()
                .putMetadata(Metadata.ACCOUNT, account.value())
                .build();
        RequestOptions key = IdempotencyKey.ofCustomer(keyed, number);
        try {
            return patiently(
                    () -> PaymentIntents.complete(client.v1().customers().create(params, key)));
        } catch (StripeException | RuntimeException e) {
            boolean stored =
                    e instanceof StripeException known && Integer.valueOf(500).equals(known.getStatusCode());
            if (stored && number + 1 < CUSTOMER_KEYS) {
                return customer(account, keyed, number + 1);
            }
            throw failed("account=" + account + ": no customer was made", e);
        }
    }

    private void addEmail(String customer, String email, AccountId account) {
        try {
            client.v1()
                    .customers()
                    .update(
                            customer,
                            CustomerUpdateParams.builder().setEmail(email).build());
        } catch (StripeException | RuntimeException e) {
            log.warn(
                    "account={} customer={}: the address was not stored: {}",
                    account,
                    customer,
                    StripeFailure.of(e).detail());
        }
    }

    /** @throws io.autorecharge.credit.InvalidValueException when Stripe cannot represent the price exactly */
    CheckoutSession createPage(CheckoutRequest request) {
        String what = "account=" + request.account() + " checkout=" + request.checkout();
        SessionCreateParams params = SessionParams.of(request, settings);
        RequestOptions key = IdempotencyKey.of(request.checkout().value());
        Session session;
        try {
            session = patiently(() ->
                    PaymentIntents.complete(client.v1().checkout().sessions().create(params, key)));
        } catch (StripeException | RuntimeException e) {
            StripeFailure refusal = StripeFailure.of(e);
            if (refusal.isMissing("customer")) {
                throw withoutCustomer(what + ": no page was made: " + refusal.detail(), request.customerId());
            }
            throw failed(what + ": no page was made", e);
        }
        requireMode(session);
        try {
            return new CheckoutSession(
                    Objects.requireNonNull(session.getId(), "id"),
                    URI.create(Objects.requireNonNull(session.getUrl(), "url")),
                    Instant.ofEpochSecond(Objects.requireNonNull(session.getExpiresAt(), "expires_at")));
        } catch (RuntimeException e) {
            throw new GatewayException(false, what + ": the page has no id, address or end", null);
        }
    }

    /** Only who was deleted may be replaced: a card is lost with its customer, and a wrong key would lose everybody's. */
    private GatewayException withoutCustomer(String what, String customer) {
        try {
            return new Customers(client).isDeleted(customer)
                    ? GatewayException.customerGone(what)
                    : new GatewayException(false, what, null);
        } catch (StripeException | RuntimeException e) {
            StripeFailure refusal = StripeFailure.of(e);
            return refusal.isMissingResource()
                    ? new GatewayException(
                            true,
                            what + "; customer=" + customer
                                    + " is not known to this key: it is of another mode or account",
                            null)
                    : failed(what, e);
        }
    }

    Session fetch(String sessionId) {
        SessionRetrieveParams params = SessionRetrieveParams.builder()
                .addExpand("payment_intent.payment_method")
                .build();
        Session session;
        try {
            session = PaymentIntents.complete(client.v1().checkout().sessions().retrieve(sessionId, params));
        } catch (StripeException | RuntimeException e) {
            throw failed("session=" + sessionId + " could not be fetched", e);
        }
        requireMode(session);
        return session;
    }

    /** The session as it is after it was told to expire: Stripe expires only what is open. */
    Session expired(String sessionId) {
        try {
            PaymentIntents.complete(client.v1().checkout().sessions().expire(sessionId));
        } catch (StripeException | RuntimeException e) {
            log.info(
                    "session={} was not closed: {}",
                    sessionId,
                    StripeFailure.of(e).detail());
        }
        Session session = fetch(sessionId);
        if ("open".equals(session.getStatus())) {
            throw new GatewayException(false, "session=" + sessionId + " is still open", null);
        }
        return session;
    }

    private void requireMode(Session session) {
        if (!Objects.equals(session.getLivemode(), settings.isLive())) {
            throw new GatewayException(
                    true,
                    "session=" + session.getId() + " has livemode " + session.getLivemode() + ", not the key's",
                    null);
        }
    }

    /** Waits while the first call with this key is still under way: then its answer is ours too. */
    private <T> T patiently(Call<T> call) throws StripeException {
        Duration wait = FIRST_WAIT;
        for (int i = 0; ; i++) {
            try {
                return call.answer();
            } catch (StripeException e) {
                if (i == WAITS || !Integer.valueOf(409).equals(e.getStatusCode())) {
                    throw e;
                }
            }
            pause.accept(wait);
            wait = wait.multipliedBy(2);
        }
    }

    static GatewayException failed(String what, Exception e) {
        StripeFailure refusal = StripeFailure.of(e);
        // The cause's own message may hold what must not be logged.
        return new GatewayException(
                refusal.kind() == StripeFailure.Kind.CONFIGURATION, what + ": " + refusal.detail(), null);
    }
}

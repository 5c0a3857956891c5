package io.autorecharge.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.SetupIntent;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.SetupIntentRetrieveParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionRetrieveParams;
import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.CheckoutRequest;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.SetupRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates customers, and creates, fetches and expires checkout sessions. None of these calls charges a saved payment method.
 */
final class CheckoutSessions {
    private static final Logger log = LoggerFactory.getLogger(CheckoutSessions.class);

    /** How often to wait for a concurrent call with the same key; about three seconds in total. */
    private static final int WAITS = 6;

    private static final Duration FIRST_WAIT = Duration.ofMillis(50);

    /** How many keys are tried for one customer when Stripe has stored a failure under the earlier ones. */
    private static final int CUSTOMER_KEYS = 3;

    private final StripeClient client;
    private final StripeSettings settings;
    private final Consumer<Duration> pause;

    CheckoutSessions(StripeClient client, StripeSettings settings, Consumer<Duration> pause) {
        this.client = client;
        this.settings = settings;
        this.pause = pause;
    }

    /** A call that does not charge and has an idempotency key, so that it may be repeated. */
    private interface Call<T> {
        T execute() throws StripeException;
    }

    String createCustomer(AccountId account, InstallationId installation, @Nullable String email) {
        return customer(account, installation, account.value(), email);
    }

    /** Uses another key than the deleted customer, which Stripe may still replay under its own key. */
    String replaceCustomer(AccountId account, InstallationId installation, String deleted, @Nullable String email) {
        return customer(account, installation, account.value() + "\n" + deleted, email);
    }

    private String customer(AccountId account, InstallationId installation, String keyed, @Nullable String email) {
        String id = customer(account, installation, keyed, 0).getId();
        if (id == null) {
            throw new GatewayException(false, "account=" + account + ": the customer was created without an id", null);
        }
        if (email != null && !email.isBlank()) {
            addEmail(id, email, account);
        }
        return id;
    }

    /** The email address is not sent with the key, because it may differ when the call is repeated. */
    private Customer customer(AccountId account, InstallationId installation, String keyed, int number) {
        CustomerCreateParams params = CustomerCreateParams.builder()
                .putMetadata(Metadata.ACCOUNT, account.value())
                .putMetadata(Metadata.INSTALLATION, installation.value())
                .build();
        RequestOptions key = IdempotencyKey.ofCustomer(installation, keyed, number);
        try {
            return withRetryOnConflict(
                    () -> PaymentIntents.complete(client.v1().customers().create(params, key)));
        } catch (StripeException | RuntimeException e) {
            boolean stored =
                    e instanceof StripeException known && Integer.valueOf(500).equals(known.getStatusCode());
            if (stored && number + 1 < CUSTOMER_KEYS) {
                return customer(account, installation, keyed, number + 1);
            }
            throw failed("account=" + account + ": no customer was created", e);
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
                    "account={} customer={}: the email address was not stored: {}",
                    account,
                    customer,
                    StripeFailure.of(e).detail());
        }
    }

    /** @throws io.autorecharge.credit.InvalidValueException when Stripe cannot represent the price exactly */
    CheckoutSession create(CheckoutRequest request) {
        return create(
                "account=" + request.account() + " checkout=" + request.checkout(),
                request.customerId(),
                SessionParams.of(request, settings),
                IdempotencyKey.of(request.installation(), request.checkout().value()));
    }

    CheckoutSession create(SetupRequest request) {
        return create(
                "account=" + request.account() + " checkout=" + request.checkout(),
                request.customerId(),
                SessionParams.of(request, settings),
                IdempotencyKey.of(request.installation(), request.checkout().value()));
    }

    private CheckoutSession create(String what, String customer, SessionCreateParams params, RequestOptions key) {
        Session session;
        try {
            session = withRetryOnConflict(() ->
                    PaymentIntents.complete(client.v1().checkout().sessions().create(params, key)));
        } catch (StripeException | RuntimeException e) {
            StripeFailure failure = StripeFailure.of(e);
            if (failure.isMissing("customer")) {
                throw withoutCustomer(what + ": no checkout session was created: " + failure.detail(), customer);
            }
            throw failed(what + ": no checkout session was created", e);
        }
        requireMode(session);
        try {
            return new CheckoutSession(
                    Objects.requireNonNull(session.getId(), "id"),
                    URI.create(Objects.requireNonNull(session.getUrl(), "url")),
                    Instant.ofEpochSecond(Objects.requireNonNull(session.getExpiresAt(), "expires_at")));
        } catch (RuntimeException e) {
            throw new GatewayException(false, what + ": the session has no id, URL or expiry", null);
        }
    }

    /** Only a deleted customer may be replaced: replacing loses the saved card, and with a wrong key every customer looks missing. */
    private GatewayException withoutCustomer(String what, String customer) {
        try {
            return new Customers(client).isDeleted(customer)
                    ? GatewayException.customerGone(what)
                    : new GatewayException(false, what, null);
        } catch (StripeException | RuntimeException e) {
            StripeFailure failure = StripeFailure.of(e);
            return failure.isMissingResource()
                    ? new GatewayException(
                            true,
                            what + "; customer=" + customer
                                    + " is unknown to this key: it belongs to another mode or account",
                            null)
                    : failed(what, e);
        }
    }

    /** Empty if no such session exists for the configured key and account, or it is of the other mode. */
    Optional<Session> find(String sessionId) {
        Session session;
        try {
            session = retrieved(sessionId);
        } catch (StripeException | RuntimeException e) {
            if (StripeFailure.of(e).isMissingResource()) {
                return Optional.empty();
            }
            throw failed("session=" + sessionId + " could not be fetched", e);
        }
        return Optional.of(session).filter(it -> Objects.equals(it.getLivemode(), settings.isLive()));
    }

    Session fetch(String sessionId) {
        Session session;
        try {
            session = retrieved(sessionId);
        } catch (StripeException | RuntimeException e) {
            throw failed("session=" + sessionId + " could not be fetched", e);
        }
        requireMode(session);
        return session;
    }

    private Session retrieved(String sessionId) throws StripeException {
        SessionRetrieveParams params = SessionRetrieveParams.builder()
                .addExpand("payment_intent.payment_method")
                .build();
        return PaymentIntents.complete(client.v1().checkout().sessions().retrieve(sessionId, params));
    }

    /** What a set-up session has saved, with its payment method and the SEPA debit that it may have generated. */
    SetupIntent setupIntent(Session session) {
        String id = session.getSetupIntent();
        if (id == null) {
            throw new GatewayException(false, "session=" + session.getId() + " has no setup intent", null);
        }
        SetupIntentRetrieveParams params = SetupIntentRetrieveParams.builder()
                .addExpand("payment_method")
                .addExpand("latest_attempt.payment_method_details.ideal.generated_sepa_debit")
                .addExpand("latest_attempt.payment_method_details.bancontact.generated_sepa_debit")
                .build();
        try {
            return PaymentIntents.complete(client.v1().setupIntents().retrieve(id, params));
        } catch (StripeException | RuntimeException e) {
            throw failed("session=" + session.getId() + ": its setup intent could not be fetched", e);
        }
    }

    /** Expires the session and returns its state afterwards. Stripe expires only open sessions. */
    Session expired(String sessionId) {
        try {
            PaymentIntents.complete(client.v1().checkout().sessions().expire(sessionId));
        } catch (StripeException | RuntimeException e) {
            log.info(
                    "session={} was not expired: {}",
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

    /** Repeats the call while another call with the same key is in progress, until Stripe replays its response. */
    private <T> T withRetryOnConflict(Call<T> call) throws StripeException {
        Duration wait = FIRST_WAIT;
        for (int i = 0; ; i++) {
            try {
                return call.execute();
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
        StripeFailure failure = StripeFailure.of(e);
        // Without the cause, whose message may contain secrets.
        return new GatewayException(
                failure.kind() == StripeFailure.Kind.CONFIGURATION, what + ": " + failure.detail(), null);
    }
}

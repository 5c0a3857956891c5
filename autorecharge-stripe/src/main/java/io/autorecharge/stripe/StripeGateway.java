package io.autorecharge.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.checkout.Session;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.CheckoutGateway;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.CheckoutRequest;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.CustomerOwner;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.KeyMode;
import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.MethodDetacher;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.PaymentHistory;
import io.autorecharge.gateway.PaymentHistoryGateway;
import io.autorecharge.gateway.ProviderClock;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.gateway.ReversalNotice;
import io.autorecharge.gateway.SetupRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Charges saved payment methods off-session, and sells credits with Stripe Checkout. It has its own {@link StripeClient}. Thread-safe.
 *
 * <p><b>Charged once.</b> A charge is one off-session PaymentIntent. Its idempotency key is the id of the installation and that of the
 * attempt. The transport never repeats it ({@code java.net.http}, without stripe-java's retries). An attempt counts as not charged only if
 * Stripe declines the card or rejects the first request. Timeouts, broken connections, 409, 5xx, unreadable responses and failures inside
 * stripe-java are {@link Outcome.Unknown}. A failed intent is cancelled before the failure is reported.
 * Cancelling erases its reason, so that is first stored in its metadata, unless the failed charge keeps it.
 *
 * <p><b>Time.</b> Each request, including the body of its response, ends within the read timeout. A successful charge takes one request. A
 * failed charge takes two to four: the cancellation, before it storing the reason if no charge keeps it, and after it fetching the intent if it
 * fails; or fetching the customer and the payment method.
 * The customer's list is read as well only if Stripe reports a duplicate, or a card error without an intent.
 *
 * <p><b>Side effects.</b> The gateway neither writes nor depends on the static fields of {@link com.stripe.Stripe}, with one exception:
 * stripe-java adds the latencies of earlier requests as {@code X-Stripe-Client-Telemetry} unless the host sets
 * {@code Stripe.enableTelemetry = false}. stripe-java's ordinary transport also writes a telemetry id into the user's configuration directory
 * ({@code ~/.config/stripe/telemetry_id}, or below {@code XDG_CONFIG_HOME} or {@code APPDATA}). The transport of this gateway omits the header
 * that needs this file, so the library writes no file.
 */
public final class StripeGateway
        implements Gateway, CheckoutGateway, PaymentHistoryGateway, ProviderClock, MethodDetacher {
    private static final Logger log = LoggerFactory.getLogger(StripeGateway.class);

    private final StripeClock clock;
    private final StripeTransport transport;
    private final PaymentIntents intents;
    private final PaymentIntentSearch list;
    private final ReversalList reversals;
    private final ReversalEvents reversalEvents;
    private final StripePaymentHistory history;
    private final Charges charges;
    private final CheckoutSessions checkouts;
    private final Customers customers;
    private final MethodChanges changes;
    private final boolean live;

    /** Creates the gateway; the first request opens the first connection. */
    public StripeGateway(StripeSettings settings) {
        this(settings, StripeGateway::sleep);
    }

    StripeGateway(StripeSettings settings, Consumer<Duration> pause) {
        this.clock = new StripeClock(System::nanoTime);
        this.transport = new StripeTransport(settings, clock);
        StripeClient client = client(settings, transport);
        this.intents = new PaymentIntents(client, settings.isLive(), settings.failureCodes());
        this.list = new PaymentIntentSearch(client, intents);
        this.reversals = new ReversalList(client);
        this.history = new StripePaymentHistory(client, settings.isLive());
        this.reversalEvents = new ReversalEvents(client, settings.isLive());
        this.charges =
                new Charges(client, intents, list, settings.failureCodes(), settings.statementDescriptorSuffix());
        this.checkouts = new CheckoutSessions(client, settings, pause);
        this.customers = new Customers(client);
        this.changes = new MethodChanges(client, settings.isLive());
        this.live = settings.isLive();
    }

    private static StripeClient client(StripeSettings settings, StripeTransport transport) {
        return StripeClient.builder()
                .setApiKey(settings.secretKey())
                .setApiBase(settings.apiBase().toString())
                .setConnectTimeout((int) settings.connectTimeout().toMillis())
                .setReadTimeout((int) settings.readTimeout().toMillis())
                .setMaxNetworkRetries(0)
                .setStripeAccount(settings.stripeAccount())
                .setHttpClient(transport)
                .build();
    }

    @Override
    public Outcome charge(ChargeRequest request) {
        return charges.charge(request);
    }

    @Override
    public LookUp lookUp(ChargeRequest request) {
        return list.lookUp(request);
    }

    /**
     * {@inheritDoc}
     *
     * <p>This is Stripe's documented minimum, or the smallest possible amount where Stripe documents none. Stripe compares after conversion to
     * the settlement currency, so it may still reject this amount.
     *
     * @throws io.autorecharge.credit.InvalidValueException when Stripe does not support the currency
     */
    @Override
    public Money minimumCharge(Currency currency) {
        return StripeCurrency.minimum(currency);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Stripe's documented number of digits: eight, and more for a few currencies with small units. Single cards and banks may take less.
     *
     * @throws io.autorecharge.credit.InvalidValueException when Stripe does not support the currency
     */
    @Override
    public Money maximumCharge(Currency currency) {
        return StripeCurrency.maximum(currency);
    }

    @Override
    public CustomerOwner stampCustomer(String customerId, InstallationId installation) {
        return customers.stamp(customerId, installation);
    }

    @Override
    public Optional<Instant> providerTime() {
        return clock.now();
    }

    @Override
    public Optional<Instant> askProviderTime() {
        try {
            transport.askTime();
            return clock.now();
        } catch (ApiConnectionException e) {
            log.warn("Stripe could not be asked for its time: {}", e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public KeyMode mode() {
        return live ? KeyMode.LIVE : KeyMode.TEST;
    }

    @Override
    public String createCustomer(AccountId account, InstallationId installation, @Nullable String email) {
        return checkouts.createCustomer(account, installation, email);
    }

    @Override
    public String replaceCustomer(
            AccountId account, InstallationId installation, String deleted, @Nullable String email) {
        return checkouts.replaceCustomer(account, installation, deleted, email);
    }

    @Override
    public CheckoutSession createSession(CheckoutRequest request) {
        return checkouts.create(request);
    }

    @Override
    public CheckoutSession createSetup(SetupRequest request) {
        return checkouts.create(request);
    }

    @Override
    public CheckoutOutcome lookUp(String sessionId) {
        return outcome(checkouts.fetch(sessionId));
    }

    @Override
    public CheckoutOutcome closeSession(String sessionId) {
        return outcome(checkouts.expired(sessionId));
    }

    /** What a session says about its checkout; fetches what a completed one has saved. */
    CheckoutOutcome outcome(Session session) {
        return SetupOutcome.isSetup(session)
                ? SetupOutcome.of(session, () -> checkouts.setupIntent(session))
                : SessionOutcome.of(session);
    }

    @Override
    public PaymentHistory paymentsSince(Instant since) {
        try {
            return history.since(since);
        } catch (StripeException | RuntimeException e) {
            throw CheckoutSessions.failed("payments and checkout sessions could not be listed", e);
        }
    }

    @Override
    public List<ReversalNotice> reversalsSince(Instant since) {
        try {
            return reversalEvents.since(since);
        } catch (StripeException | RuntimeException e) {
            throw CheckoutSessions.failed("the events of refunds and disputes could not be listed", e);
        }
    }

    /** {@inheritDoc} Only the payment intent has the library's ids; refunds and disputes do not. */
    @Override
    public Optional<ProviderReport.Reversal> reversalsOf(String providerReference) {
        PaymentIntent intent = intent(providerReference).orElse(null);
        if (intent == null) {
            return Optional.empty();
        }
        Map<String, String> metadata = intent.getMetadata();
        Optional<AccountId> account = Metadata.account(metadata);
        boolean ours = Metadata.attempt(metadata).isPresent()
                || Metadata.checkout(metadata).isPresent();
        if (account.isEmpty() || !ours) {
            return Optional.empty();
        }
        try {
            Optional<Money> captured = intents.captured(intent);
            return captured.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ProviderReport.Reversal(
                            account.get(),
                            reversals.of(intent, captured.get()),
                            new ProviderReport.Origin(
                                    Metadata.attempt(metadata).orElse(null),
                                    Metadata.checkout(metadata).orElse(null)),
                            Metadata.installation(metadata),
                            null));
        } catch (StripeException | RuntimeException e) {
            throw CheckoutSessions.failed("refunds and disputes of intent=" + intent.getId() + " could not be read", e);
        }
    }

    @Override
    public void detach(String customerId, String methodId) {
        try {
            changes.detach(customerId, methodId);
        } catch (StripeException | RuntimeException e) {
            throw CheckoutSessions.failed("method=" + methodId + " could not be detached", e);
        }
    }

    /** What is known of a customer's payment method now; empty when the customer does not belong to an account of the library. */
    Optional<ProviderReport.MethodChange> methodChange(String customer, String method) {
        try {
            return changes.of(customer, method);
        } catch (StripeException | RuntimeException e) {
            throw CheckoutSessions.failed("method=" + method + " could not be fetched", e);
        }
    }

    /**
     * That a customer is deleted; empty when it is not, or did not belong to an account of the library.
     *
     * @param metadata what it had
     */
    Optional<ProviderReport.MethodChange> customerGone(String customer, Map<String, String> metadata) {
        try {
            return changes.ofDeleted(customer, metadata);
        } catch (StripeException | RuntimeException e) {
            throw CheckoutSessions.failed("customer=" + customer + " could not be fetched", e);
        }
    }

    /** Empty if no such session exists for the configured key and account, or it is of the other mode. */
    Optional<Session> session(String id) {
        return checkouts.find(id);
    }

    /** Empty if no such intent exists for the configured key and account. */
    Optional<PaymentIntent> intent(String id) {
        try {
            return Optional.of(intents.fetch(id));
        } catch (StripeException | RuntimeException e) {
            if (StripeFailure.of(e).isMissingResource()) {
                return Optional.empty();
            }
            throw CheckoutSessions.failed("intent=" + id + " could not be fetched", e);
        }
    }

    /**
     * What an intent that a webhook reported says about the attempt in its metadata. Changes nothing at Stripe: whose intent it is is not known
     * yet.
     */
    Outcome reported(PaymentIntent intent, DeclineReason reported, String attempt) {
        DeclineReason own = DeclineReason.of(intent);
        return intents.read(
                intent,
                own.isKnown() ? own : reported,
                new PaymentIntents.Expected(attempt, null, Metadata.installation(intent.getMetadata())));
    }

    private static void sleep(Duration wait) {
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatewayException(false, "interrupted while another call with the same key was in progress", e);
        }
    }
}

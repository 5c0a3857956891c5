package io.autorecharge.stripe;

import com.stripe.StripeClient;
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
import io.autorecharge.gateway.Gateway;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.PaymentHistory;
import io.autorecharge.gateway.PaymentHistoryGateway;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.gateway.ReversalNotice;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Charges saved payment methods without the customer, and sells on Stripe's page, through one {@link StripeClient} of its own. Safe for use
 * by many threads.
 *
 * <p><b>Once.</b> A charge is one off-session PaymentIntent under the attempt's id as idempotency key, sent by a transport that never
 * repeats it ({@code java.net.http} without stripe-java's retries). An attempt is surely not charged only when Stripe says so for the card,
 * or refuses the first send as such; time-outs, broken connections, 409, 5xx, unreadable answers and stripe-java's own failures are
 * {@link Outcome.Unknown}. An intent that failed is cancelled before its failure is told.
 *
 * <p><b>Time.</b> Each request ends within the settings' read time-out, its body included. A charge that succeeds is one request; one that is
 * refused is two to four: the intent's cancellation and, when that fails, a look at it, or a look whether customer and method still exist.
 * Only where Stripe reports a duplicate, or a card error without its intent, the customer's list is read as well.
 *
 * <p><b>The host's process.</b> No static field of {@link com.stripe.Stripe} is written, and none is relied upon. stripe-java's ordinary
 * transport writes an id for telemetry into the user's configuration directory ({@code ~/.config/stripe/telemetry_id}, under
 * {@code XDG_CONFIG_HOME} or {@code APPDATA} where set) when it first sends something, unless the host has set
 * {@code Stripe.enableTelemetry = false}. This gateway's transport leaves out the header that needs the file, so by this library nothing is
 * written. The latencies of earlier requests, which stripe-java adds to later ones as {@code X-Stripe-Client-Telemetry}, are governed by the
 * same field; it is the host's to set.
 */
public final class StripeGateway implements Gateway, CheckoutGateway, PaymentHistoryGateway {
    private final PaymentIntents intents;
    private final PaymentIntentSearch list;
    private final ReversalList reversals;
    private final ReversalEvents reversalEvents;
    private final StripePaymentHistory books;
    private final Charges charges;
    private final CheckoutSessions checkouts;

    /** Opens no connection yet. */
    public StripeGateway(StripeSettings settings) {
        this(settings, StripeGateway::sleep);
    }

    StripeGateway(StripeSettings settings, Consumer<Duration> pause) {
        StripeClient client = client(settings);
        this.intents = new PaymentIntents(client, settings.isLive());
        this.list = new PaymentIntentSearch(client, intents);
        this.reversals = new ReversalList(client);
        this.books = new StripePaymentHistory(client, settings.isLive());
        this.reversalEvents = new ReversalEvents(client, settings.isLive());
        this.charges = new Charges(client, intents, list, settings.statementDescriptorSuffix());
        this.checkouts = new CheckoutSessions(client, settings, pause);
    }

    private static StripeClient client(StripeSettings settings) {
        return StripeClient.builder()
                .setApiKey(settings.secretKey())
                .setApiBase(settings.apiBase().toString())
                .setConnectTimeout((int) settings.connectTimeout().toMillis())
                .setReadTimeout((int) settings.readTimeout().toMillis())
                .setMaxNetworkRetries(0)
                .setStripeAccount(settings.stripeAccount())
                .setHttpClient(new StripeTransport(settings))
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
     * <p>Stripe's documented minimum, or the smallest amount where it documents none. Stripe compares after conversion to the currency of the
     * settlement, so this is no promise.
     *
     * @throws io.autorecharge.credit.InvalidValueException when Stripe does not support the currency
     */
    @Override
    public Money minimumCharge(Currency currency) {
        return StripeCurrency.minimum(currency);
    }

    @Override
    public String createCustomer(AccountId account, @Nullable String email) {
        return checkouts.createCustomer(account, email);
    }

    @Override
    public String replaceCustomer(AccountId account, String gone, @Nullable String email) {
        return checkouts.replaceCustomer(account, gone, email);
    }

    @Override
    public CheckoutSession createSession(CheckoutRequest request) {
        return checkouts.createPage(request);
    }

    @Override
    public CheckoutOutcome lookUp(String sessionId) {
        return SessionOutcome.of(checkouts.fetch(sessionId));
    }

    @Override
    public CheckoutOutcome closeSession(String sessionId) {
        return SessionOutcome.of(checkouts.expired(sessionId));
    }

    @Override
    public PaymentHistory paymentsSince(Instant since) {
        try {
            return books.since(since);
        } catch (StripeException | RuntimeException e) {
            throw CheckoutSessions.failed("payments and pages could not be listed", e);
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

    /** {@inheritDoc} Neither refunds nor disputes carry our ids: the payment intent does. */
    @Override
    public Optional<ProviderReport.Reversal> reversalsOf(String providerReference) {
        PaymentIntent intent = intent(providerReference);
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
                    : Optional.of(
                            new ProviderReport.Reversal(account.get(), reversals.of(intent, captured.get()), null));
        } catch (StripeException | RuntimeException e) {
            throw CheckoutSessions.failed("refunds and disputes of intent=" + intent.getId() + " could not be read", e);
        }
    }

    Session session(String id) {
        return checkouts.fetch(id);
    }

    PaymentIntent intent(String id) {
        try {
            return intents.fetch(id);
        } catch (StripeException | RuntimeException e) {
            throw CheckoutSessions.failed("intent=" + id + " could not be fetched", e);
        }
    }

    /** For an intent that was reported: the attempt is what its metadata names. */
    Outcome outcomeOf(PaymentIntent intent, DeclineReason reported, String attempt) {
        DeclineReason own = DeclineReason.of(intent);
        return intents.settle(intent, own.isKnown() ? own : reported, new PaymentIntents.Expected(attempt, null));
    }

    private static void sleep(Duration wait) {
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatewayException(false, "interrupted while another call with the same key was under way", e);
        }
    }
}

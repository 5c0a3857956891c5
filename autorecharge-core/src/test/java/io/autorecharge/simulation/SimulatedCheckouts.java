package io.autorecharge.simulation;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.CheckoutGateway;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.CheckoutRequest;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.SetupRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The provider's record of checkout sessions: offered and paid. A session expires after a day, as at Stripe. */
final class SimulatedCheckouts implements CheckoutGateway {
    private static final Duration LIFE = Duration.ofHours(24);

    private final Clock clock;
    private final Map<CheckoutId, Session> byCheckout = new LinkedHashMap<>();
    private final Map<String, Session> bySession = new HashMap<>();
    private final List<Session> paid = new ArrayList<>();

    SimulatedCheckouts(Clock clock) {
        this.clock = clock;
    }

    /** A checkout session and, once it is paid, its payment. */
    static final class Session {
        final CheckoutRequest request;
        final String session;
        final Instant expiresAt;
        private CheckoutOutcome.@Nullable Paid payment;
        private @Nullable Instant paidAt;
        private CheckoutOutcome.@Nullable Saved saved;
        private boolean closed;

        Session(CheckoutRequest request, String session, Instant expiresAt) {
            this.request = request;
            this.session = session;
            this.expiresAt = expiresAt;
        }

        AccountId account() {
            return request.account();
        }

        Instant paidAt() {
            return Optional.ofNullable(paidAt).orElseThrow();
        }

        CheckoutOutcome saving() {
            return Optional.ofNullable(saved).orElseThrow();
        }

        CheckoutOutcome.Paid payment() {
            return Optional.ofNullable(payment).orElseThrow();
        }
    }

    /** The customer pays, and agrees to save the card if asked; false if the session accepts no payment any more. */
    boolean pay(String session, PaymentMethod card) {
        Session found = find(session);
        if (found.payment != null || isOver(found)) {
            return false;
        }
        paid.add(found);
        found.paidAt = clock.instant();
        found.payment = new CheckoutOutcome.Paid(
                "pi_page_" + paid.size(), found.request.price(), found.request.saveMethod() ? card : null);
        return true;
    }

    /** The checkouts in which a card was saved without a payment. */
    List<Session> saved() {
        return byCheckout.values().stream().filter(it -> it.saved != null).toList();
    }

    /** All sessions. */
    List<String> offered() {
        return byCheckout.values().stream().map(it -> it.session).toList();
    }

    List<Session> paid() {
        return paid;
    }

    private boolean isOver(Session found) {
        return found.closed || !clock.instant().isBefore(found.expiresAt);
    }

    private Session find(String session) {
        Session found = bySession.get(session);
        if (found == null) {
            throw new GatewayException(false, "no such session: " + session, null);
        }
        return found;
    }

    @Override
    public String createCustomer(AccountId account, InstallationId installation, @Nullable String email) {
        return "cus_" + account;
    }

    @Override
    public String replaceCustomer(AccountId account, InstallationId installation, String gone, @Nullable String email) {
        return gone + "_anew";
    }

    @Override
    public CheckoutSession createSession(CheckoutRequest request) {
        Session found = byCheckout.computeIfAbsent(
                request.checkout(),
                id -> new Session(request, "cs_" + id, clock.instant().plus(LIFE)));
        bySession.put(found.session, found);
        return new CheckoutSession(found.session, URI.create("https://pay.example/" + found.session), found.expiresAt);
    }

    @Override
    public CheckoutSession createSetup(SetupRequest request) {
        return createSession(new CheckoutRequest(
                request.account(),
                request.checkout(),
                request.customerId(),
                request.terms(),
                new Money(0, request.currency()),
                true,
                request.offeredAt(),
                request.installation()));
    }

    /** The customer saves a card without paying; false if the session is over. */
    boolean save(String session, PaymentMethod card) {
        Session found = find(session);
        if (found.saved != null || isOver(found)) {
            return false;
        }
        found.saved = new CheckoutOutcome.Saved("seti_" + session, card);
        return true;
    }

    @Override
    public CheckoutOutcome lookUp(String sessionId) {
        Session found = find(sessionId);
        if (found.saved != null) {
            return found.saved;
        }
        if (found.payment != null) {
            return found.payment;
        }
        return isOver(found) ? new CheckoutOutcome.Closed("expired") : new CheckoutOutcome.Pending();
    }

    @Override
    public CheckoutOutcome closeSession(String sessionId) {
        find(sessionId).closed = true;
        return lookUp(sessionId);
    }
}

package io.autorecharge.simulation;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.CheckoutGateway;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.CheckoutRequest;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.GatewayException;
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
final class Pages implements CheckoutGateway {
    private static final Duration LIFE = Duration.ofHours(24);

    private final Clock clock;
    private final Map<CheckoutId, Page> byCheckout = new LinkedHashMap<>();
    private final Map<String, Page> bySession = new HashMap<>();
    private final List<Page> paid = new ArrayList<>();

    Pages(Clock clock) {
        this.clock = clock;
    }

    /** A checkout session and, once it is paid, its payment. */
    static final class Page {
        final CheckoutRequest request;
        final String session;
        final Instant expiresAt;
        private CheckoutOutcome.@Nullable Paid payment;
        private @Nullable Instant paidAt;
        private boolean closed;

        Page(CheckoutRequest request, String session, Instant expiresAt) {
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

        CheckoutOutcome.Paid payment() {
            return Optional.ofNullable(payment).orElseThrow();
        }
    }

    /** The customer pays, and agrees to save the card if asked; false if the session accepts no payment any more. */
    boolean pay(String session, PaymentMethod card) {
        Page page = page(session);
        if (page.payment != null || isOver(page)) {
            return false;
        }
        paid.add(page);
        page.paidAt = clock.instant();
        page.payment = new CheckoutOutcome.Paid(
                "pi_page_" + paid.size(), page.request.price(), page.request.saveMethod() ? card : null);
        return true;
    }

    /** All sessions. */
    List<String> offered() {
        return byCheckout.values().stream().map(page -> page.session).toList();
    }

    List<Page> paid() {
        return paid;
    }

    private boolean isOver(Page page) {
        return page.closed || !clock.instant().isBefore(page.expiresAt);
    }

    private Page page(String session) {
        Page page = bySession.get(session);
        if (page == null) {
            throw new GatewayException(false, "no such session: " + session, null);
        }
        return page;
    }

    @Override
    public String createCustomer(AccountId account, @Nullable String email) {
        return "cus_" + account;
    }

    @Override
    public String replaceCustomer(AccountId account, String gone, @Nullable String email) {
        return gone + "_anew";
    }

    @Override
    public CheckoutSession createSession(CheckoutRequest request) {
        Page page = byCheckout.computeIfAbsent(
                request.checkout(),
                id -> new Page(request, "cs_" + id, clock.instant().plus(LIFE)));
        bySession.put(page.session, page);
        return new CheckoutSession(page.session, URI.create("https://pay.example/" + page.session), page.expiresAt);
    }

    @Override
    public CheckoutOutcome lookUp(String sessionId) {
        Page page = page(sessionId);
        if (page.payment != null) {
            return page.payment;
        }
        return isOver(page) ? new CheckoutOutcome.Closed("expired") : new CheckoutOutcome.Pending();
    }

    @Override
    public CheckoutOutcome closeSession(String sessionId) {
        page(sessionId).closed = true;
        return lookUp(sessionId);
    }
}

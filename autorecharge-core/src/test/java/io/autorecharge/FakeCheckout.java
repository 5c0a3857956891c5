package io.autorecharge;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.CheckoutGateway;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.CheckoutRequest;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.gateway.SetupRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checkouts whose outcomes a test sets. */
final class FakeCheckout implements CheckoutGateway {
    final List<CheckoutRequest> requests = new ArrayList<>();
    final List<SetupRequest> setups = new ArrayList<>();
    final Map<String, CheckoutOutcome> outcomes = new HashMap<>();
    int customers;
    final List<String> lookUps = new ArrayList<>();
    boolean broken;

    /** Sessions that were completed and whose payment takes days: they cannot be closed. */
    final List<String> processing = new ArrayList<>();

    /** What other nodes do while a session is being created. */
    Runnable meanwhile = () -> {};

    /** What other workers do while the provider is asked about a session. */
    Runnable whileAsked = () -> {};

    @Nullable
    String gone;

    /** A session that the provider cannot report on. */
    @Nullable
    String unknown;

    @Override
    public synchronized String createCustomer(AccountId account, InstallationId installation, @Nullable String email) {
        customers++;
        return "cus_" + account;
    }

    @Override
    public synchronized String replaceCustomer(
            AccountId account, InstallationId installation, String goneCustomer, @Nullable String email) {
        return goneCustomer + "_anew";
    }

    @Override
    public synchronized CheckoutSession createSession(CheckoutRequest request) {
        if (request.customerId().equals(gone)) {
            throw GatewayException.customerGone("deleted by the test");
        }
        if (broken) {
            throw new GatewayException(false, "broken by the test", null);
        }
        for (int i = 0; i < requests.size(); i++) {
            if (requests.get(i).checkout().equals(request.checkout())) {
                return sessionOf("cs_" + (i + 1));
            }
        }
        meanwhile.run();
        requests.add(request);
        String session = "cs_" + requests.size();
        outcomes.put(session, new CheckoutOutcome.Pending());
        return sessionOf(session);
    }

    @Override
    public synchronized CheckoutSession createSetup(SetupRequest request) {
        CheckoutSession session = createSession(new CheckoutRequest(
                request.account(),
                request.checkout(),
                request.customerId(),
                request.terms(),
                new Money(0, request.currency()),
                true,
                request.offeredAt(),
                request.installation()));
        setups.add(request);
        return session;
    }

    /**
     * What the provider would report about a checkout; for one that was never created, with ids that belong to no account.
     */
    synchronized ProviderReport report(AccountId account, CheckoutId id, CheckoutOutcome outcome) {
        for (int i = 0; i < requests.size(); i++) {
            if (requests.get(i).checkout().equals(id)) {
                return new ProviderReport.Checkout(
                        account,
                        id,
                        "cs_" + (i + 1),
                        requests.get(i).customerId(),
                        outcome,
                        requests.get(i).installation(),
                        null);
            }
        }
        return new ProviderReport.Checkout(account, id, "cs_unknown", "cus_unknown", outcome, null, null);
    }

    private static CheckoutSession sessionOf(String session) {
        return new CheckoutSession(session, URI.create("https://pay.example/" + session), java.time.Instant.MAX);
    }

    @Override
    public synchronized CheckoutOutcome lookUp(String sessionId) {
        lookUps.add(sessionId);
        whileAsked.run();
        if (sessionId.equals(unknown)) {
            throw new GatewayException(false, "no such session", null);
        }
        return outcomes.get(sessionId);
    }

    @Override
    public synchronized CheckoutOutcome closeSession(String sessionId) {
        if (processing.contains(sessionId)) {
            return outcomes.get(sessionId);
        }
        return outcomes.merge(
                sessionId,
                new CheckoutOutcome.Closed("closed by us"),
                (now, closed) -> now instanceof CheckoutOutcome.Pending ? closed : now);
    }

    CheckoutRequest last() {
        return requests.get(requests.size() - 1);
    }
}

package io.autorecharge.spring;

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
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.SetupRequest;
import io.autorecharge.testkit.FakeGateway;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A provider with checkouts that are never paid. */
final class FakeShop implements Gateway, CheckoutGateway {
    final FakeGateway charges = new FakeGateway(Clock.systemUTC());
    final List<CheckoutRequest> pages = new ArrayList<>();
    final List<SetupRequest> setups = new ArrayList<>();
    final List<String> emails = new ArrayList<>();
    volatile boolean down;

    @Override
    public Outcome charge(ChargeRequest request) {
        return charges.charge(request);
    }

    @Override
    public LookUp lookUp(ChargeRequest request) {
        return charges.lookUp(request);
    }

    @Override
    public KeyMode mode() {
        return charges.mode();
    }

    @Override
    public CustomerOwner stampCustomer(String customerId, InstallationId installation) {
        return charges.stampCustomer(customerId, installation);
    }

    @Override
    public Money minimumCharge(Currency currency) {
        return charges.minimumCharge(currency);
    }

    @Override
    public Money maximumCharge(Currency currency) {
        return charges.maximumCharge(currency);
    }

    @Override
    public synchronized String createCustomer(AccountId account, InstallationId installation, @Nullable String email) {
        if (down) {
            throw new GatewayException(false, "the key of the shop was refused by 10.0.0.7", null);
        }
        emails.add(String.valueOf(email));
        return "cus_" + account.value();
    }

    @Override
    public synchronized String replaceCustomer(
            AccountId account, InstallationId installation, String gone, @Nullable String email) {
        return gone + "_anew";
    }

    @Override
    public synchronized CheckoutSession createSession(CheckoutRequest request) {
        pages.add(request);
        String session = "cs_" + pages.size();
        return new CheckoutSession(
                session,
                URI.create("https://pay.example/" + session),
                request.offeredAt().plus(Duration.ofHours(1)));
    }

    @Override
    public synchronized CheckoutSession createSetup(SetupRequest request) {
        setups.add(request);
        String session = "cs_setup_" + setups.size();
        return new CheckoutSession(
                session,
                URI.create("https://pay.example/" + session),
                request.offeredAt().plus(Duration.ofHours(1)));
    }

    @Override
    public CheckoutOutcome lookUp(String sessionId) {
        return new CheckoutOutcome.Pending();
    }

    @Override
    public CheckoutOutcome closeSession(String sessionId) {
        return new CheckoutOutcome.Closed("closed by us");
    }
}

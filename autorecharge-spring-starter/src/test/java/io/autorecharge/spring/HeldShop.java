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
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.KeyMode;
import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.SetupRequest;
import java.util.Currency;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A provider that answers no call before a number of them have arrived. */
final class HeldShop implements Gateway, CheckoutGateway {
    private final FakeShop shop = new FakeShop();
    private volatile CountDownLatch arrivals = new CountDownLatch(0);

    /** From now on holds calls that create a customer or charge. */
    void holdUntil(int calls) {
        arrivals = new CountDownLatch(calls);
    }

    boolean isReleased() {
        return arrivals.getCount() == 0;
    }

    private void arrive() {
        CountDownLatch all = arrivals;
        all.countDown();
        try {
            if (!all.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException(all.getCount() + " calls did not arrive");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Outcome charge(ChargeRequest request) {
        arrive();
        return shop.charge(request);
    }

    @Override
    public LookUp lookUp(ChargeRequest request) {
        return shop.lookUp(request);
    }

    @Override
    public CustomerOwner stampCustomer(String customerId, InstallationId installation) {
        return shop.stampCustomer(customerId, installation);
    }

    @Override
    public KeyMode mode() {
        return shop.mode();
    }

    @Override
    public Money minimumCharge(Currency currency) {
        return shop.minimumCharge(currency);
    }

    @Override
    public Money maximumCharge(Currency currency) {
        return shop.maximumCharge(currency);
    }

    @Override
    public String createCustomer(AccountId account, InstallationId installation, @Nullable String email) {
        arrive();
        return shop.createCustomer(account, installation, email);
    }

    @Override
    public String replaceCustomer(AccountId account, InstallationId installation, String gone, @Nullable String email) {
        return shop.replaceCustomer(account, installation, gone, email);
    }

    @Override
    public CheckoutSession createSession(CheckoutRequest request) {
        return shop.createSession(request);
    }

    @Override
    public CheckoutSession createSetup(SetupRequest request) {
        return shop.createSetup(request);
    }

    @Override
    public CheckoutOutcome lookUp(String sessionId) {
        return shop.lookUp(sessionId);
    }

    @Override
    public CheckoutOutcome closeSession(String sessionId) {
        return shop.closeSession(sessionId);
    }
}

package io.autorecharge.testkit;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.PaymentHistoryGateway;
import java.time.Duration;
import java.time.Instant;

class FakePaymentHistoryTest extends PaymentHistoryGatewayContract {
    private final SettableClock clock = new SettableClock();
    private final FakeGateway fake = new FakeGateway(clock);

    @Override
    protected PaymentHistoryGateway paymentHistory() {
        return fake;
    }

    @Override
    protected Instant now() {
        return clock.instant();
    }

    @Override
    protected PaymentMethod method(AccountId whose) {
        return new PaymentMethod("cus_" + whose, "pm_1", null, null, null);
    }

    @Override
    protected Outcome charge(ChargeRequest request) {
        return fake.charge(request);
    }

    @Override
    protected String refund(String providerReference, Money amount) {
        return fake.refund(providerReference, amount);
    }

    @Override
    protected String warn(String providerReference) {
        fake.warn(providerReference, "issfr_1");
        return "issfr_1";
    }

    @Override
    protected void later(Duration time) {
        clock.advance(time);
    }

    @Override
    protected boolean breakDown() {
        fake.failPaymentHistory(true);
        return true;
    }
}

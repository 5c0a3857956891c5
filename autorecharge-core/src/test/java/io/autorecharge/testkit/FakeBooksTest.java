package io.autorecharge.testkit;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.ProviderBooks;
import io.autorecharge.gateway.RechargeId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

class FakeBooksTest extends ProviderBooksContract {
    private final SettableClock clock = new SettableClock();
    private final FakeGateway fake = new FakeGateway(clock);

    @Override
    protected ProviderBooks books() {
        return fake;
    }

    @Override
    protected Instant now() {
        return clock.instant();
    }

    @Override
    protected String charge(AccountId whose) {
        String id = UUID.randomUUID().toString();
        Outcome outcome = fake.charge(new ChargeRequest(
                whose,
                new RechargeId("recharge-" + id),
                new AttemptId("attempt-" + id),
                "cus_" + whose,
                "pm_1",
                PRICE,
                "Auto-recharge: 100 credits",
                now(),
                false));
        return ((Outcome.Paid) outcome).providerReference();
    }

    @Override
    protected String refund(String providerReference, Money amount) {
        return fake.refund(providerReference, amount);
    }

    @Override
    protected void later(Duration time) {
        clock.advance(time);
    }

    @Override
    protected boolean breakDown() {
        fake.closeBooks(true);
        return true;
    }
}

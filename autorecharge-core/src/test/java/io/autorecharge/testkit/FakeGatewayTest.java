package io.autorecharge.testkit;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.gateway.Outcome.NotSubmitted.Reason;
import java.time.Instant;
import java.util.List;

/** The fake must keep the contract of a real provider; otherwise tests that use it would prove nothing. */
class FakeGatewayTest extends GatewayContract {
    private static final PaymentMethod CARD = new PaymentMethod("cus_1", "pm_1", "visa", "4242", "fp_1");

    private final SettableClock clock = new SettableClock();
    private final FakeGateway fake = new FakeGateway(clock);

    @Override
    protected Gateway gateway() {
        return fake;
    }

    @Override
    protected PaymentMethod method(Ending ending) {
        switch (ending) {
            case APPROVED -> {}
            case DECLINED_TEMPORARILY -> fake.declineNext("insufficient_funds", Kind.SOFT);
            case DECLINED_PERMANENTLY -> fake.declineNext("stolen_card", Kind.HARD);
            case REQUIRES_AUTHENTICATION -> fake.requireActionNext();
            case PROCESSING -> fake.processNext();
            case METHOD_NOT_FOUND -> fake.declineNext("payment_method_gone", Kind.METHOD_UNUSABLE);
        }
        return CARD;
    }

    @Override
    protected List<Money> captured(AttemptId attempt, String customerId) {
        return fake.captures().stream()
                .filter(capture -> capture.attempt().equals(attempt))
                .map(FakeGateway.Capture::amount)
                .toList();
    }

    @Override
    protected Instant now() {
        return clock.instant();
    }

    @Override
    protected boolean loseTheNextAnswer() {
        fake.timeOutAfterCaptureNext();
        return true;
    }

    @Override
    protected boolean loseTheNextRequest() {
        fake.timeOutBeforeCaptureNext();
        return true;
    }

    @Override
    protected boolean refuseTheNext(Reason reason) {
        fake.refuseNext(reason);
        return true;
    }

    @Override
    protected boolean failLookUps() {
        fake.failLookUps(false);
        return true;
    }

    @Override
    protected boolean end(String providerReference, AttemptId attempt, boolean paid) {
        fake.finish(attempt, paid);
        return true;
    }
}

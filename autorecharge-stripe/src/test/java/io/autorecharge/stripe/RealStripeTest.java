package io.autorecharge.stripe;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.PaymentMethodAttachParams;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.testkit.GatewayContract;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** The gateway contract against the real Stripe in test mode. Creates customers and test charges in the account of the key. */
class RealStripeTest extends GatewayContract {
    private static final @Nullable String KEY = System.getenv("STRIPE_TEST_SECRET_KEY");

    private @Nullable StripeSettings settings;
    private @Nullable Gateway gateway;

    @BeforeEach
    void needAKey() {
        assumeThat(KEY)
                .as(
                        "SKIPPED: set STRIPE_TEST_SECRET_KEY to a key of Stripe's test mode to run the contract against Stripe itself")
                .isNotBlank();
        settings = StripeSettings.builder(KEY, "http://localhost:8080/paid", "http://localhost:8080/back")
                .build();
        assumeThat(settings.isLive())
                .as("SKIPPED: STRIPE_TEST_SECRET_KEY is a live key, and this test captures money")
                .isFalse();
        gateway = new StripeGateway(settings);
    }

    private StripeClient client() {
        return StripeClient.builder()
                .setApiKey(KEY)
                .setMaxNetworkRetries(2)
                .setHttpClient(new StripeTransport(settings, new StripeClock(System::nanoTime)))
                .build();
    }

    @Override
    protected Gateway gateway() {
        return gateway;
    }

    @Override
    protected @Nullable PaymentMethod method(Ending ending) {
        String card = Map.of(
                        Ending.APPROVED, "pm_card_visa",
                        Ending.METHOD_NOT_FOUND, "pm_card_visa",
                        Ending.DECLINED_TEMPORARILY, "pm_card_chargeCustomerFail",
                        Ending.REQUIRES_AUTHENTICATION, "pm_card_authenticationRequired")
                .get(ending);
        if (card == null) {
            return null;
        }
        try {
            String customer = client().v1()
                    .customers()
                    .create(CustomerCreateParams.builder().build())
                    .getId();
            String method = client().v1()
                    .paymentMethods()
                    .attach(
                            card,
                            PaymentMethodAttachParams.builder()
                                    .setCustomer(customer)
                                    .build())
                    .getId();
            if (ending == Ending.METHOD_NOT_FOUND) {
                client().v1().paymentMethods().detach(method);
            }
            return new PaymentMethod(customer, method, null, null, null);
        } catch (StripeException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected List<Money> captured(AttemptId attempt, String customerId) {
        try {
            return client()
                    .v1()
                    .paymentIntents()
                    .list(PaymentIntentListParams.builder()
                            .setCustomer(customerId)
                            .setLimit(100L)
                            .build())
                    .getData()
                    .stream()
                    .filter(it -> "succeeded".equals(it.getStatus()))
                    .filter(it -> attempt.value().equals(it.getMetadata().get(Metadata.ATTEMPT)))
                    .map(RealStripeTest::received)
                    .toList();
        } catch (StripeException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Money received(PaymentIntent intent) {
        return Money.ofMinor(intent.getAmountReceived(), intent.getCurrency());
    }

    @Override
    protected Instant now() {
        return Instant.now();
    }
}

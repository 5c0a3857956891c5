package com.example.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.stripe.StripeGateway;
import io.autorecharge.stripe.StripeSettings;
import io.autorecharge.stripe.simulator.SimulatorExtension;
import io.autorecharge.stripe.simulator.SimulatorOptions;
import io.autorecharge.stripe.simulator.StripeSimulator;
import io.autorecharge.stripe.simulator.TestCard;
import io.autorecharge.testkit.InMemoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SimulatorExtension.class)
class StripeCheckoutTest {
    private static final RechargePolicy POLICY =
            RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, Money.of("9.00", "USD"))));

    @Test
    void a_paid_checkout_grants_credits(StripeSimulator stripe) {
        AccountId alice = AccountId.of("alice");
        StripeSettings settings = StripeSettings.builder(
                        SimulatorOptions.SECRET_KEY, "https://shop.example/paid", "https://shop.example/cart")
                .apiBase(stripe.baseUrl())
                .build();
        try (AutoRecharge autoRecharge = AutoRecharge.builder(POLICY, new InMemoryStore(), new StripeGateway(settings))
                .build()) {
            CheckoutSession checkout = autoRecharge.openCheckout(alice, 100, null, null);

            assertThat(stripe.pay(checkout.url(), TestCard.DECLINED)).isFalse();
            assertThat(stripe.pay(checkout.url(), TestCard.VISA)).isTrue();
            autoRecharge.refreshCheckouts(alice);

            assertThat(autoRecharge.balance(alice)).isEqualTo(Credits.of(100));
        }
    }
}

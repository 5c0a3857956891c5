package io.autorecharge.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.StripeClient;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.CardException;
import com.stripe.model.Charge;
import com.stripe.model.Customer;
import com.stripe.model.PaymentIntent;
import com.stripe.model.PaymentMethod;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentMethodAttachParams;
import com.stripe.param.checkout.SessionCreateParams;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** stripe-java works with the simulator. */
class StripeJavaTest {

    @RegisterExtension
    final RawStripeExtension simulated = new RawStripeExtension();

    private StripeClient client;
    private Customer customer;

    @BeforeEach
    void a_client() throws Exception {
        client = client(SimulatorOptions.SECRET_KEY);
        customer = client.v1()
                .customers()
                .create(CustomerCreateParams.builder()
                        .setEmail("ada@example.org")
                        .build());
    }

    @Test
    void charges_off_session() throws Exception {
        PaymentIntent intent = charge("pm_card_visa");

        assertThat(intent.getStatus()).isEqualTo("succeeded");
        Charge latest = intent.getLatestChargeObject();
        assertThat(latest.getPaid()).isTrue();
        assertThat(intent.getLastResponse().idempotencyKey()).isEqualTo("attempt-1");
    }

    @Test
    void throws_a_card_exception_with_all_codes() {
        assertThatThrownBy(() -> charge("pm_card_chargeCustomerFail"))
                .isInstanceOfSatisfying(CardException.class, e -> {
                    assertThat(e.getCode()).isEqualTo("card_declined");
                    assertThat(e.getDeclineCode()).isEqualTo("generic_decline");
                    assertThat(e.getCharge()).startsWith("ch_");
                    assertThat(e.getStripeError().getAdviceCode()).isEqualTo("try_again_later");
                    assertThat(e.getStripeError().getNetworkDeclineCode()).isEqualTo("01");
                    assertThat(e.getStripeError().getPaymentIntent().getStatus())
                            .isEqualTo("requires_payment_method");
                });
    }

    @Test
    void throws_an_authentication_exception_for_a_wrong_key() {
        assertThatThrownBy(() -> client("sk_test_wrong").v1().customers().retrieve(customer.getId()))
                .isInstanceOf(AuthenticationException.class);
    }

    @Test
    void opens_a_checkout() throws Exception {
        Session session = client.v1()
                .checkout()
                .sessions()
                .create(SessionCreateParams.builder()
                        .setMode(SessionCreateParams.Mode.PAYMENT)
                        .setCustomer(customer.getId())
                        .setSuccessUrl("https://shop.example/thanks")
                        .setCancelUrl("https://shop.example/profile")
                        .setPaymentIntentData(SessionCreateParams.PaymentIntentData.builder()
                                .setSetupFutureUsage(SessionCreateParams.PaymentIntentData.SetupFutureUsage.OFF_SESSION)
                                .putMetadata("attempt", "checkout-1")
                                .build())
                        .addLineItem(SessionCreateParams.LineItem.builder()
                                .setQuantity(1L)
                                .setPriceData(SessionCreateParams.LineItem.PriceData.builder()
                                        .setCurrency("usd")
                                        .setUnitAmount(999L)
                                        .setProductData(SessionCreateParams.LineItem.PriceData.ProductData.builder()
                                                .setName("100 credits")
                                                .build())
                                        .build())
                                .build())
                        .build());

        assertThat(session.getUrl()).startsWith(simulated.simulator.baseUrl());
        assertThat(session.getPaymentStatus()).isEqualTo("unpaid");
        assertThat(session.getAmountTotal()).isEqualTo(999);
    }

    private PaymentIntent charge(String card) throws Exception {
        PaymentMethod method = client.v1()
                .paymentMethods()
                .attach(
                        card,
                        PaymentMethodAttachParams.builder()
                                .setCustomer(customer.getId())
                                .build());
        return client.v1()
                .paymentIntents()
                .create(
                        PaymentIntentCreateParams.builder()
                                .setAmount(1500L)
                                .setCurrency("usd")
                                .setCustomer(customer.getId())
                                .setPaymentMethod(method.getId())
                                .setConfirm(true)
                                .setOffSession(true)
                                .setAutomaticPaymentMethods(PaymentIntentCreateParams.AutomaticPaymentMethods.builder()
                                        .setEnabled(true)
                                        .setAllowRedirects(
                                                PaymentIntentCreateParams.AutomaticPaymentMethods.AllowRedirects.NEVER)
                                        .build())
                                .addExpand("latest_charge")
                                .build(),
                        RequestOptions.builder().setIdempotencyKey("attempt-1").build());
    }

    private StripeClient client(String key) {
        return StripeClient.builder()
                .setApiKey(key)
                .setApiBase(simulated.simulator.baseUrl())
                .build();
    }
}

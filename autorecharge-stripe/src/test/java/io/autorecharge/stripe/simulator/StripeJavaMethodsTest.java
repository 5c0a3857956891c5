package io.autorecharge.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.StripeClient;
import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.model.Event;
import com.stripe.model.PaymentIntent;
import com.stripe.model.PaymentMethod;
import com.stripe.model.Refund;
import com.stripe.model.SetupAttempt;
import com.stripe.model.SetupIntent;
import com.stripe.model.checkout.Session;
import com.stripe.model.radar.EarlyFraudWarning;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerPaymentMethodListParams;
import com.stripe.param.EventListParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentMethodListParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.SetupIntentRetrieveParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionRetrieveParams;
import com.stripe.param.radar.EarlyFraudWarningListParams;
import java.net.URI;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Saved payment methods through Stripe's own Java library: it reads every field of the answers. */
class StripeJavaMethodsTest {

    @RegisterExtension
    final RawStripeExtension simulated = new RawStripeExtension();

    private StripeSimulator simulator;
    private StripeClient client;
    private String customer;

    @BeforeEach
    void a_customer() throws Exception {
        simulator = simulated.simulator;
        client = StripeClient.builder()
                .setApiKey(SimulatorOptions.SECRET_KEY)
                .setApiBase(simulator.baseUrl())
                .build();
        customer = client.v1()
                .customers()
                .create(CustomerCreateParams.builder()
                        .setEmail("ada@example.org")
                        .build())
                .getId();
    }

    @Test
    void saves_a_card_in_setup_mode_and_lists_detaches_and_reads_it() throws Exception {
        Session session = open("usd");
        assertThat(session.getPaymentStatus()).isEqualTo("no_payment_required");
        assertThat(session.getAmountTotal()).isNull();
        simulator.pay(URI.create(session.getUrl()), TestCard.VISA);

        SetupIntent setup = client.v1()
                .checkout()
                .sessions()
                .retrieve(
                        session.getId(),
                        SessionRetrieveParams.builder()
                                .addExpand("setup_intent.payment_method")
                                .build())
                .getSetupIntentObject();
        assertThat(setup.getStatus()).isEqualTo("succeeded");
        PaymentMethod saved = setup.getPaymentMethodObject();
        assertThat(saved.getCard().getExpYear()).isEqualTo(2099);
        assertThat(list()).extracting(PaymentMethod::getId).containsExactly(saved.getId());
        assertThat(client.v1()
                        .customers()
                        .paymentMethods()
                        .list(
                                customer,
                                CustomerPaymentMethodListParams.builder().build())
                        .getData())
                .hasSize(1);

        assertThat(client.v1().paymentMethods().detach(saved.getId()).getCustomer())
                .isNull();
        assertThat(list()).isEmpty();
        assertThatThrownBy(() -> client.v1().paymentMethods().detach(saved.getId()))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        e -> assertThat(e.getCode()).isNull());
    }

    @Test
    void finds_the_debit_that_ideal_has_generated() throws Exception {
        Session session = open("eur");
        simulator.pay(URI.create(session.getUrl()), "ideal");

        SetupAttempt attempt = client.v1()
                .setupIntents()
                .retrieve(
                        session.getSetupIntent(),
                        SetupIntentRetrieveParams.builder()
                                .addExpand("latest_attempt.payment_method_details.ideal.generated_sepa_debit")
                                .build())
                .getLatestAttemptObject();

        SetupAttempt.PaymentMethodDetails.Ideal ideal =
                attempt.getPaymentMethodDetails().getIdeal();
        PaymentMethod debit = ideal.getGeneratedSepaDebitObject();
        assertThat(debit.getSepaDebit().getLast4()).isEqualTo("3000");
        assertThat(debit.getSepaDebit().getGeneratedFrom().getSetupAttempt()).isEqualTo(attempt.getId());
        assertThat(client.v1()
                        .mandates()
                        .retrieve(ideal.getGeneratedSepaDebitMandate())
                        .getStatus())
                .isEqualTo("active");
    }

    @Test
    void tells_what_the_network_has_updated() throws Exception {
        String method = attach("pm_card_visa");

        simulator.cards().expire(method);
        assertThatThrownBy(() -> charge(method))
                .isInstanceOfSatisfying(
                        CardException.class, e -> assertThat(e.getCode()).isEqualTo("expired_card"));
        simulator.cards().update(method, YearMonth.of(2031, 5));

        Event event = client.v1()
                .events()
                .list(EventListParams.builder()
                        .setType("payment_method.automatically_updated")
                        .build())
                .getData()
                .get(0);
        assertThat(event.getData().getPreviousAttributes()).containsOnlyKeys("card");
        assertThat(event.getDataObjectDeserializer().getObject())
                .hasValueSatisfying(it ->
                        assertThat(((PaymentMethod) it).getCard().getExpYear()).isEqualTo(2031));
        assertThat(charge(method).getStatus()).isEqualTo("succeeded");
    }

    @Test
    void refunds_a_payment_that_was_reported_as_fraud() throws Exception {
        PaymentIntent paid = charge(attach("pm_card_createIssuerFraudRecord"));
        EarlyFraudWarningListParams ofPayment = EarlyFraudWarningListParams.builder()
                .setPaymentIntent(paid.getId())
                .build();
        EarlyFraudWarning warning = client.v1()
                .radar()
                .earlyFraudWarnings()
                .list(ofPayment)
                .getData()
                .get(0);
        assertThat(warning.getActionable()).isTrue();

        Refund refund = client.v1()
                .refunds()
                .create(RefundCreateParams.builder()
                        .setPaymentIntent(paid.getId())
                        .setReason(RefundCreateParams.Reason.FRAUDULENT)
                        .build());

        assertThat(refund.getStatus()).isEqualTo("succeeded");
        assertThat(client.v1()
                        .radar()
                        .earlyFraudWarnings()
                        .retrieve(warning.getId())
                        .getActionable())
                .isFalse();
        assertThatThrownBy(() -> client.v1()
                        .refunds()
                        .create(RefundCreateParams.builder()
                                .setPaymentIntent(paid.getId())
                                .build()))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        e -> assertThat(e.getCode()).isEqualTo("charge_already_refunded"));
    }

    @Test
    void a_card_that_cannot_be_saved_throws_a_card_exception() {
        assertThatThrownBy(() -> attach("pm_card_visa_chargeDeclinedInsufficientFunds"))
                .isInstanceOfSatisfying(
                        CardException.class, e -> assertThat(e.getDeclineCode()).isEqualTo("insufficient_funds"));
    }

    private Session open(String currency) throws Exception {
        return client.v1()
                .checkout()
                .sessions()
                .create(SessionCreateParams.builder()
                        .setMode(SessionCreateParams.Mode.SETUP)
                        .setCustomer(customer)
                        .setCurrency(currency)
                        .setSuccessUrl("https://shop.example/cards")
                        .setCancelUrl("https://shop.example/cards")
                        .setSetupIntentData(SessionCreateParams.SetupIntentData.builder()
                                .putMetadata("account", "alice")
                                .build())
                        .build());
    }

    private List<PaymentMethod> list() throws Exception {
        return client.v1()
                .paymentMethods()
                .list(PaymentMethodListParams.builder().setCustomer(customer).build())
                .getData();
    }

    private String attach(String card) throws Exception {
        return client.v1()
                .paymentMethods()
                .attach(
                        card,
                        com.stripe.param.PaymentMethodAttachParams.builder()
                                .setCustomer(customer)
                                .build())
                .getId();
    }

    private PaymentIntent charge(String method) throws Exception {
        return client.v1()
                .paymentIntents()
                .create(PaymentIntentCreateParams.builder()
                        .setAmount(1500L)
                        .setCurrency("usd")
                        .setCustomer(customer)
                        .setPaymentMethod(method)
                        .setConfirm(true)
                        .setOffSession(true)
                        .setAutomaticPaymentMethods(PaymentIntentCreateParams.AutomaticPaymentMethods.builder()
                                .setEnabled(true)
                                .setAllowRedirects(
                                        PaymentIntentCreateParams.AutomaticPaymentMethods.AllowRedirects.NEVER)
                                .build())
                        .build());
    }
}

package io.autorecharge.stripe;

import com.stripe.param.checkout.SessionCreateParams;
import io.autorecharge.gateway.CheckoutRequest;
import io.autorecharge.gateway.SetupRequest;
import java.util.Locale;

/** The parameters of a new checkout session. Equal requests and settings give equal parameters, as the idempotency key requires. */
final class SessionParams {
    /** The limit of Stripe's {@code client_reference_id}. */
    private static final int MAX_REFERENCE = 200;

    private SessionParams() {}

    static SessionCreateParams of(CheckoutRequest request, StripeSettings settings) {
        SessionCreateParams.Builder params = SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.PAYMENT)
                .setCustomer(request.customerId())
                .addLineItem(lineItem(request, settings))
                .putAllMetadata(Metadata.of(request))
                .setPaymentIntentData(paymentIntent(request, settings))
                .setSuccessUrl(settings.successUrl())
                .setCancelUrl(settings.cancelUrl())
                .setExpiresAt(
                        request.offeredAt().plus(settings.checkoutLifetime()).getEpochSecond());
        if (request.checkout().value().length() <= MAX_REFERENCE) {
            params.setClientReferenceId(request.checkout().value());
        }
        if (request.saveMethod() && request.installation() != null) {
            // A session from before installations had ids keeps its parameters, which belong to its idempotency key.
            SavedMethodTypes.offer(params, settings.savedMethodTypes());
        }
        if (request.saveMethod()) {
            params.setCustomText(savingNotice(settings));
        }
        return params.build();
    }

    /** Saves a payment method without a payment. The currency decides which methods are offered. */
    static SessionCreateParams of(SetupRequest request, StripeSettings settings) {
        SessionCreateParams.Builder params = SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.SETUP)
                .setCustomer(request.customerId())
                .setCurrency(request.currency().getCurrencyCode().toLowerCase(Locale.ROOT))
                .putAllMetadata(Metadata.of(request))
                .setSetupIntentData(SessionCreateParams.SetupIntentData.builder()
                        .putAllMetadata(Metadata.of(request))
                        .build())
                .setCustomText(savingNotice(settings))
                .setSuccessUrl(settings.successUrl())
                .setCancelUrl(settings.cancelUrl())
                .setExpiresAt(
                        request.offeredAt().plus(settings.checkoutLifetime()).getEpochSecond());
        if (request.checkout().value().length() <= MAX_REFERENCE) {
            params.setClientReferenceId(request.checkout().value());
        }
        SavedMethodTypes.offer(params, SavedMethodTypes.withGenerating(settings.savedMethodTypes()));
        return params.build();
    }

    private static SessionCreateParams.CustomText savingNotice(StripeSettings settings) {
        return SessionCreateParams.CustomText.builder()
                .setSubmit(SessionCreateParams.CustomText.Submit.builder()
                        .setMessage(settings.savingNotice())
                        .build())
                .build();
    }

    private static SessionCreateParams.LineItem lineItem(CheckoutRequest request, StripeSettings settings) {
        StripeCurrency.Amount price = StripeCurrency.toStripe("price", request.price());
        return SessionCreateParams.LineItem.builder()
                .setQuantity(1L)
                .setPriceData(SessionCreateParams.LineItem.PriceData.builder()
                        .setCurrency(price.currency())
                        .setUnitAmount(price.units())
                        .setProductData(SessionCreateParams.LineItem.PriceData.ProductData.builder()
                                .setName(settings.productName(request.credits()))
                                .build())
                        .build())
                .build();
    }

    private static SessionCreateParams.PaymentIntentData paymentIntent(
            CheckoutRequest request, StripeSettings settings) {
        SessionCreateParams.PaymentIntentData.Builder data = SessionCreateParams.PaymentIntentData.builder()
                .setDescription(settings.productName(request.credits()))
                .putAllMetadata(Metadata.of(request));
        if (request.saveMethod()) {
            data.setSetupFutureUsage(SessionCreateParams.PaymentIntentData.SetupFutureUsage.OFF_SESSION);
        }
        if (settings.statementDescriptorSuffix() != null) {
            data.setStatementDescriptorSuffix(settings.statementDescriptorSuffix());
        }
        return data.build();
    }
}

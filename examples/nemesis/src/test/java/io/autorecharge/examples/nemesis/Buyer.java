package io.autorecharge.examples.nemesis;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.CheckoutSession;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;

/**
 * Users who buy on the provider's payment page: they open a checkout, and most of them pay it, some twice or without ever returning to the
 * host. Their first purchase makes their customer at the provider. Thread-safe.
 */
final class Buyer {
    private static final String CARD = "number=4242424242424242&expiry=12/34&cvc=123&pay_with=card&email=";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final AutoRecharge library;
    private final History history;
    private final String provider;

    /** @param provider the base URL of its payment pages */
    Buyer(AutoRecharge library, History history, String provider) {
        this.library = library;
        this.history = history;
        this.provider = provider;
    }

    void buy(Random random) {
        AccountId account = Crowd.buyer(random);
        boolean enables = random.nextBoolean();
        try {
            CheckoutSession session = library.openCheckout(
                    account, Terms.PACKAGE, enables ? Terms.CONSENT : null, account + "@host.example");
            history.write("offered", account.value(), session.sessionId());
            if (random.nextInt(4) > 0) {
                pay(account, session.sessionId());
            }
            if (random.nextBoolean()) {
                library.refreshCheckouts(account);
            }
        } catch (RuntimeException e) {
            history.write("unoffered", account.value(), e.getClass().getSimpleName());
        }
    }

    private void pay(AccountId account, String session) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(provider + "/c/pay/" + session))
                .timeout(Duration.ofSeconds(5))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        CARD + URLEncoder.encode(account + "@host.example", StandardCharsets.UTF_8)))
                .build();
        try {
            http.send(request, HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            // The customer sees an error page; whether the payment was taken is what the audit asks the provider.
            history.write("unpaid", account.value(), session);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

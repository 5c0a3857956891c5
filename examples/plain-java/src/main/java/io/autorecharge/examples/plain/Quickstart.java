package io.autorecharge.examples.plain;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.Money;
import io.autorecharge.jdbc.JdbcStore;
import io.autorecharge.jdbc.Migrator;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.stripe.StripeGateway;
import io.autorecharge.stripe.StripeSettings;
import io.autorecharge.stripe.StripeWebhook;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;

/** The lines that the README shows; a test keeps the two the same. */
final class Quickstart {
    private static final int WEBHOOK_PORT = 8081;

    private Quickstart() {}

    static AutoRecharge start(DataSource database, String secretKey, String webhookSecret) throws IOException {
        RechargePolicy policy = RechargePolicy.ofDefaults(PackageCatalog.of(
                new CreditPackage(50, Money.of("5.00", "USD")), new CreditPackage(100, Money.of("9.00", "USD"))));
        StripeSettings stripe = StripeSettings.builder(
                        secretKey, "https://app.example/profile?paid", "https://app.example/profile")
                .webhookSecrets(List.of(webhookSecret))
                .build();
        StripeGateway gateway = new StripeGateway(stripe);
        Migrator.of(database).migrate();
        AutoRecharge autoRecharge = AutoRecharge.builder(policy, JdbcStore.of(database), gateway)
                .listener(event -> System.out.println(event.type() + " " + event.account()))
                .build();
        autoRecharge.start();
        receiveWebhooks(stripe, gateway, autoRecharge, WEBHOOK_PORT);
        return autoRecharge;
    }

    static WebhookServer receiveWebhooks(
            StripeSettings stripe, StripeGateway gateway, AutoRecharge autoRecharge, int port) throws IOException {
        StripeWebhook webhook = new StripeWebhook(stripe, gateway, Clock.systemUTC());
        return WebhookServer.start(webhook, autoRecharge, port);
    }

    static boolean use(AutoRecharge autoRecharge) {
        AccountId account = AccountId.of("alice");
        DebitResult used = autoRecharge.debit(Debit.of(account, Credits.of("2.5"), "job-17", "Report of May"));
        return used instanceof DebitResult.Applied;
    }
}

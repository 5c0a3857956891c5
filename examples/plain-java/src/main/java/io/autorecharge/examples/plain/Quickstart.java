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
import javax.sql.DataSource;

/** The lines that the README shows; a test keeps the two the same. */
final class Quickstart {
    private Quickstart() {}

    static AutoRecharge start(DataSource database, String secretKey) {
        RechargePolicy policy = RechargePolicy.ofDefaults(PackageCatalog.of(
                new CreditPackage(50, Money.of("5.00", "USD")), new CreditPackage(100, Money.of("9.00", "USD"))));
        StripeSettings stripe = StripeSettings.builder(
                        secretKey, "https://app.example/profile?paid", "https://app.example/profile")
                .build();
        Migrator.of(database).migrate();
        AutoRecharge autoRecharge = AutoRecharge.builder(policy, JdbcStore.of(database), new StripeGateway(stripe))
                .listener(event -> System.out.println(event.type() + " " + event.account()))
                .build();
        autoRecharge.start();
        return autoRecharge;
    }

    static boolean use(AutoRecharge autoRecharge) {
        AccountId account = AccountId.of("alice");
        DebitResult used = autoRecharge.debit(Debit.of(account, Credits.of("2.5"), "job-17", "Report of May"));
        return used instanceof DebitResult.Applied;
    }
}
